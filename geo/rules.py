"""Everything that can be said about a GeoJSON text without knowing what it is about."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from geo.finding import Finding, Severity
from geo.jsontext import NOTHING, Parsed, parse
from geo.pointer import Lines, offsets
from geo.shaperules import document_findings
from geo.valuerules import value_findings

# A file with one fault in every feature is told so a few times, not ten thousand times.
_SHOWN = {Severity.ERROR: 20, Severity.WARNING: 5, Severity.NOTE: 1}


def check_geojson(data: bytes) -> list[Finding]:
    """The findings on anybody's GeoJSON, in document order for each kind of rule; never raises.

    Each finding has its line and column, and where it lies in the document its JSON pointer.
    Positions that are off the globe, or a ring that is not closed, keep the later rules on that
    geometry from being asked. Repeated findings of one rule are cut short with their count.
    """
    parsed = parse(data)
    found = list(parsed.findings)
    if parsed.value is not NOTHING:
        found += value_findings(parsed.value)
        # Rules on nested collections walk down in step with them: only where that ends soon.
        if not any(finding.rule == "json-depth" for finding in found):
            found += document_findings(parsed.value)
    return [finding.clean for finding in _placed(_shortened(found), parsed)]


def _shortened(findings: Iterable[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    last: dict[str, int] = {}
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
        if counts[finding.rule] <= _SHOWN[finding.severity]:
            last[finding.rule] = len(kept)
            kept.append(finding)
    for rule, n in last.items():
        if more := counts[rule] - _SHOWN[kept[n].severity]:
            kept[n] = _with_count(kept[n], more)
    return kept


def _with_count(finding: Finding, more: int) -> Finding:
    if more <= 0:
        return finding
    return replace(finding, message=f"{finding.message} (and {more} more findings of this rule)")


def _placed(findings: list[Finding], parsed: Parsed) -> Iterator[Finding]:
    """The findings with line and column, which those of the parser have already."""
    pointers = [f.place.pointer or "" for f in findings if f.place.line is None]
    where = offsets(parsed.text, pointers) if pointers else {}
    lines = Lines(parsed.text)
    for finding in findings:
        place = finding.place
        if place.line is None:
            line, column = lines.place(where[place.pointer or ""])
            place = replace(place, line=line, column=column)
        yield replace(finding, place=place)
