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
OWN = ("boundary", "chart_accuracy_m", "like", "sources", "figures", "note", "name", *TAGS)
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


def build(facts: Facts) -> Iterator[Feature]:
    """A feature for each run of each line; a line without points is listed without geometry."""
    lines = {id: _resolved(id, facts.tree("lines.toml")) for id in facts.tree("lines.toml")}
    runs = {id: _runs(facts, id) for id in lines if (facts.folder.path / _table(id)).is_file()}
    says = facts.tree("evidence.toml")
    totals = list(_totals(facts.tree("lengths.toml"), lines, runs))
    for id, line in lines.items():
        figures = [figure for ids, figure in totals if id in ids]
        if id not in runs:
            yield _feature(facts, id, None, line, figures, {"exact": False})
        for part, run in enumerate(runs.get(id, ()), start=1):
            yield _drawn(facts, id, line, run, figures, says, (part, len(runs[id])))


def _resolved(id: str, tables: dict[str, dict[str, Any]]) -> dict[str, Any]:
    table = tables[id]
    inherited = tables[table["like"]] if "like" in table else {}
    return {"boundary": id, **inherited, **table}


def _table(id: str) -> str:
    return f"points/{id}.csv"


def _drawn(
    facts: Facts,
    id: str,
    line: dict[str, Any],
    run: Run,
    figures: list[dict[str, Any]],
    says: dict[str, str],
    place: tuple[int, int],
) -> Feature:
    part, parts = place
    ends = run.marks[0].vertex.n, run.marks[-1].vertex.n
    own = dict(line)
    if parts > 1:
        id = "_".join([id, *ends]).lower()
        own["name"] = f"{line['name']}, points {ends[0]}–{ends[1]}"
    own["note"] = f"{line['note']} {says[run.evidence]}"
    own["evidence"] = run.evidence
    own["vertices"] = [mark.vertex for mark in run.marks]
    if "chart_accuracy_m" in line and not run.exact:
        own["accuracy_m"] = line["chart_accuracy_m"]
    here = _length("this part, as drawn" if parts > 1 else "this line, as drawn", [run], "km")
    tags = {"part": part, "exact": run.exact}
    return _feature(facts, id, run.shape, own, [here, *figures], tags)


def _feature(
    facts: Facts,
    id: str,
    shape: BaseGeometry | None,
    line: dict[str, Any],
    figures: list[dict[str, Any]],
    tags: dict[str, Any],
) -> Feature:
    figures = [*figures, *line.get("figures", [])]
    own = {key: line[key] for key in TAGS if key in line}
    said = {key: value for key, value in line.items() if key not in OWN}
    return facts.feature(
        id,
        shape,
        sources=[*line["sources"], *_cited(line.get("events", []), figures)],
        name=line["name"],
        note=line["note"],
        figures=figures,
        tags={"boundary": line["boundary"], **tags, **own},
        **said,
    )


def _cited(*entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        for one in entry:
            yield from one.get("sources", [])


def _totals(
    published: dict[str, Any], lines: dict[str, Any], runs: dict[str, list[Run]]
) -> Iterator[tuple[list[str], dict[str, Any]]]:
    """Lengths of several features together: which lines each is said of, and the figure."""
    for given in published.values():
        whole = [run for id in given["lines"] for run in runs[id]]
        text = {key: given[key] for key in ("what", "unit", "sources", "note") if key in given}
        yield given["lines"], {**text, "value": given["published"], "origin": "published"}
        yield given["lines"], _length(given["what"], whole, given["unit"])
    for boundary in dict.fromkeys(line["boundary"] for line in lines.values()):
        ids = [id for id in runs if lines[id]["boundary"] == boundary]
        whole = [run for id in ids for run in runs[id]]
        known = any(set(ids) <= set(given["lines"]) for given in published.values())
        if len(whole) > 1 and not known and not lines[ids[0]].get("claimant"):
            yield ids, _length("the whole boundary, as drawn", whole, "km")


def _length(what: str, runs: list[Run], unit: str) -> dict[str, Any]:
    metres = sum(length_m(run.shape) for run in runs)
    return {
        "what": what,
        "value": round(metres / UNITS[unit], 1),
        "unit": unit,
        "origin": "computed",
    }


def _runs(facts: Facts, id: str) -> list[Run]:
    marks = [_mark(row) for row in facts.table(_table(id))]
    stretches = [(a, b, _weaker(a, b)) for a, b in pairwise(marks)]
    return [_run([*group]) for _, group in groupby(stretches, key=_grade)]


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
