"""The zones against published figures, against a count of random points, and against each other."""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations, pairwise

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import shift
from geo.feature import Feature
from geo.geodesic import area_m2
from geo.polar import project, to_degrees, to_plane
from geo.reach import distance_to
from layers.catalogue import Catalogue
from layers.folder import HOME

R = 370_400.0
ALL = ("arctic_zones", "arctic_high_seas")


@pytest.fixture(scope="module")
def areas(catalogue: Catalogue) -> dict[str, Feature]:
    return {one.id: one for layer in ALL for one in catalogue[layer].features}


@pytest.fixture(scope="module")
def flat(areas: dict[str, Feature]) -> dict[str, BaseGeometry]:
    """Every area in the equal-area plane, with the cut at 180° and the closing at the pole gone."""
    made = {}
    for name, one in areas.items():
        parts = [shapely.make_valid(project(part)) for part in shapely.get_parts(one.geometry)]
        made[name] = shapely.union_all(parts)
        shapely.prepare(made[name])
    return made


@pytest.fixture(scope="module")
def base_points(catalogue: Catalogue) -> dict[str, np.ndarray]:
    found: dict[str, list[np.ndarray]] = {}
    for one in catalogue["arctic_base_points"].features:
        if one.properties.kind == "base_points":
            state = str(one.properties.tags["state"])
            found.setdefault(state, []).append(shapely.get_coordinates(one.geometry))
    return {state: np.vstack(parts) for state, parts in found.items()}


def _shape(one: Feature) -> BaseGeometry:
    assert one.geometry is not None
    return one.geometry


def _label(one: Feature) -> str:
    return "area" if one.properties.kind == "high_seas" else "area up to"


def _km2(feature: Feature, what: str) -> float:
    ours = [one for one in feature.properties.figures if one.origin == "computed"]
    [figure] = [one for one in ours if one.what.startswith(what)]
    return figure.value


PUBLISHED = [
    ("beaufort_overlap", 21_370, 150),
    ("central_arctic_ocean", 2_810_000, 30_000),
    ("gl_eez", 2_270_000, 30_000),
    ("jm_fishery_zone", 293_049, 500),
]
BEYOND_12_M = [
    ("jm_fishery_zone", 288_100, 1_500),
    ("sj_fishery_protection_zone", 712_000, 8_000),
]


@pytest.mark.parametrize(("name", "km2", "within"), PUBLISHED)
def test_an_area_meets_the_published_figure(
    areas: dict[str, Feature], name: str, km2: float, within: float
) -> None:
    assert area_m2(_shape(areas[name])) / 1e6 == pytest.approx(km2, abs=within)
    assert _km2(areas[name], _label(areas[name])) == pytest.approx(
        area_m2(_shape(areas[name])) / 1e6, abs=1
    )


@pytest.mark.parametrize(("name", "km2", "within"), BEYOND_12_M)
def test_an_area_beyond_the_territorial_sea_meets_the_published_figure(
    areas: dict[str, Feature], name: str, km2: float, within: float
) -> None:
    assert _km2(areas[name], "area beyond 12 M") == pytest.approx(km2, abs=within)


@pytest.mark.parametrize("name", [*(name for name, *_ in PUBLISHED), "is_eez", "barents_loop_hole"])
def test_random_points_in_the_equal_area_plane_count_the_same_area(
    areas: dict[str, Feature], flat: dict[str, BaseGeometry], name: str
) -> None:
    west, south, east, north = flat[name].bounds
    count, chance = 200_000, np.random.default_rng(7)
    x, y = chance.uniform(west, east, count), chance.uniform(south, north, count)
    share = shapely.contains_xy(flat[name], x, y).mean()
    box = (east - west) * (north - south)
    spread = 4 * box * np.sqrt(share * (1 - share) / count)
    assert share * box == pytest.approx(area_m2(_shape(areas[name])), abs=spread)


