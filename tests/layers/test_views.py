"""What a map draws of a collection."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from layers.area import area_of, tallest, within
from layers.catalogue import Catalogue
from layers.generalise import mercator_y
from layers.legend import is_drawn
from layers.maps import MERCATOR_LIMIT, MapSpec, load_maps, maps_of
from layers.views import better_lines, view

MAPS = load_maps()
LIMIT_BYTES = 1_000_000


def drawn(spec: MapSpec, catalogue: Catalogue, id: str, cache: Path) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(view(spec, catalogue[id], cache))["features"]
    return features


@pytest.mark.parametrize("spec", MAPS.values(), ids=lambda spec: spec.id)
def test_a_page_needs_well_under_a_megabyte(
    spec: MapSpec, catalogue: Catalogue, cache: Path
) -> None:
    sizes = [
        len(view(spec, one, cache)) for one in spec.shown(catalogue) if one.spec.role == "base"
    ]
    assert sum(sizes) < LIMIT_BYTES


@pytest.mark.parametrize("spec", MAPS.values(), ids=lambda spec: spec.id)
def test_every_longitude_lies_in_the_world_as_the_map_unrolls_it(
    spec: MapSpec, catalogue: Catalogue, cache: Path
) -> None:
    for collection in spec.shown(catalogue):
        for feature in drawn(spec, catalogue, collection.id, cache):
            if feature["geometry"]:
                west, south, east, north = shape(feature["geometry"]).bounds
                assert spec.lon0 - 180 <= west <= east <= spec.lon0 + 180, feature["id"]
                assert -MERCATOR_LIMIT <= south <= north <= MERCATOR_LIMIT, feature["id"]


@pytest.mark.parametrize("spec", MAPS.values(), ids=lambda spec: spec.id)
def test_overlays_are_whole(spec: MapSpec, catalogue: Catalogue, cache: Path) -> None:
    for collection in spec.shown(catalogue):
        if collection.spec.role == "overlay":
            found = drawn(spec, catalogue, collection.id, cache)
            shown = [one.id for one in collection.features if is_drawn(collection, one)]
            assert [one["id"] for one in found] == shown


def test_the_zones_are_simplified_and_every_one_of_them_is_drawn(
    catalogue: Catalogue, cache: Path
) -> None:
    spec = MAPS["arctic_claims"]
    assert len(view(spec, catalogue["arctic_zones"], cache)) < LIMIT_BYTES
    found = {one["id"]: one for one in drawn(spec, catalogue, "arctic_zones", cache)}
    for feature in catalogue["arctic_zones"].features:
        assert found[feature.id]["geometry"]["coordinates"], feature.id


def test_simplified_zones_still_share_their_edges(catalogue: Catalogue, cache: Path) -> None:
    members = drawn(MAPS["arctic_claims"], catalogue, "arctic_zones", cache)
    zones = {one["id"]: shape(one["geometry"]) for one in members}
    for one, two in [("ca_eez", "gl_eez"), ("ca_eez", "beaufort_overlap"), ("ru_eez", "no_eez")]:
        assert zones[one].intersection(zones[two]).area < 1e-6
        assert zones[one].boundary.intersection(zones[two].boundary).length > 1


def test_where_mercator_ends_a_zone_of_its_own_map_has_no_outline(
    catalogue: Catalogue, cache: Path
) -> None:
    spec = maps_of(catalogue)["arctic_zones"]
    members = drawn(spec, catalogue, "arctic_zones", cache)
    canada = next(one["geometry"] for one in members if one["id"] == "ca_eez")
    assert canada["type"] == "GeometryCollection"
    area, outline = (shape(one) for one in canada["geometries"])
    assert area.bounds[3] == pytest.approx(MERCATOR_LIMIT, abs=1e-4)
    top = shapely.box(-360, MERCATOR_LIMIT - 0.001, 360, 90)
    assert area.boundary.intersection(top).length > 10
    assert outline.intersection(top).length < 0.1


def test_a_map_names_each_area_where_it_has_room(catalogue: Catalogue, cache: Path) -> None:
    members = drawn(MAPS["arctic_claims"], catalogue, "arctic_zones", cache)
    members += drawn(maps_of(catalogue)["arctic_zones"], catalogue, "arctic_zones", cache)
    for one in members:
        area = shape(one["geometry"]).buffer(0.1)
        assert one["places"], one["id"]
        assert all(area.contains(shapely.Point(lon, lat)) for lon, lat, _ in one["places"])


def test_chukotka_and_alaska_lie_side_by_side_on_the_bering_map(
    catalogue: Catalogue, cache: Path
) -> None:
    land = shape(drawn(MAPS["bering"], catalogue, "land", cache)[0]["geometry"])
    assert land.contains(shapely.Point(177, 66.5))  # Chukotka west of 180°
    assert land.contains(shapely.Point(187, 66.3))  # Chukotka east of 180°
    assert land.contains(shapely.Point(205, 65))  # Alaska
    assert not land.boundary.contains(shapely.Point(180, 68))


def test_the_boundary_of_1990_is_one_line_across_180(catalogue: Catalogue, cache: Path) -> None:
    lines = drawn(MAPS["bering"], catalogue, "arctic_boundaries", cache)
    bounds = [shape(one["geometry"]).bounds for one in lines if one["geometry"]]
    assert any(west < 180 < east for west, _, east, _ in bounds)


def test_of_countries_only_borders_are_drawn_and_what_is_contested_as_an_area(
    catalogue: Catalogue, cache: Path
) -> None:
    found = {one["id"]: one for one in drawn(MAPS["central_asia"], catalogue, "countries", cache)}
    assert "LineString" in found["af"]["geometry"]["type"]
    assert {p["type"] for p in found["kg"]["geometry"]["geometries"]} <= {
        "Polygon", "MultiPolygon", "LineString", "MultiLineString",
    }  # fmt: skip
    contested = [one for one in found.values() if one["properties"]["status"] == "disputed"]
    assert contested
    assert all("Polygon" in one["geometry"]["type"] for one in contested)
    assert all("note" in one["properties"] for one in contested)


def test_the_view_is_made_once_and_then_read(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = view(MAPS["caucasus"], catalogue["corridor"], tmp_path)
    monkeypatch.setattr("layers.views._body", lambda *_: pytest.fail("made twice"))
    assert view(MAPS["caucasus"], catalogue["corridor"], tmp_path) == first


def test_two_builds_give_the_same_bytes(catalogue: Catalogue, tmp_path: Path) -> None:
    first = view(MAPS["caucasus"], catalogue["countries"], tmp_path / "a")
    assert view(MAPS["caucasus"], catalogue["countries"], tmp_path / "b") == first


def test_vertex_lists_stay_at_the_api_and_their_number_is_told(
    catalogue: Catalogue, cache: Path
) -> None:
    found = drawn(MAPS["arctic"], catalogue, "arctic_boundaries", cache)
    assert any(one["vertices"] > 10 for one in found)
    assert not any("vertices" in one["properties"] for one in found)


def test_labels_that_nobody_can_reach_are_left_out(catalogue: Catalogue, cache: Path) -> None:
    names = {
        one["properties"]["name"] for one in drawn(MAPS["caucasus"], catalogue, "labels", cache)
    }
    assert "Armenia" in names
    assert "Canada" not in names


def test_a_base_outside_the_reach_of_a_map_is_not_within_it(catalogue: Catalogue) -> None:
    airbases = catalogue["airbases"].by_id
    assert within(airbases["manas_airport"], MAPS["central_asia"])
    assert not within(airbases["pituffik_space_base"], MAPS["central_asia"])


@pytest.mark.parametrize("spec", MAPS.values(), ids=lambda spec: spec.id)
def test_a_reader_may_pan_a_little_out_of_the_first_view(spec: MapSpec) -> None:
    area, first = area_of(spec), spec.view
    assert area[0] <= first[0]
    assert area[1] < first[1]
    assert area[2] >= first[2]
    assert area[3] > first[3]


@pytest.mark.parametrize("spec", MAPS.values(), ids=lambda spec: spec.id)
def test_what_is_drawn_fills_a_window_that_holds_the_whole_first_view(spec: MapSpec) -> None:
    west, south, east, north = area_of(spec)
    width = spec.view[2] - spec.view[0]
    low, high = mercator_y(np.array([south, north]))
    assert high - low >= tallest(spec) * width - 0.01
    assert east - west >= width


def test_what_lies_far_south_of_the_arctic_is_drawn_there_and_not_listed(
    catalogue: Catalogue,
) -> None:
    spec = MAPS["arctic"]
    falklands = next(
        one for one in catalogue["countries"].features if one.properties.name == "Falkland Islands"
    )
    brazil = catalogue["countries"].by_id["br"]
    assert brazil.geometry is not None
    assert area_of(spec)[1] < 0
    assert not within(brazil, spec)
    assert not within(falklands, spec)


def test_the_route_across_syunik_lies_in_what_is_tinted_as_armenia(
    catalogue: Catalogue, cache: Path
) -> None:
    spec = MAPS["caucasus"]
    better = better_lines(spec, catalogue)
    assert better
    members = json.loads(view(spec, catalogue["countries"], cache, better))["features"]
    armenia = next(shape(one["geometry"]) for one in members if one["id"] == "am")
    tint = shapely.union_all([part for part in shapely.get_parts(armenia) if part.area])
    routes = [f for f in catalogue["corridor"].features if f.properties.kind == "railway_route"]
    for route in routes:
        if route.geometry is not None:
            inside = route.geometry.intersection(tint.buffer(0.005)).length
            assert inside / route.geometry.length > 0.9
