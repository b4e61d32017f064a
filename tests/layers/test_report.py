"""Findings as text, JSON and SARIF."""

import json

from rich.console import Console

from geo.finding import Finding, Place, Severity
from layers.report import as_json, as_sarif, as_text
from layers.ruletable import ALL_RULES

FOUND = [
    Finding(
        "self-intersection",
        "Self-intersection at 11, 11",
        "move the vertex",
        layer="zones",
        feature="loop_hole",
        place=Place(2, 3, "/features/0", 11.0, 11.0, "zones.geojson"),
    ),
    Finding("truth-bearing", "[bold red]runs\x1b[31m at 80°[/]", "look", Severity.NOTE),
]


def test_text_says_what_where_and_what_to_do_and_counts() -> None:
    text = str(as_text(FOUND))
    assert "ERROR self-intersection  zones.geojson · loop_hole · line 2, column 3" in text
    assert "→ move the vertex" in text
    assert text.endswith("1 error, 1 note\n")
    assert str(as_text([])) == "nothing found\n"


def test_text_takes_nothing_that_it_quotes_for_markup_or_escape_sequences() -> None:
    console = Console(width=200, force_terminal=True, color_system=None)
    with console.capture() as captured:
        console.print(as_text(FOUND))
    assert "[bold red]runs" in captured.get()
    assert "\x1b[31m" not in str(as_text(FOUND))


def test_json_holds_the_findings_without_what_is_not_known() -> None:
    document = json.loads(as_json(FOUND))
    assert document["counts"] == {"error": 1, "warning": 0, "note": 1}
    first, second = document["findings"]
    assert (first["line"], first["lon"], first["file"]) == (2, 11.0, "zones.geojson")
    assert set(second) == {"rule", "severity", "message", "advice"}


def test_sarif_describes_every_rule_also_those_of_a_layer_alone() -> None:
    run = json.loads(as_sarif(FOUND))["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == [*ALL_RULES, "truth-bearing"]
    assert all("ruleIndex" in result for result in run["results"])


def test_the_same_findings_give_the_same_bytes() -> None:
    for write in (as_json, as_sarif):
        assert write(FOUND) == write(list(FOUND))
