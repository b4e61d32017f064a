"""The lines of `lines.toml` through the points of `points/`, one feature for each run of points
that are equally well known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from shapely import LineString
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import cut
from geo.feature import Feature
from geo.geodesic import METRES_PER_M, Point, arc, densify, length_m, unwrapped
from geo.model import Vertex
from geo.vocabulary import Evidence
from layers.facts import Facts

# From the strongest to the weakest. A stretch is as good as the weaker of its two ends.
STRENGTH = (
    Evidence.OFFICIAL_2SRC,
    Evidence.OFFICIAL,
    Evidence.OFFICIAL_DATASET,
    Evidence.EPSG_2SIDED,
    Evidence.OFFICIAL_1SRC,
    Evidence.TREATY_REPRINT,
    Evidence.EPSG_1SIDED,
    Evidence.SECONDARY,
)
TAGS = ("territories", "applies_to", "claimant", "opposite", "settled_in_substance")
OWN = ("boundary", "chart_accuracy_m", "like", "sources", *TAGS)
UNITS = {"km": 1000.0, "M": METRES_PER_M}


@dataclass(frozen=True, slots=True)
class Mark:
    """A turning point; ``chart`` where it stands in an old datum and is not converted."""

    vertex: Vertex
    chart: bool

    @property
    def exact(self) -> bool:
        return self.vertex.evidence.exact and not self.chart

    @property
    def weakness(self) -> tuple[bool, int]:
        return not self.exact, STRENGTH.index(self.vertex.evidence)


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive points whose stretches are equally well known, and the weakest evidence."""

    marks: tuple[Mark, ...]
    exact: bool
    evidence: Evidence
    shape: BaseGeometry

    @property
    def ends(self) -> tuple[str, str]:
        return self.marks[0].vertex.n, self.marks[-1].vertex.n


@dataclass(frozen=True, slots=True)
class Line:
    """One table of `lines.toml` and what is drawn of it; no runs where no point is known."""

    id: str
    said: dict[str, Any]
    runs: tuple[Run, ...]

    @property
    def tags(self) -> dict[str, Any]:
        own = {key: self.said[key] for key in TAGS if key in self.said}
        return {"boundary": self.said["boundary"], **own}


def build(facts: Facts) -> Iterator[Feature]:
    """A feature for each run of each line; a line without points is listed without geometry."""
    tables = facts.tree("lines.toml")
    lines = [Line(name, _resolved(name, tables), _runs(facts, name)) for name in tables]
    totals = list(_totals(facts.tree("lengths.toml"), lines))
    sentences = facts.tree("evidence.toml")
    for line in lines:
        figures = [figure for names, figure in totals if line.id in names]
        if not line.runs:
            yield _feature(
                facts, line.id, None, {**line.said, "tags": line.tags | {"exact": False}}
            )
        for part, run in enumerate(line.runs, start=1):
            said = _said(line, run, sentences[run.evidence])
            said["figures"] = [*said["figures"], *figures, *line.said.get("figures", [])]
            said["tags"] = {**line.tags, "part": part, "exact": run.exact}
            yield _feature(facts, _id(line, run), run.shape, said)


def _resolved(name: str, tables: dict[str, dict[str, Any]]) -> dict[str, Any]:
    table = tables[name]
    inherited = tables[table["like"]] if "like" in table else {}
    return {"boundary": name, **inherited, **table}


def _id(line: Line, run: Run) -> str:
    return line.id if len(line.runs) == 1 else "_".join([line.id, *run.ends]).lower()


def _said(line: Line, run: Run, sentence: str) -> dict[str, Any]:
    whole = len(line.runs) == 1
    name = line.said["name"]
    said = {
        **line.said,
        "name": name if whole else f"{name}, points {'–'.join(run.ends)}",
        "note": f"{line.said['note']} {sentence}",
        "evidence": run.evidence,
        "vertices": [mark.vertex for mark in run.marks],
        "figures": [_length(f"this {'line' if whole else 'part'}, as drawn", [run], "km")],
    }
    if "chart_accuracy_m" in line.said and not run.exact:
        said["accuracy_m"] = line.said["chart_accuracy_m"]
    return said


