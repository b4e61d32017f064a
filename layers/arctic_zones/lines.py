"""The lines that divide the sea: agreed, claimed, computed, and where the study ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, Polygon

from geo.feature import Feature
from geo.geodesic import azimuth, densify, destination
from geo.polar import to_plane

Numbers = npt.NDArray[np.float64]

GRID_DECIMALS = 3  # millimetres: what is given twice in degrees is given once in the plane
STEP_M = 3_000.0  # between the points of what carries a line past its end
SEAM = "seam"


@dataclass(frozen=True)
class Line:
    """A line in the polar plane that may bound something: its kind and where it comes from."""

    kind: str  # treaty unilateral gap continuation equidistance arc study seam
    source: str  # the id of a feature of another layer, or what else it is
    points: Numbers


@dataclass(frozen=True)
class Side:
    """The side of a run of lines that belongs to one state, as a polygon of the plane."""

    lines: tuple[Line, ...]
    area: Polygon


def flat(points: Numbers | Sequence[Sequence[float]]) -> Numbers:
    """Degrees to the plane, to whole millimetres."""
    return np.round(to_plane(np.asarray(points, dtype=float)), GRID_DECIMALS)


def side(entry: dict[str, Any], known: dict[str, Feature]) -> Side:
    """The side that an entry of `plan.toml` describes, and the lines that it runs along."""
    if "equidistance" in entry:
        runs = [("equidistance", name, _vertices(known[name])) for name in entry["equidistance"]]
    else:
        runs = [run for name in entry["line"] for run in _table(name, known)]
    runs = _joined(runs)
    if "start" in entry:
        gap = densify(tuple(entry["start"]), tuple(runs[0][2][0]), "geodesic", STEP_M)
        runs.insert(0, ("gap", runs[0][1], np.array(gap)))
    before, after = entry["extend_km"]
    first, last = _beyond(runs[0][2][::-1], before)[::-1], _beyond(runs[-1][2], after)
    runs = [("continuation", runs[0][1], first), *runs, ("continuation", runs[-1][1], last)]
    lines = tuple(Line(kind, of, flat(points)) for kind, of, points in runs if len(points) > 1)
    ring = np.vstack([*(line.points for line in lines), flat(entry["around"])])
    area = Polygon(ring)
    if not area.is_valid:
        reason = shapely.is_valid_reason(area)
        raise ValueError(f"the side closed by around = {entry['around']}: {reason}")
    return Side(lines, area)


def study(entry: dict[str, Any]) -> Polygon:
    """The area that is studied, in the plane."""
    ring = [
        (lon, part["lat"])
        for part in entry["parallel"]
        for lon in np.arange(part["from"], part["to"] + 0.5, 1.0)
    ]
    return Polygon(flat(ring))


def seam(area: Polygon) -> Line:
    """The meridian of 180° through the area, along which the result will be cut."""
    return Line(SEAM, SEAM, np.array([[0.0, 0.0], [0.0, area.bounds[3] + 1.0]]))


Run = tuple[str, str, Numbers]


def _table(name: str, known: dict[str, Feature]) -> list[Run]:
    """The parts of one line of arctic_boundaries in order; backwards after a minus."""
    table = name.lstrip("-")
    fits = re.compile(rf"{re.escape(table)}(_[a-z0-9]+_[a-z0-9]+)?")
    parts = [
        (
            "unilateral" if one.properties.kind == "unilateral_line" else "treaty",
            own,
            _vertices(one),
        )
        for own, one in known.items()
        if fits.fullmatch(own) and one.geometry is not None
    ]
    if not parts:
        raise KeyError(f"arctic_boundaries has no line {table}")
    if not name.startswith("-"):
        return parts
    return [(kind, own, points[::-1]) for kind, own, points in reversed(parts)]


def _joined(runs: list[Run]) -> list[Run]:
    """The runs with a straight stretch wherever one does not begin where the last ended."""
    made: list[Run] = []
    for run in runs:
        if made and not np.array_equal(made[-1][2][-1], run[2][0]):
            gap = densify(tuple(made[-1][2][-1]), tuple(run[2][0]), "geodesic", STEP_M)
            made.append(("gap", made[-1][1], np.array(gap)))
        made.append(run)
    return made


def _vertices(feature: Feature) -> Numbers:
    """The vertices of a line, once each, although it is cut at 180°."""
    points = shapely.get_coordinates(feature.geometry)
    same = (np.diff(points[:, 1]) == 0) & (np.abs(np.diff(points[:, 0])) % 360 == 0)
    return points[np.r_[True, ~same]]


def _beyond(points: Numbers, km: float) -> Numbers:
    """The line carried on past its last point for some kilometres, the last point included."""
    a, b = tuple(points[-2]), tuple(points[-1])
    bearing = azimuth(b, a) + 180
    steps = np.arange(STEP_M, km * 1000 + 1, STEP_M)
    return np.array([b, *(destination(b, bearing, metres) for metres in steps)])


def as_line(line: Line) -> LineString:
    """The line as a shape of the plane."""
    return LineString(line.points)
