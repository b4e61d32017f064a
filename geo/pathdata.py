"""Paths and outlines as SVG path data in whole sixteenths of a pixel."""

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import orjson

from geo.errors import BadScene
from geo.face import SIXTEENTHS
from geo.scene import Offsets, Paths, Points
from geo.shaping import Glyph, Run

Whole = npt.NDArray[np.int64]


def path_data(paths: Paths, *, closed: bool) -> str:
    """All paths in one string, each vertex relative to the one before it.

    Vertices that fall together are written once, and a path of which fewer than two vertices
    remain is left out. Raises `BadScene` for a coordinate that is not finite.
    """
    if paths.empty:
        return ""
    scaled = paths.points * SIXTEENTHS
    if not math.isfinite(np.add.reduce(scaled, axis=None)):
        raise BadScene("a path has a coordinate that is not a finite number; clip it first")
    points, starts = _thinned(np.rint(scaled).astype(np.int64), paths.offsets, closed)
    if not len(points):
        return ""
    steps = points.copy()
    steps[1:] -= points[:-1]
    if closed:  # after a close the pen is where the ring began
        steps[starts[1:]] = points[starts[1:]] - points[starts[:-1]]
    return _written(steps, starts, "zm" if closed else "m") + ("z" if closed else "")


def _thinned(points: Whole, offsets: Offsets, closed: bool) -> tuple[Whole, Offsets]:
    """Points that differ from the next (the last of a ring, from its first); path starts."""
    used = offsets[1:] > offsets[:-1]
    starts, lasts = offsets[:-1][used], offsets[1:][used] - 1
    keep = np.ones(len(points), dtype=bool)
    keep[:-1] = _differ(points[1:], points[:-1])
    keep[lasts] = _differ(points[lasts], points[starts]) if closed else True
    counts = np.add.reduceat(keep, starts, dtype=np.int64)
    if counts.min() < 2:
        keep &= np.repeat(counts >= 2, lasts + 1 - starts)
        counts = counts[counts >= 2]
    return points[keep], np.cumsum(counts) - counts


def _differ(some: Whole, others: Whole) -> npt.NDArray[np.bool_]:
    unlike: npt.NDArray[np.bool_] = some != others
    return unlike[:, 0] | unlike[:, 1]


def _written(steps: Whole, starts: Offsets, between: str) -> str:
    """Commas part numbers in SVG too, and JSON's writer of integers is many times our speed."""
    flat = steps.ravel()
    ends = [*(2 * starts).tolist(), len(flat)]
    rows = [flat[start:end] for start, end in pairwise(ends)]
    text = orjson.dumps(rows, option=orjson.OPT_SERIALIZE_NUMPY).decode()
    return "m" + text[2:-2].replace("],[", between)


def along(run: Run, line: Points) -> str:
    """The outline of a run whose letters follow a line, centred; straight on beyond its ends."""
    rail = _Rail(np.asarray(line, dtype=np.float64), run.width)
    return "".join(_letters(run.glyphs, run.size, rail))


class _Rail:
    """Where the middle of a letter stands on a line, and how the line runs there."""

    def __init__(self, line: Points, width: float) -> None:
        steps = np.diff(line, axis=0)
        lengths = np.hypot(steps[:, 0], steps[:, 1])
        keep = lengths > 0
        if not keep.any() or not np.isfinite(lengths).all():
            raise BadScene("a text follows a line that has no length, or no finite one")
        self._points, self._lengths = line[:-1][keep], lengths[keep]
        self._headings = steps[keep] / self._lengths[:, None]
        self._reached = np.append(0.0, np.cumsum(self._lengths))
        self._start = (self._reached[-1] - width) / 2

    def at(self, distance: float) -> tuple[float, float, float, float]:
        """x, y and the unit vector of the line, ``distance`` px from the start of the text."""
        along = self._start + distance
        leg = int(np.clip(np.searchsorted(self._reached, along) - 1, 0, len(self._lengths) - 1))
        x, y = self._points[leg] + self._headings[leg] * (along - self._reached[leg])
        return float(x), float(y), *map(float, self._headings[leg])  # type: ignore[return-value]


def _letters(glyphs: Iterable[Glyph], size: float, rail: _Rail) -> Iterator[str]:
    for glyph in glyphs:
        half = glyph.advance / 2
        x, y, east, south = rail.at(glyph.x + half)
        scale = size / glyph.face.units
        for command, numbers in glyph.face.outline(glyph.id):
            ends = [
                (a * scale - half, glyph.y - b * scale)
                for a, b in zip(numbers[::2], numbers[1::2], strict=True)
            ]
            yield command.upper() + " ".join(
                f"{_whole(x + a * east - b * south)} {_whole(y + a * south + b * east)}"
                for a, b in ends
            )


def _whole(px: float) -> int:
    return round(px * SIXTEENTHS)


def circle(x: float, y: float, radius: float) -> str:
    """A circle of two arcs."""
    r = max(1, _whole(radius))
    left, top = _whole(x) - r, _whole(y)
    return f"M{left} {top}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"


def _corners(reach: float, *angles: float) -> tuple[tuple[float, float], ...]:
    turns = [math.radians(angle) for angle in angles]  # from the top, clockwise
    return tuple((reach * math.sin(turn), -reach * math.cos(turn)) for turn in turns)


# corners for a radius of 1, so far out that the shape has the area of the circle
_SHAPES = {
    "square": _corners(math.sqrt(math.pi / 2), 45, 135, 225, 315),
    "diamond": _corners(math.sqrt(math.pi / 2), 0, 90, 180, 270),
    "triangle": _corners(math.sqrt(4 * math.pi / (3 * math.sqrt(3))), 0, 120, 240),
}


def symbol(shape: str, x: float, y: float, radius: float) -> str:
    """The outline of a mark, see `geo.scene.Mark`. Raises `BadScene` for an unknown shape."""
    if not all(map(math.isfinite, (x, y, radius))):
        raise BadScene(f"a mark at {x}, {y} of radius {radius} has no place")
    if shape == "circle":
        return circle(x, y, radius)
    if shape not in _SHAPES:
        raise BadScene(f"mark {shape!r} is unknown; known are circle, {', '.join(_SHAPES)}")
    ends = (
        f"{_whole(x + radius * east)} {_whole(y + radius * south)}"
        for east, south in _SHAPES[shape]
    )
    return f"M{' '.join(ends)}z"