def _feature(facts: Facts, name: str, shape: BaseGeometry | None, said: dict[str, Any]) -> Feature:
    cited = _cited(said.get("events", []), said.get("figures", []))
    properties = {key: value for key, value in said.items() if key not in OWN}
    return facts.feature(name, shape, sources=[*said["sources"], *cited], **properties)


def _cited(*entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        for one in entry:
            yield from one.get("sources", [])


def _totals(
    published: dict[str, Any], lines: list[Line]
) -> Iterator[tuple[list[str], dict[str, Any]]]:
    """Lengths of several features together: which lines each is said of, and the figure."""
    for given in published.values():
        whole = [run for line in lines if line.id in given["lines"] for run in line.runs]
        text = {key: given[key] for key in ("what", "unit", "sources", "note") if key in given}
        yield given["lines"], {**text, "value": given["published"], "origin": "published"}
        yield given["lines"], _length(given["what"], whole, given["unit"])
    measured = {name for given in published.values() for name in given["lines"]}
    for boundary in dict.fromkeys(line.said["boundary"] for line in lines):
        members = [line for line in lines if line.said["boundary"] == boundary]
        whole = [run for line in members for run in line.runs]
        opposed = "claimant" in members[0].said  # two positions on one boundary do not add up
        if len(whole) > 1 and not opposed and members[0].id not in measured:
            names = [line.id for line in members]
            yield names, _length("the whole boundary, as drawn", whole, "km")


def _length(what: str, runs: list[Run], unit: str) -> dict[str, Any]:
    value = round(sum(length_m(run.shape) for run in runs) / UNITS[unit], 1)
    return {"what": what, "value": value, "unit": unit, "origin": "computed"}


def _runs(facts: Facts, name: str) -> tuple[Run, ...]:
    table = f"points/{name}.csv"
    if not (facts.folder.path / table).is_file():
        return ()
    marks = [_mark(row) for row in facts.table(table)]
    stretches = [(a, b, _weaker(a, b)) for a, b in pairwise(marks)]
    return tuple(_run([*group]) for _, group in groupby(stretches, key=_grade))


def _grade(stretch: tuple[Mark, Mark, Mark]) -> Evidence | None:
    """None for everything exact, which is drawn alike."""
    worse = stretch[2]
    return None if worse.exact else worse.vertex.evidence


def _weaker(a: Mark, b: Mark) -> Mark:
    """The end that a stretch is judged by. A meridian lies where its better end puts it."""
    pick = min if a.vertex.line == "meridian" else max
    return pick(a, b, key=lambda mark: mark.weakness)


def _run(stretches: list[tuple[Mark, Mark, Mark]]) -> Run:
    marks = [stretches[0][0], *(b for _, b, _ in stretches)]
    worst = max((worse for *_, worse in stretches), key=lambda mark: mark.weakness)
    points = [_at(marks[0]), *(p for a, b, _ in stretches for p in _between(a, b)[1:])]
    shape = cut(LineString(unwrapped(points)))
    return Run(tuple(marks), worst.exact, worst.vertex.evidence, shape)


def _mark(row: dict[str, str]) -> Mark:
    centre = (row["centre_lon"], row["centre_lat"]) if row["centre_lon"] else None
    vertex = Vertex.model_validate(
        {
            "n": row["n"],
            "lon": row["lon"],
            "lat": row["lat"],
            "text": f"{row['lat_text']}, {row['lon_text']}",
            "line": row["line"],
            "centre": centre,
            "radius_m": row["radius_m"] or None,
            "evidence": row["evidence"],
            "note": row["note"] or None,
        }
    )
    return Mark(vertex, row["datum"] == "chart")


def _at(mark: Mark) -> Point:
    assert mark.vertex.lon is not None and mark.vertex.lat is not None
    return mark.vertex.lon, mark.vertex.lat


def _between(a: Mark, b: Mark) -> list[Point]:
    given = a.vertex
    assert given.line is not None
    if given.centre is not None and given.radius_m is not None:
        return arc(_at(a), _at(b), given.centre, given.radius_m)
    return densify(_at(a), _at(b), given.line)