def test_random_points_of_a_zone_lie_within_200_miles_of_its_state_and_others_beyond(
    flat: dict[str, BaseGeometry], base_points: dict[str, np.ndarray]
) -> None:
    own = {
        "ru_eez": "RU", "no_eez": "NO", "sj_fishery_protection_zone": "SJ", "is_eez": "IS",
        "jm_fishery_zone": "JM", "gl_eez": "GL", "fo_zone": "FO", "ca_eez": "CA", "us_eez": "US",
    }  # fmt: skip
    chance = np.random.default_rng(11)
    for name, shape in flat.items():
        west, south, east, north = shape.bounds
        points = chance.uniform((west, south), (east, north), (800, 2))
        inside = to_degrees(points[shapely.contains_xy(shape, points)])
        if name in own:
            assert distance_to(inside, base_points[own[name]])[0].max() < R + 700, name
        elif name in ("central_arctic_ocean", "banana_hole", "bering_donut_hole"):
            for state, coast in base_points.items():
                assert distance_to(inside, coast)[0].min() > R - 700, (name, state)


@pytest.mark.slow
def test_no_two_areas_overlap(flat: dict[str, BaseGeometry]) -> None:
    for (a, one), (b, other) in combinations(flat.items(), 2):
        if one.intersects(other):
            assert one.intersection(other).area / 1e6 < 0.01, (a, b)


@pytest.mark.slow
def test_north_of_60_every_bit_of_sea_is_in_some_area(
    flat: dict[str, BaseGeometry], catalogue: Catalogue
) -> None:
    cap = shapely.Polygon(to_plane(np.array([(lon, 60.0) for lon in np.arange(-180, 180, 0.1)])))
    land = [
        shapely.make_valid(project(part))
        for part in shapely.get_parts(catalogue["land"].features[0].geometry)
        if part.bounds[3] > 58
    ]
    gaps = cap.difference(shapely.union_all([*land, *flat.values()]))
    assert max(part.area for part in shapely.get_parts(gaps)) / 1e6 < 1


Edges = Counter[tuple[bytes, bytes]]


def _edges(features: Iterable[Feature]) -> Edges:
    """Every stretch from vertex to vertex, as it runs, and how often."""
    found: Edges = Counter()
    for one in features:
        parts = shapely.get_parts(one.geometry)
        polygons = parts[0].geom_type == "Polygon"
        for line in shapely.get_rings(parts) if polygons else parts:
            points = [point.tobytes() for point in shapely.get_coordinates(line)]
            found.update(pairwise(points))
    return found


def test_every_edge_at_sea_is_in_both_areas_beside_it_vertex_by_vertex(
    areas: dict[str, Feature], catalogue: Catalogue
) -> None:
    beside = _edges(areas.values())
    limits = catalogue["arctic_limits"].features
    alone = {"outside", "land"}  # what has no area of its own here
    sides = [set(str(one.properties.tags["between"]).split()) for one in limits]
    inner = [one for one, beyond in zip(limits, sides, strict=True) if not beyond & alone]
    outer = [one for one, beyond in zip(limits, sides, strict=True) if beyond & alone]
    for one, two in _edges(inner):
        assert beside[one, two] == beside[two, one] == 1
    for one, two in _edges(outer):
        assert beside[one, two] + beside[two, one] == 1 or _is_cut(frozenset([one, two]))


def test_every_edge_of_every_area_is_classified_once(
    areas: dict[str, Feature], catalogue: Catalogue
) -> None:
    limits = catalogue["arctic_limits"].features
    told = Counter(frozenset(edge) for edge in _edges(limits).elements())
    assert max(told.values()) == 1
    beside = Counter(frozenset(edge) for edge in _edges(areas.values()).elements())
    cut = {edge for edge in {*beside, *told} if _is_cut(edge)}
    assert set(beside) - cut == set(told) - cut
    assert {beside[edge] for edge in set(beside) - cut} == {1, 2}


def _is_cut(edge: frozenset[bytes]) -> bool:
    """Whether an edge lies along 180° or at the pole, where a flat map closes its areas."""
    lon, lat = np.array([np.frombuffer(point) for point in edge]).T
    return bool((np.abs(lon) == 180).all() or (lat == 90).all())


def test_agreed_lines_have_the_very_vertices_of_the_boundaries(catalogue: Catalogue) -> None:
    ends = 0
    for one in catalogue["arctic_limits"].features:
        if one.properties.tags["limit"] != "treaty":
            continue
        line = catalogue["arctic_boundaries"].by_id[str(one.properties.tags["of"])]
        known = set(map(tuple, shapely.get_coordinates(line.geometry).tolist()))
        own = set(map(tuple, shapely.get_coordinates(one.geometry).tolist()))
        ends += len(own - known)
        assert len(own - known) <= 2, one.id  # where another limit meets it
    assert ends <= 40


