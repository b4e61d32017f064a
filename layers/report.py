"""Findings for people and for machines: text, JSON and SARIF."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from typing import Any

from rich.text import Text

from geo.finding import Finding, Severity
from geo.rule import Rule
from geo.sarif import sarif_log
from layers.ruletable import ALL_RULES

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def as_text(findings: Iterable[Finding]) -> Text:
    """One paragraph for each finding and a last line that counts them.

    A rich `Text`: a console colours it on a terminal, ``str()`` of it is plain, and nothing that
    it quotes is taken for markup.
    """
    found = [finding.clean for finding in findings]
    text = Text()
    for finding in found:
        _paragraph(text, finding)
    return text.append(_count(found) + "\n")


def as_json(findings: Iterable[Finding]) -> str:
    """An object with ``findings`` and ``counts`` by severity; without what is not known."""
    found = [finding.clean for finding in findings]
    counts = Counter(finding.severity for finding in found)
    document = {
        "findings": [_plain(finding) for finding in found],
        "counts": {severity.value: counts[severity] for severity in Severity},
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def as_sarif(findings: Iterable[Finding]) -> str:
    """A SARIF 2.1.0 log; the rules of a layer's own truth.py are described by their findings."""
    found = [finding.clean for finding in findings]
    log = sarif_log(found, {**ALL_RULES, **_others(found)}, version("marchland"))
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _paragraph(text: Text, finding: Finding) -> None:
    text.append(finding.severity.upper(), style=_COLOURS[finding.severity])
    text.append(f" {finding.rule}", style="bold")
    about = " · ".join(
        part for part in (finding.place.file, finding.feature, str(finding.place)) if part
    )
    text.append(f"  {about}\n" if about else "\n")
    text.append(f"  {finding.message}\n")
    text.append(f"  → {finding.advice}\n\n", style="dim")


def _count(found: Sequence[Finding]) -> str:
    counts = Counter(finding.severity for finding in found)
    parts = [_several(counts[severity], severity.value) for severity in Severity]
    return ", ".join(part for part in parts if part) or "nothing found"


def _several(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}" if count else ""


def _plain(finding: Finding) -> dict[str, Any]:
    place = finding.place
    members: dict[str, Any] = {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "layer": finding.layer,
        "feature": finding.feature,
        "message": finding.message,
        "advice": finding.advice,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "pointer": place.pointer,
        "lon": place.lon,
        "lat": place.lat,
    }
    return {key: value for key, value in members.items() if value not in (None, "")}


def _others(found: Iterable[Finding]) -> dict[str, Rule]:
    """Rules that stand in no table: those that a layer's own `truth.py` brings along."""
    return {
        one.rule: Rule(one.rule, one.severity, "A rule of this layer's own truth.py.", one.advice)
        for one in found
        if one.rule not in ALL_RULES
    }
