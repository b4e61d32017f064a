"""SARIF logs hold what the standard asks for."""

import json
from typing import Any

import pytest

from geo.finding import Finding, Place, Severity
from geo.ruletable import RULES
from geo.sarif import sarif_log

FOUND = [
    Finding(
        "self-intersection",
        "Self-intersection at 11, 11",
        "move the vertex",
        layer="zones",
        feature="loop_hole",
        place=Place(
            2, 3, "/features/0/geometry/coordinates/0/0", 11.0, 11.0, "a folder/zones.json"
        ),
    ),
    Finding("precision", "too fine", "round it", Severity.NOTE, place=Place(file="zones.json")),
    Finding("truth-inside", "outside", "correct it", Severity.WARNING, layer="airbases"),
]


@pytest.fixture(scope="module")
def log() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(sarif_log(FOUND, RULES, "1.2.3")))
    return made


def test_the_log_names_its_version_and_tool(log: dict[str, Any]) -> None:
    assert set(log) == {"$schema", "version", "runs"} and log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("marchland", "1.2.3")
    assert run["columnKind"] == "unicodeCodePoints"


def test_every_rule_is_described_once(log: dict[str, Any]) -> None:
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    for rule in rules:
        assert rule["shortDescription"]["text"] and rule["help"]["text"].endswith(".")
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")


def test_a_result_points_to_its_rule_and_into_the_file(log: dict[str, Any]) -> None:
    run = log["runs"][0]
    first = run["results"][0]
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"]
    physical = first["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "a%20folder/zones.json"
    assert physical["region"] == {"startLine": 2, "startColumn": 3}
    assert first["properties"] == {
        "layer": "zones",
        "feature": "loop_hole",
        "lon": 11.0,
        "lat": 11.0,
    }


def test_a_result_without_a_file_or_a_known_rule_still_has_a_location(log: dict[str, Any]) -> None:
    last = log["runs"][0]["results"][2]
    assert "ruleIndex" not in last and last["level"] == "warning"
    assert last["locations"] == [{"logicalLocations": [{"fullyQualifiedName": "airbases"}]}]


def test_a_fingerprint_survives_lines_added_above() -> None:
    moved = Finding(
        FOUND[0].rule,
        "other words",
        "advice",
        layer="zones",
        feature="loop_hole",
        place=Place(99, 1, FOUND[0].place.pointer),
    )
    prints = [
        result["partialFingerprints"]
        for result in sarif_log([FOUND[0], moved, FOUND[1]], RULES, "1")["runs"][0]["results"]
    ]
    assert prints[0] == prints[1] != prints[2]


def test_no_findings_are_an_empty_list_of_results() -> None:
    assert sarif_log([], RULES, "1")["runs"][0]["results"] == []
