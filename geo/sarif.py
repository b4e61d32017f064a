"""Findings as a SARIF 2.1.0 log (OASIS standard, 2020), which code hosts show beside the text."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from geo.finding import Finding, Severity
from geo.rule import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def sarif_log(
    findings: Iterable[Finding], rules: Mapping[str, Rule], version: str
) -> dict[str, Any]:
    """One run of the tool as JSON values. ``rules`` describes each rule id that can occur.

    A finding without a file gets the name of its layer as its logical location. Columns count
    Unicode characters from 1. The same findings give the same log: it holds no time and no path
    of this machine.
    """
    order = {name: n for n, name in enumerate(rules)}
    driver = {
        "name": "marchland",
        "version": version,
        "rules": [_rule(rule) for rule in rules.values()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, order) for finding in findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.sentence},
        "help": {"text": _sentence(rule.advice)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, order: Mapping[str, int]) -> dict[str, Any]:
    about = f"{finding.feature}: " if finding.feature else ""
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{about}{finding.message}. {_sentence(finding.advice)}"},
        "locations": [_location(finding)],
        "partialFingerprints": {"findingHash/v1": _fingerprint(finding)},
    }
    if finding.rule in order:
        result["ruleIndex"] = order[finding.rule]
    if bag := _properties(finding):
        result["properties"] = bag
    return result


def _location(finding: Finding) -> dict[str, Any]:
    place = finding.place
    location: dict[str, Any] = {}
    if place.file:
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file)}}
        if place.line is not None:
            physical["region"] = {"startLine": place.line, "startColumn": place.column or 1}
        location["physicalLocation"] = physical
    name = ":".join(part for part in (finding.layer, place.pointer or "") if part)
    if name or not location:
        location["logicalLocations"] = [{"fullyQualifiedName": name or "marchland"}]
    return location


def _properties(finding: Finding) -> dict[str, Any]:
    place = finding.place
    bag = {"layer": finding.layer or None, "feature": finding.feature or None}
    known = {key: value for key, value in bag.items() if value is not None}
    if place.lon is not None and place.lat is not None:
        return {**known, "lon": place.lon, "lat": place.lat}
    return known


def _fingerprint(finding: Finding) -> str:
    """What stays the same when lines are added above: the rule, the layer, feature and pointer."""
    parts = (finding.rule, finding.layer, finding.feature, finding.place.pointer or "")
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _uri(file: str) -> str:
    """The file name as a relative URI reference (RFC 3986)."""
    return quote(file.replace("\\", "/"), errors="surrogateescape")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
