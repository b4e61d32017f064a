"""The routeing measures of the Bering Strait and the Arctic sea routes: what the layer says."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from geo.feature import Feature
from geo.finding import Finding, Severity
from geo.geodesic import area_m2, azimuth, destination, distance_m, length_m
from geo.model import Vertex
from layers.bering_transits.sides import sides, widths_m
from layers.build import load_module
from layers.catalogue import Catalogue, load_collection
from layers.collection import Collection
from layers.facts import Facts
from layers.folder import HOME, open_folder
from layers.world import World

FOLDER = open_folder(HOME / "bering_transits", trusted=True)
ROUTES = [f"two_way_route_{ends}" for ends in ("a_b", "e_f", "e_b", "d_e", "c_d", "b_c")]
AREAS = [f"precautionary_area_{letter}" for letter in "abcdef"]
ROUND = [f"precautionary_area_{letter}" for letter in "acdf"]
ATBAS = {"st_lawrence_island": 21_868, "king_island": 499, "nunivak_island": 10_119}
MERIDIAN = -(168 + 58 / 60 + 37 / 3600)


@pytest.fixture(scope="module")
def transits() -> Collection:
    return load_collection(FOLDER, Path("unused"))


@pytest.fixture(scope="module")
def world(catalogue: Catalogue) -> World:
    return World(catalogue)


def truth(collection: Collection, world: World) -> list[Finding]:
    module = load_module(FOLDER.path / "truth.py", "layers.bering_transits.truth")
    found: Iterator[Finding] = module.truth(collection, world)
    return list(found)


def shape(collection: Collection, key: str) -> BaseGeometry:
    found = collection.by_id[key].geometry
    assert found is not None
    return found


def of_kind(collection: Collection, kind: str) -> list[Feature]:
    return [f for f in collection.features if f.properties.kind == kind]


def changed(
    collection: Collection, key: str, change: Callable[[BaseGeometry], BaseGeometry]
) -> Collection:
    moved = Feature(key, change(shape(collection, key)), collection.by_id[key].properties)
    features = tuple(moved if f.id == key else f for f in collection.features)
    return replace(collection, features=features)


def figure(feature: Feature, what: str, origin: str = "computed") -> float:
    found = [f for f in feature.properties.figures if f.what == what and f.origin == origin]
    return found[0].value


# The measures of the IMO


def test_there_are_six_routes_six_precautionary_areas_and_three_areas_to_be_avoided(
    transits: Collection,
) -> None:
    assert [f.id for f in of_kind(transits, "two_way_route")] == ROUTES
    assert [f.id for f in of_kind(transits, "precautionary_area")] == AREAS
    assert len(of_kind(transits, "area_to_be_avoided")) == 3


def test_every_measure_is_in_force_since_december_2018_credited_and_not_for_navigation(
    transits: Collection,
) -> None:
    for kind in ("two_way_route", "precautionary_area", "area_to_be_avoided"):
        for feature in of_kind(transits, kind):
            says = feature.properties
            assert (says.status, says.valid_from) == ("in_force", "2018-12-01")
            assert "NOAA" in (says.attribution or "")
            assert "Not for navigation" in (says.note or "")
            assert says.missing


@pytest.mark.parametrize("key", ROUND)
def test_every_vertex_of_a_round_area_lies_four_miles_from_its_centre(
    transits: Collection, key: str
) -> None:
    centre = transits.by_id[key].properties.vertices[0]
    assert centre.lon is not None and centre.lat is not None
    points = shapely.get_coordinates(shape(transits, key))
    assert len(points) > 180
    for lon, lat in points:
        assert distance_m((centre.lon, centre.lat), (lon, lat)) == pytest.approx(7408, abs=0.2)


def test_area_b_has_seven_corners_and_area_e_six(transits: Collection) -> None:
    assert len(transits.by_id["precautionary_area_b"].properties.vertices) == 7
    assert len(transits.by_id["precautionary_area_e"].properties.vertices) == 6


@pytest.mark.parametrize("key", ROUTES)
def test_a_route_shares_its_border_with_both_areas_and_overlaps_neither(
    transits: Collection, key: str
) -> None:
    route = shape(transits, key)
    for end in str(transits.by_id[key].properties.tags["ends"]).split():
        area = shape(transits, end)
        shared = shapely.intersection(route.boundary, area.boundary)
        assert length_m(shared) > 3.7 * 1852
        assert shapely.intersection(route, area).area < 1e-9


@pytest.mark.parametrize("key", ROUTES)
def test_a_route_is_four_miles_wide(transits: Collection, key: str) -> None:
    ends = str(transits.by_id[key].properties.tags["ends"]).split()
    both = sides(shape(transits, key), [shape(transits, end) for end in ends])
    found = [metres / 1852 for metres, _ in widths_m(*both)]
    assert len(both) == 2
    assert 3.89 <= sum(found) / len(found) <= 4.05
    assert min(found) > 3.75 and max(found) < 4.25


@pytest.mark.parametrize(("island", "km2"), ATBAS.items())
def test_an_area_to_be_avoided_has_the_area_that_was_computed_independently(
    transits: Collection, island: str, km2: int
) -> None:
    feature = transits.by_id[f"atba_{island}"]
    assert area_m2(shape(transits, feature.id)) / 1e6 == pytest.approx(km2, rel=2e-3)
    assert figure(feature, "area, the island included") == pytest.approx(km2, rel=2e-3)


def test_area_e_and_most_of_its_route_to_b_lie_west_of_the_boundary(transits: Collection) -> None:
    assert shape(transits, "precautionary_area_e").bounds[2] < MERIDIAN
    route = shape(transits, "two_way_route_e_b")
    west = shapely.clip_by_rect(route, -180, 60, MERIDIAN, 70)
    assert 0.5 < west.area / route.area < 1


def test_official_numbers_stand_where_the_coast_pilot_gives_them(transits: Collection) -> None:
    for feature in of_kind(transits, "two_way_route") + of_kind(transits, "precautionary_area"):
        for vertex in feature.properties.vertices:
            pilot = "Coast Pilot" in (vertex.note or "")
            assert ("official" in vertex.n) == pilot == (vertex.evidence == "official-1src")
    numbered = {v.n.split()[-1].rstrip(")") for v in _vertices(transits) if "official" in v.n}
    assert numbered == {"15", "16", *(str(n) for n in range(26, 34))}


def _vertices(transits: Collection) -> list[Vertex]:
    return [v for f in transits.features for v in f.properties.vertices]


# The sea routes


def test_each_sea_route_passes_the_straits_that_its_sources_name(transits: Collection) -> None:
    passes = {
        "northern_sea_route": {"Kara Gate", "Vilkitsky Strait", "Sannikov Strait", "Long Strait"},
        "northern_sea_route_novaya_zemlya": {"north of Cape Zhelaniya"},
        "northern_sea_route_new_siberian": {"north of the New Siberian Islands"},
        "northern_sea_route_dmitry_laptev": {"Dmitry Laptev Strait"},
        "northwest_passage_route_1": {"Barrow Strait", "Viscount Melville Sound", "M'Clure Strait"},
        "northwest_passage_route_2": {"Viscount Melville Sound", "Prince of Wales Strait"},
        "northwest_passage_route_3": {"Peel Sound", "Franklin Strait", "Victoria Strait"},
        "northwest_passage_route_4": {"Peel Sound", "Rae Strait", "Simpson Strait"},
    }
    for key, wanted in passes.items():
        places = {vertex.note for vertex in transits.by_id[key].properties.vertices}
        assert wanted <= places, key
        if key.startswith("northwest"):
            assert {"Bering Strait", "Lancaster Sound", "Davis Strait"} <= places, key


def test_a_variant_of_the_northern_sea_route_leaves_and_joins_another_line(
    transits: Collection,
) -> None:
    lines = [f for f in of_kind(transits, "sea_route") if f.properties.tags["route"] != "nwp"]
    for feature in lines[1:]:
        first, *_, last = shapely.get_coordinates(feature.geometry).tolist()
        others = [f.geometry for f in lines if f.id != feature.id]
        met = [any(g.distance(shapely.Point(p)) < 1e-9 for g in others if g) for p in (first, last)]
        entry = feature.id == "northern_sea_route_novaya_zemlya"  # comes from the Barents Sea
        exit_ = feature.id == "northern_sea_route_providence_bay"  # ends off the bay
        assert met == [not entry, not exit_], feature.id


def test_the_status_of_both_passages_is_stated_with_the_position_of_each_side(
    transits: Collection,
) -> None:
    for feature in of_kind(transits, "sea_route"):
        says = feature.properties
        assert (says.evidence, says.accuracy_m) == ("indicative", 20_000)
        assert "not for navigation" in (says.note or "")
        if says.tags["route"] == "nwp":
            assert (says.status, says.parties) == ("disputed", ["CA", "US"])
            assert "internal waters" in (says.note or "")
            assert "strait used for international navigation" in (says.note or "")
        if says.tags["route"] == "nsr":
            assert (says.status, says.parties) == ("operating", ["RU", "US"])
            assert "international straits" in (says.note or "")


def test_the_published_length_stands_beside_the_drawn_one(transits: Collection) -> None:
    route = transits.by_id["northern_sea_route"]
    what = "length from the Kara Gate to Providence Bay"
    bay = length_m(shape(transits, "northern_sea_route_providence_bay"))
    drawn = (length_m(shape(transits, route.id)) + bay) / 1000
    assert figure(route, what, "published") == 5600
    assert figure(route, f"{what} as drawn") == pytest.approx(drawn, abs=1)
    assert 0.85 < drawn / 5600 < 1  # a course with its calls is longer than our geodesics


def test_a_chord_of_a_sea_route_stays_within_65_metres_of_the_geodesic(
    transits: Collection,
) -> None:
    worst = 0.0
    for feature in of_kind(transits, "sea_route"):
        for part in shapely.get_parts(feature.geometry):
            for a, b in pairwise(part.coords):
                middle = destination(a, azimuth(a, b), distance_m(a, b) / 2)
                half = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
                worst = max(worst, distance_m(middle, half))
    assert 20 < worst < 65


def test_every_leg_of_the_way_points_belongs_to_a_route() -> None:
    facts = Facts(FOLDER)
    legs = {row["leg"] for row in facts.table("waypoints.csv")}
    used = {leg for entry in facts.tree("routes.toml")["feature"].values() for leg in entry["legs"]}
    assert legs == used


# Counts and limits


def test_counts_name_who_counted_and_years_without_a_source_are_left_out(
    transits: Collection,
) -> None:
    route = transits.by_id["northern_sea_route"]
    counted = [f for f in route.properties.figures if "transit" in f.what and f.unit == "count"]
    bodies = ("CHNL", "Rosatom", "PAME", "Coast Guard")
    assert all(any(body in f.what for body in bodies) and f.sources for f in counted)
    assert not any(year in f.what for f in counted for year in ("in 2012", "in 2014"))
    both = {f.value for f in counted if "2024" in f.what}
    assert both == {92, 97}


def test_every_source_is_cited_by_a_feature(transits: Collection) -> None:
    cited = {source.id for f in transits.features for source in f.properties.sources}
    assert cited == set(Facts(FOLDER).sources)


def test_the_eastern_limit_turns_at_the_meridian_of_1990(transits: Collection) -> None:
    parallel = shapely.get_coordinates(shape(transits, "nsr_limit_east_parallel"))
    meridian = shapely.get_coordinates(shape(transits, "nsr_limit_east_meridian"))
    assert parallel[-1].tolist() == meridian[0].tolist()
    assert len(set(parallel[:, 1])) == len(set(meridian[:, 0])) == 1
    assert meridian[0, 0] == pytest.approx(MERIDIAN, abs=1e-6)


def test_a_limit_without_coordinates_is_not_drawn_and_says_so(transits: Collection) -> None:
    straits = transits.by_id["nsr_limit_west_straits"]
    assert straits.geometry is None
    assert "coordinates" in (straits.properties.missing or "")


# The truth rules


def test_the_layer_agrees_with_the_land(transits: Collection, world: World) -> None:
    assert truth(transits, world) == []


def test_without_a_base_map_the_rules_say_that_they_were_not_asked(transits: Collection) -> None:
    found = truth(transits, World(Catalogue({})))
    assert found and {f.severity for f in found} == {Severity.NOTE}


@pytest.mark.parametrize(
    ("key", "change", "rule"),
    [
        ("northern_sea_route", lambda g: affinity.translate(g, 0, -1.0), "truth-land"),
        ("two_way_route_e_f", lambda g: affinity.translate(g, 0.02, 0), "truth-meets"),
        ("two_way_route_d_e", lambda g: affinity.scale(g, 1.3, 1), "truth-width"),
        ("precautionary_area_f", lambda g: affinity.translate(g, 0, 0.001), "truth-arc"),
        ("precautionary_area_b", lambda g: affinity.translate(g, 0, 0.01), "truth-shared-point"),
        ("precautionary_area_e", lambda g: affinity.translate(g, 1, 0), "truth-side"),
        ("precautionary_area_a", lambda g: affinity.translate(g, -14, 0), "truth-180"),
        ("atba_king_island", lambda g: affinity.translate(g, 0.5, 0), "truth-island"),
        ("atba_nunivak_island", lambda g: affinity.scale(g, 1.01, 1), "truth-area"),
        ("nsr_limit_west_meridian", lambda g: affinity.translate(g, 3, 0), "truth-reach"),
    ],
)
def test_a_wrong_place_is_found(
    transits: Collection,
    world: World,
    key: str,
    change: Callable[[BaseGeometry], BaseGeometry],
    rule: str,
) -> None:
    found = truth(changed(transits, key, change), world)
    assert (rule, key) in {(f.rule, f.feature) for f in found}
