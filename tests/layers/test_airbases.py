"""Manas, K2 and the airfields around them: what the layer says, and that it may say so."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import airportsdata
import pytest
from shapely import LineString, Point

from geo.feature import Feature
from geo.finding import Finding, Severity
from geo.geodesic import distance_m
from layers.build import load_module
from layers.catalogue import Catalogue, load_collection
from layers.collection import Collection
from layers.folder import HOME, open_folder
from layers.world import World

FOLDER = open_folder(HOME / "airbases", trusted=True)
USES = ("manas_us_transit_center", "k2_us_base", "termez_german_base")
MIDDLES = ("khanabad_airfield", "ayni_airfield")  # points that are the middle of the runway


@pytest.fixture(scope="module")
def airbases() -> Collection:
    return load_collection(FOLDER, Path("unused"))


def truth(collection: Collection, world: World) -> Iterator[Finding]:
    module = load_module(FOLDER.path / "truth.py", "layers.airbases.truth")
    found: Iterator[Finding] = module.truth(collection, world)
    return found


def spot(feature: Feature) -> tuple[float, float]:
    assert isinstance(feature.geometry, Point)
    return feature.geometry.x, feature.geometry.y


def length(feature: Feature, what: str) -> float:
    return next(f.value for f in feature.properties.figures if f.what == what)


def without_world() -> World:
    return World(Catalogue({}))


def swapped(collection: Collection, changed: Feature) -> Collection:
    members = tuple(changed if f.id == changed.id else f for f in collection.features)
    return replace(collection, features=members)


def test_a_use_has_ended_and_its_airfield_goes_on(airbases: Collection) -> None:
    for use, field in zip(
        USES, ("manas_airport", "khanabad_airfield", "termez_airport"), strict=True
    ):
        ended, today = airbases.by_id[use].properties, airbases.by_id[field].properties
        assert ended.status == "former" and ended.valid_from and ended.valid_to
        assert today.status == "operating" and today.valid_to is None


@pytest.mark.parametrize(
    ("id", "start", "end"),
    [
        ("manas_us_transit_center", "2001-12-16", "2014-06-03"),
        ("k2_us_base", "2001-10-07", "2005-11-21"),
    ],
)
def test_the_use_by_the_united_states_is_dated(
    airbases: Collection, id: str, start: str, end: str
) -> None:
    said = airbases.by_id[id].properties
    assert (said.valid_from, said.valid_to) == (start, end)
    assert "US" in said.parties


def test_k2_was_left_before_manas_and_after_andijan(airbases: Collection) -> None:
    events = {e.date: e.text for e in airbases.by_id["k2_us_base"].properties.events}
    assert list(events) == sorted(events)
    assert "Andijan" in events["2005-05-13"] and "180 days" in events["2005-07-29"]
    assert "unanimously" in events["2005-08-26"] and "keys" in events["2005-11-21"]


def test_the_votes_on_manas_stand_with_both_counts(airbases: Collection) -> None:
    events = {e.date: e for e in airbases.by_id["manas_us_transit_center"].properties.events}
    assert "78 to 1" in events["2009-02-19"].text
    second = events["2013-06-20"]
    assert "91 to 5" in second.text and "94 to 5" in second.text
    assert {"stripes2013", "gs_manas"} <= set(second.sources)


def test_a_conflict_is_told_in_the_note(airbases: Collection) -> None:
    runway = airbases.by_id["manas_runway"].properties.note or ""
    assert "07/25" in runway and "08/26" in runway
    use = airbases.by_id["manas_us_transit_center"].properties.note or ""
    assert "rests on an encyclopedia" in use
    assert "lease was ended" in use


def test_codes_then_and_now_are_kept_apart(airbases: Collection) -> None:
    manas = {c.code: c.when or "" for c in airbases.by_id["manas_airport"].properties.codes}
    assert manas["UCFM"].startswith("current") and manas["UAFM"].startswith("former")
    assert manas["BSZ"].startswith("current") and manas["FRU"].startswith("former")
    then = [c.code for c in airbases.by_id["k2_us_base"].properties.codes]
    assert then == ["UTSL"]


def test_no_perimeter_is_drawn(airbases: Collection) -> None:
    kinds = {f.geometry.geom_type for f in airbases.features if f.geometry is not None}
    assert kinds == {"Point", "LineString"}
    for use in USES[:2]:
        assert "no perimeter" in (airbases.by_id[use].properties.missing or "")


def test_every_point_agrees_with_an_independent_data_set(airbases: Collection) -> None:
    listed = airportsdata.load()
    compared = 0
    for feature in airbases.features:
        if feature.properties.tags["part"] == "runway":
            continue
        codes = [c.code for c in feature.properties.codes if c.code in listed]
        for code in codes:
            there = (listed[code]["lon"], listed[code]["lat"])
            tolerance = 12 if feature.id in MIDDLES else 1
            assert distance_m(spot(feature), there) <= tolerance, (feature.id, code)
            compared += 1
    assert compared >= 11


def test_the_country_of_a_code_is_the_country_named(airbases: Collection) -> None:
    listed = airportsdata.load()
    for feature in airbases.features:
        for code in feature.properties.codes:
            if code.code in listed:
                assert listed[code.code]["country"] == feature.properties.tags["country"]


def test_the_point_of_a_use_is_that_of_its_airfield(airbases: Collection) -> None:
    for use, field in zip(
        USES, ("manas_airport", "khanabad_airfield", "termez_airport"), strict=True
    ):
        assert spot(airbases.by_id[use]) == spot(airbases.by_id[field])
        assert (airbases.by_id[use].properties.accuracy_m or 0) >= 2000


@pytest.mark.parametrize(
    ("id", "metres", "bearing"),
    [
        ("manas_runway", 4202, 79.9),
        ("khanabad_runway", 2505, 76.9),
        ("kant_runway", 2684, 114.4),
        ("ayni_runway", 2523, 82.9),
        ("termez_runway", 2908, 75.2),
        ("dushanbe_runway", 3104, 90.0),
    ],
)
def test_a_runway_measures_what_was_computed_independently(
    airbases: Collection, id: str, metres: float, bearing: float
) -> None:
    runway = airbases.by_id[id]
    assert length(runway, "threshold to threshold") == pytest.approx(metres, abs=1)
    assert length(runway, "true bearing from the first threshold") == pytest.approx(
        bearing, abs=0.1
    )


def test_the_encyclopedias_points_lie_as_far_off_as_is_said(airbases: Collection) -> None:
    k2 = airbases.by_id["k2_us_base"].properties.figures
    off = next(f.value for f in k2 if f.origin == "computed")
    assert off == pytest.approx(791, abs=2)


def test_names_are_given_in_the_languages_used_there(airbases: Collection) -> None:
    langs = {n.lang for f in airbases.features for n in f.properties.names}
    assert {"en", "ru", "ky", "uz", "uz-Cyrl", "kl", "de"} <= langs


def test_the_layer_passes_its_truth_rules(airbases: Collection, catalogue: Catalogue) -> None:
    findings = list(truth(airbases, World(catalogue)))
    assert [f.message for f in findings if f.severity is not Severity.NOTE] == []
    assert "truth-unchecked" not in {f.rule for f in findings}
    explained = [f for f in findings if f.rule == "truth-length"]
    assert [f.feature for f in explained] == ["termez_runway"]


def test_a_base_moved_over_a_border_is_found(airbases: Collection, catalogue: Catalogue) -> None:
    moved = replace(airbases.by_id["manas_airport"], geometry=Point(74.4776, 44.0613))
    found = list(truth(swapped(airbases, moved), World(catalogue)))
    assert ("truth-inside", "manas_airport") in {(f.rule, f.feature) for f in found}


def test_a_runway_that_does_not_fit_is_found_three_ways(airbases: Collection) -> None:
    wrong = replace(
        airbases.by_id["kant_runway"],
        geometry=LineString([(74.8311, 42.858398), (74.8311, 42.9)]),
    )
    found = {
        f.rule
        for f in truth(swapped(airbases, wrong), without_world())
        if f.feature == "kant_runway"
    }
    assert {"truth-length", "truth-airfield", "truth-bearing"} <= found


def test_nothing_is_published_from_memory(airbases: Collection) -> None:
    text = json.dumps([f.properties.model_dump() for f in airbases.features])
    assert "5 July 2005" not in text and "24 March 2005" not in text


def test_a_name_is_short_enough_to_stand_on_a_map(airbases: Collection) -> None:
    points = [f for f in airbases.features if f.properties.tags["part"] != "runway"]
    assert [f.id for f in points if len(f.properties.name) > 34] == []
    ranks = {f.id: f.properties.tags["rank"] for f in points}
    assert min(ranks, key=lambda one: ranks[one]) in USES[:2]