def test_the_landward_edge_has_the_very_vertices_of_land(catalogue: Catalogue) -> None:
    [land] = catalogue["land"].features
    coast = set(map(tuple, shapely.get_coordinates(land.geometry).tolist()))
    for name in ("jm_fishery_zone", "is_eez", "sj_fishery_protection_zone"):
        zone = catalogue["arctic_zones"].by_id[name].geometry
        holes = [hole for part in shapely.get_parts(zone) for hole in part.interiors]
        assert holes
        for hole in holes:
            assert set(hole.coords) <= coast


def test_the_pole_is_in_the_central_arctic_ocean_alone(
    areas: dict[str, Feature], flat: dict[str, BaseGeometry]
) -> None:
    near = shapely.Point(0, 0).buffer(1000)
    holders = [name for name, shape in flat.items() if shape.intersects(near)]
    assert holders == ["central_arctic_ocean"]
    polar = [name for name, one in areas.items() if _shape(one).bounds[3] == 90]
    assert polar == ["central_arctic_ocean"]
    assert areas["central_arctic_ocean"].properties.tags["contains_pole"] is True


def test_the_cut_at_180_changes_no_area(areas: dict[str, Feature]) -> None:
    for name in ("ru_eez", "us_eez", "special_area_1990_east_bering", "bering_donut_hole"):
        shape = _shape(areas[name])
        assert shapely.get_coordinates(shape)[:, 0].max() == 180
        assert area_m2(shift(shape, 180)) == pytest.approx(area_m2(shape), rel=1e-9)


def test_the_overlap_is_given_to_nobody_and_lies_between_the_two_lines(
    areas: dict[str, Feature], flat: dict[str, BaseGeometry]
) -> None:
    overlap = areas["beaufort_overlap"]
    assert overlap.properties.status == "disputed"
    assert set(overlap.properties.parties) == {"CA", "US"}
    places = to_plane(np.array([[-140.0, 71.0], [-142.0, 71.0], [-136.0, 71.0]]))
    inside = [shapely.Point(place) for place in places]
    holders = [[name for name, one in flat.items() if one.contains(p)] for p in inside]
    assert holders == [["beaufort_overlap"], ["us_eez"], ["ca_eez"]]


def test_special_areas_belong_to_whom_the_treaty_names(
    areas: dict[str, Feature], base_points: dict[str, np.ndarray]
) -> None:
    special = {
        "special_area_1990_east_chukchi": ("US", "RU"),
        "special_area_1990_east_bering": ("US", "RU"),
        "special_area_1990_east_pacific": ("US", "RU"),
        "special_area_1990_west": ("RU", "US"),
        "special_area_2010": ("RU", "NO"),
    }
    for name, (holder, measured) in special.items():
        one = areas[name]
        assert one.properties.tags["claimant"] == holder
        middle = np.array([_shape(one).representative_point().coords[0]])
        assert distance_to(middle, base_points[measured])[0][0] < R
        assert distance_to(middle, base_points[holder])[0][0] > R


def test_svalbard_ends_where_the_mainland_zone_does_and_jan_mayen_where_icelands_does(
    flat: dict[str, BaseGeometry], base_points: dict[str, np.ndarray]
) -> None:
    chance = np.random.default_rng(3)
    for name, state in (("sj_fishery_protection_zone", "NO"), ("jm_fishery_zone", "IS")):
        west, south, east, north = flat[name].bounds
        points = chance.uniform((west, south), (east, north), (3000, 2))
        inside = to_degrees(points[shapely.contains_xy(flat[name], points)])
        if state == "IS":  # west of the arc of 1980 the protocol of 1997 draws a straight line
            inside = inside[inside[:, 0] > -12.16]
        assert distance_to(inside, base_points[state])[0].min() > R - 700


def test_no_recalled_fact_is_published(catalogue: Catalogue) -> None:
    for layer in (*ALL, "arctic_limits", "arctic_base_points"):
        text = (HOME / layer / f"{layer}.geojson").read_text(encoding="utf-8").lower()
        assert "recalled" not in text and "from memory" not in text


def test_a_zone_that_the_study_cuts_off_says_so(areas: dict[str, Feature]) -> None:
    seas = ("north_atlantic_high_seas", "north_pacific_high_seas", "okhotsk_peanut_hole")
    for name in ("ru_eez", "ca_eez", "us_eez", *seas):
        assert areas[name].properties.tags["study_limit"] is True
        assert areas[name].properties.missing
