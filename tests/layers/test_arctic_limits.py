from pathlib import Path

import numpy as np
import orjson
import pytest
import shapely

from geo.reach import distance_to
from layers.catalogue import Catalogue
from layers.legend import legend
from layers.maps import maps_of
from layers.views import view
from layers.where import Where

R = 370_400.0


def _points(catalogue: Catalogue) -> dict[str, np.ndarray]:
    found: dict[str, list[np.ndarray]] = {}
    for one in catalogue["arctic_base_points"].features:
        if one.properties.kind == "base_points":
            state = str(one.properties.tags["state"])
            found.setdefault(state, []).append(shapely.get_coordinates(one.geometry))
    return {state: np.vstack(parts) for state, parts in found.items()}


def test_every_vertex_of_every_200_mile_arc_is_200_miles_from_the_nearest_base_point(
    catalogue: Catalogue,
) -> None:
    bases, seen = _points(catalogue), 0
    for one in catalogue["arctic_limits"].features:
        if one.properties.tags["limit"] != "arc":
            continue
        listed = catalogue["arctic_base_points"].by_id[str(one.properties.tags["of"])]
        edge = shapely.get_coordinates(one.geometry)
        metres = distance_to(edge, bases[str(listed.properties.tags["state"])])[0]
        assert np.abs(metres - R).max() < 50, one.id
        seen += len(edge)
    assert seen > 5_000


def test_every_edge_says_what_it_is_between_whom_and_on_what_it_rests(catalogue: Catalogue) -> None:
    known = {
        one.id
        for layer in ("arctic_zones", "arctic_high_seas")
        for one in catalogue[layer].features
    }
    kinds = set()
    for one in catalogue["arctic_limits"].features:
        tags = one.properties.tags
        kinds.add(tags["limit"])
        sides = str(tags["between"]).split()
        assert len(sides) == 2 and set(sides) <= known | {"outside", "land"}, one.id
        assert (tags["limit"] == "coast") == ("land" in sides)
        assert (tags["limit"] == "study") == (one.properties.kind == "study_limit")
        if tags["limit"] not in ("study", "continuation", "gap"):
            assert one.properties.evidence and one.properties.sources, one.id
    assert {"treaty", "unilateral", "arc", "equidistance", "study", "coast"} <= kinds


@pytest.mark.parametrize(
    ("boundary", "km"),
    [
        ("us_ru_1990", None),
        ("no_ru_", 1752),
        ("gl_no_svalbard_2006", 795.3),
        ("gl_is_1997", 1103.8),
    ],
)
def test_a_treaty_line_is_an_edge_from_end_to_end(
    catalogue: Catalogue, boundary: str, km: float | None
) -> None:
    total = sum(
        one.properties.figures[0].value
        for one in catalogue["arctic_limits"].features
        if str(one.properties.tags["of"]).startswith(boundary)
        and one.properties.tags["limit"] == "treaty"
    )
    if km is None:  # of the line of 1990 the stretch in the Donut Hole divides no zones
        assert total > 2_500
    else:  # in the Loop Hole and in the far north the line of 2010 divides shelf alone
        assert total == pytest.approx(km, rel=0.20 if boundary == "no_ru_" else 0.005)


def test_iceland_and_jan_mayen_meet_on_the_agreed_line_alone(catalogue: Catalogue) -> None:
    between = [
        one.properties.tags["limit"]
        for one in catalogue["arctic_limits"].features
        if one.properties.tags["between"] == "is_eez jm_fishery_zone"
    ]
    assert set(between) == {"treaty"}


def test_provisional_and_one_sided_lines_are_not_called_agreed(catalogue: Catalogue) -> None:
    for one in catalogue["arctic_limits"].features:
        if str(one.properties.tags["of"]).startswith("us_ru_1990"):
            assert one.properties.status in ("provisional", "context")
        if one.properties.tags["limit"] == "unilateral":
            assert one.properties.status == "claimed"


def test_a_line_of_one_state_names_the_state_that_it_stands_against(catalogue: Catalogue) -> None:
    claimed = [
        one.properties
        for one in catalogue["arctic_limits"].features
        if one.properties.status == "claimed" and one.properties.tags["limit"] == "unilateral"
    ]
    assert claimed
    for says in claimed:
        assert set(str(says.tags["opposite"]).split()).isdisjoint(says.parties)


def test_the_coast_has_the_very_vertices_of_land_and_names_its_zone_and_parties(
    catalogue: Catalogue,
) -> None:
    [land] = catalogue["land"].features
    known = {point.tobytes() for point in shapely.get_coordinates(land.geometry)}
    zones = catalogue["arctic_zones"].by_id
    coasts = [one for one in catalogue["arctic_limits"].features if one.properties.kind == "coast"]
    assert {one.id.removesuffix("_coast") for one in coasts} >= {"ru_eez", "no_eez", "gl_eez"}
    for one in coasts:
        [zone] = set(str(one.properties.tags["between"]).split()) - {"land"}
        assert one.properties.parties == zones[zone].properties.parties
        points = shapely.get_coordinates(one.geometry)
        strange = [at for at in points if at.tobytes() not in known]
        assert len(strange) <= 60, one.id  # where a limit meets the coast, or the study ends


def test_maps_do_not_draw_the_coast_twice_and_positions_are_told_of_it_once(
    catalogue: Catalogue, cache: Path
) -> None:
    spec = maps_of(catalogue)["arctic_claims"]
    limits = catalogue["arctic_limits"]
    drawn = {one["id"] for one in orjson.loads(view(spec, limits, cache))["features"]}
    coasts = {one.id for one in limits.features if one.properties.kind == "coast"}
    assert drawn == {one.id for one in limits.features} - coasts
    assert "Coast" not in [one.label for one in legend(limits, limits.features)]
    told = Where(catalogue, cache).ask((0.0, 64.0)).lines
    assert not coasts & {one.feature.id for one in told["limits"]}
    assert len(told["limits"]) == 3
