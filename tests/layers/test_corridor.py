"""The route across Syunik: where it lies, what its lengths measure, and who calls it what."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from shapely import LineString, Point, Polygon
from shapely.affinity import translate

from geo.feature import Feature
from geo.finding import Finding, Severity
from geo.geodesic import distance_m, length_m
from geo.model import Figure
from layers.build import load_module
from layers.catalogue import Catalogue, load_collection
from layers.collection import Collection
from layers.facts import Facts
from layers.folder import HOME, open_folder
from layers.world import World

FOLDER = open_folder(HOME / "corridor", trusted=True)
ROUTE, BOUNDARY = "syunik_rail_route", "armenia_iran_boundary"
# What each published or computed length in kilometres measures, by a word of its description.
LENGTHS = [
    ("indicative line", 40.2, "computed"),
    ("between the two tripoints", 33.9, "computed"),
    ("two railway sections of the 2022", 43.0, "published"),
    ("Meghri section alone", 43.0, "published"),
    ("Yeraskh to the border that is to be restored", 1.6, "published"),
    ("leave for Meghri", 41.4, "computed"),
    ("usual figure", 42.0, "published"),
    ("Yeraskh to Horadiz", 45.0, "published"),
    ("km 313 to km 352", 39.0, "published"),
    ("Meghri district", 40.0, "published"),
    ("Associated Press", 32.0, "published"),
]
CONNECTIONS = {
    "horadiz_aghband_railway": 110.4,
    "nakhchivan_railway": 188.0,
    "kars_dilucu_railway": 224.0,
    "yeraskh_border_railway": 1.6,
    "aras_corridor_iran": 55.0,
}


@pytest.fixture(scope="module")
def corridor() -> Collection:
    return load_collection(FOLDER, Path("unused"))


def module() -> Any:
    return load_module(FOLDER.path / "truth.py", "layers.corridor.truth")


def truth(collection: Collection, world: World) -> list[Finding]:
    found: Iterator[Finding] = module().truth(collection, world)
    return list(found)


def errors(collection: Collection, world: World) -> list[Finding]:
    return [f for f in truth(collection, world) if f.severity is Severity.ERROR]


def without_world() -> World:
    return World(Catalogue({}))


def line(collection: Collection, id: str) -> LineString:
    shape = collection.by_id[id].geometry
    assert isinstance(shape, LineString)
    return shape


def point(collection: Collection, id: str) -> tuple[float, float]:
    shape = collection.by_id[id].geometry
    assert isinstance(shape, Point)
    return shape.x, shape.y


def figures(collection: Collection, id: str) -> list[Figure]:
    return collection.by_id[id].properties.figures


def swapped(collection: Collection, id: str, **changes: Any) -> Collection:
    def one(feature: Feature) -> Feature:
        return replace(feature, **changes) if feature.id == id else feature

    return replace(collection, features=tuple(one(feature) for feature in collection.features))


@pytest.mark.parametrize(("words", "km", "origin"), LENGTHS)
def test_every_length_stands_beside_what_it_measures(
    corridor: Collection, words: str, km: float, origin: str
) -> None:
    (found,) = [f for f in figures(corridor, ROUTE) if words in f.what and f.unit == "km"]
    assert (found.value, found.origin) == (km, origin)


def test_no_length_of_the_route_goes_unnamed_in_the_list_above(corridor: Collection) -> None:
    assert len([f for f in figures(corridor, ROUTE) if f.unit == "km"]) == len(LENGTHS)


def test_our_own_lengths_are_those_of_the_geometry(corridor: Collection) -> None:
    route, aras = line(corridor, ROUTE), line(corridor, BOUNDARY)
    assert length_m(route) == pytest.approx(40_170, abs=5)
    assert length_m(aras) == pytest.approx(50_203, abs=5)
    ends = point(corridor, "tripoint_east"), point(corridor, "tripoint_west")
    assert distance_m(*ends) == pytest.approx(33_882, abs=5)
    assert [f.value for f in figures(corridor, BOUNDARY)] == [50.2]


def test_the_survey_less_yeraskh_leaves_what_the_figure_says(corridor: Collection) -> None:
    value = {f.what.split(":")[0]: f.value for f in figures(corridor, ROUTE)}
    survey = value["the two railway sections of the 2022 Armenian survey together"]
    yeraskh = figures(corridor, "yeraskh_border_railway")[0].value
    rest = next(f.value for f in figures(corridor, ROUTE) if "leave for Meghri" in f.what)
    assert rest == pytest.approx(survey - yeraskh)


def test_the_chainage_of_the_soviet_line_fits_the_new_line_from_horadiz(
    corridor: Collection,
) -> None:
    horadiz = figures(corridor, "station_horadiz")[0].value
    new = figures(corridor, "horadiz_aghband_railway")[0].value
    assert horadiz + new == pytest.approx(313, abs=1)


def test_the_line_the_boundary_and_the_points_share_their_ends(corridor: Collection) -> None:
    for end, name in ((0, "tripoint_east"), (-1, "tripoint_west")):
        tripoint = point(corridor, name)
        assert line(corridor, ROUTE).coords[end] == tripoint
        assert line(corridor, BOUNDARY).coords[end] == tripoint
    assert point(corridor, "tripoint_east") == (46.534, 38.8672)
    assert point(corridor, "tripoint_west") == (46.1449, 38.8429)


def test_the_route_stays_on_the_armenian_bank_of_the_aras(corridor: Collection) -> None:
    side: Polygon = module().armenian_side(line(corridor, BOUNDARY))
    assert side.is_valid
    assert all(side.covers(LineString(leg)) for leg in pairwise(line(corridor, ROUTE).coords))
    assert side.covers(Point(point(corridor, "meghri")))
    assert not side.covers(Point(46.3, 38.85)), "the Iranian bank"


def test_the_layer_tells_the_truth(corridor: Collection, catalogue: Catalogue) -> None:
    found = truth(corridor, World(catalogue))
    assert [f for f in found if f.severity is not Severity.NOTE] == []
    assert not [f for f in found if f.rule == "truth-unchecked"]


def test_every_published_length_that_differs_from_ours_is_explained(corridor: Collection) -> None:
    notes = [f for f in truth(corridor, without_world()) if f.rule == "truth-length"]
    assert len(notes) == 5
    assert all(f.severity is Severity.NOTE and len(f.advice) > 20 for f in notes)


def test_a_route_pushed_over_the_river_is_found(corridor: Collection) -> None:
    south = translate(line(corridor, ROUTE), yoff=-0.02)
    found = errors(swapped(corridor, ROUTE, geometry=south), without_world())
    assert {f.rule for f in found} == {"truth-inside", "truth-shared-point"}
    assert all(f.place.lat is not None for f in found)


def test_a_route_that_stops_short_of_a_tripoint_is_found(corridor: Collection) -> None:
    short = LineString(line(corridor, ROUTE).coords[:-1])
    found = errors(swapped(corridor, ROUTE, geometry=short), without_world())
    assert [f.message for f in found if f.rule == "truth-shared-point" and "west" in f.message]


def test_a_tripoint_that_was_moved_by_a_metre_is_found(corridor: Collection) -> None:
    moved = swapped(corridor, "tripoint_east", geometry=Point(46.53401, 38.8672))
    found = errors(moved, without_world())
    assert {f.feature for f in found} == {ROUTE, BOUNDARY}


def test_a_computed_length_that_is_not_that_of_the_line_is_found(corridor: Collection) -> None:
    cut = LineString([c for n, c in enumerate(line(corridor, ROUTE).coords) if n % 60 in (0, 4)])
    assert length_m(cut) < 39_900
    found = errors(swapped(corridor, ROUTE, geometry=cut), without_world())
    assert "truth-length" in {f.rule for f in found}


def test_a_town_in_the_wrong_country_is_found(corridor: Collection, catalogue: Catalogue) -> None:
    moved = swapped(corridor, "meghri", geometry=Point(46.0, 38.7))
    (found,) = errors(moved, World(catalogue))
    assert (found.rule, found.feature) == ("truth-inside", "meghri")


def test_each_name_says_who_uses_it_and_that_armenia_rejects_the_corridor(
    corridor: Collection,
) -> None:
    names = corridor.by_id[ROUTE].properties.names
    assert all(name.used_by for name in names)
    assert {name.lang for name in names} >= {"hy", "az", "ru", "en"}
    rejected = [n for n in names if "Armenia rejects the term" in (n.used_by or "")]
    assert {n.text for n in rejected} == {
        "Zəngəzur dəhlizi",
        "Zangezur corridor",
        "Зангезурский коридор",
        "Zengezur Koridoru",
    }


def test_armenian_sovereignty_is_stated_with_its_sources(corridor: Collection) -> None:
    told = corridor.by_id[ROUTE].properties
    assert (
        told.note and "lies in the Republic of Armenia and under Armenian sovereignty" in told.note
    )
    assert {"decl", "tif"} <= {source.id for source in told.sources}


def test_the_route_is_planned_and_never_shown_as_exact(corridor: Collection) -> None:
    told = corridor.by_id[ROUTE].properties
    assert (told.status, told.evidence, told.accuracy_m) == ("planned", "indicative", 1000)
    assert not told.evidence.exact
    (rule,) = [r for r in FOLDER.spec.style.rules if r.where.get("kind") == "railway_route"]
    assert rule.paint.dash and "indicative" in rule.label


def test_the_terms_are_dated_and_say_how_sure_they_are(corridor: Collection) -> None:
    events = corridor.by_id[ROUTE].properties.events
    dates = [event.date for event in events]
    assert dates == sorted(dates)
    assert {"2025-08-08", "2025-08-27", "2025-11-12", "2026-01-13", "2026-05-26"} <= set(dates)
    assert all("(Confidence: " in event.text for event in events)


def test_the_framework_gives_49_years_and_expects_50_more(corridor: Collection) -> None:
    years = [f.value for f in figures(corridor, ROUTE) if f.unit == "year"]
    assert years == [49, 50] and sum(years) == 99
    (event,) = [e for e in corridor.by_id[ROUTE].properties.events if e.date == "2026-01-13"]
    for words in ("49 years", "74 %", "26 %", "50 years", "49 %", "no legal obligation"):
        assert words in event.text


def test_what_two_reports_tell_differently_is_not_settled(corridor: Collection) -> None:
    (event,) = [e for e in corridor.by_id[ROUTE].properties.events if e.date == "2026-05-26"]
    assert "Confidence: medium" in event.text and "inferred" in event.text
    assert len(event.sources) == 2


@pytest.mark.parametrize(("id", "km"), CONNECTIONS.items())
def test_a_connecting_line_has_facts_and_no_invented_course(
    corridor: Collection, id: str, km: float
) -> None:
    feature = corridor.by_id[id]
    assert feature.geometry is None
    assert feature.properties.status == "planned" and feature.properties.missing
    assert (feature.properties.figures[0].value, feature.properties.figures[0].unit) == (km, "km")
    assert feature.properties.events


def test_stations_by_chainage_lie_on_the_route_and_in_its_order(corridor: Collection) -> None:
    placed = [f for f in corridor.features if f.properties.evidence == "INTERPOLATED"]
    assert [f.id for f in placed] == [
        "station_nrnadzor",
        "station_shvanidzor",
        "station_meghri",
        "station_karchevan",
    ]
    route = line(corridor, ROUTE)
    for feature in placed:
        assert isinstance(feature.geometry, Point)
        share = (float(feature.properties.tags["chainage_km"]) - 313) / 39
        assert route.distance(feature.geometry) < 0.0001
        assert route.project(feature.geometry, normalized=True) == pytest.approx(share, abs=0.02)
        assert feature.properties.accuracy_m == 2000


def test_a_station_without_a_position_is_not_drawn_and_says_so(corridor: Collection) -> None:
    stations = [f for f in corridor.features if f.properties.kind == "station"]
    unplaced = [f for f in stations if f.geometry is None]
    assert (len(stations), len(unplaced)) == (25, 20)
    assert all(f.properties.missing for f in unplaced)


def test_two_positions_of_nrnadzor_lie_as_far_apart_as_the_note_says(corridor: Collection) -> None:
    other = (46.44222, 38.91583)
    assert distance_m(point(corridor, "nrnadzor"), other) == pytest.approx(4_000, abs=50)
    note = corridor.by_id["nrnadzor"].properties.note
    assert note and "4.0 km" in note


def test_no_source_is_listed_that_nothing_rests_on(corridor: Collection) -> None:
    listed = set(Facts(FOLDER).sources)
    assert listed == {source.id for f in corridor.features for source in f.properties.sources}


def test_each_feature_carries_the_licence_of_what_it_derives_from(corridor: Collection) -> None:
    for feature in corridor.features:
        told = feature.properties
        sources = {source.id for source in told.sources}
        if told.licence == "ODbL-1.0":
            assert "osm" in sources, feature.id
        else:
            assert told.attribution, feature.id
            assert feature.geometry is None or "osm" not in sources, feature.id
        if told.attribution == "GeoNames":
            assert sources == {"geonames"} and told.licence == "CC-BY-4.0"
