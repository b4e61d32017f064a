"""Paths and outlines as SVG path data in whole sixteenths of a pixel."""

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import orjson

from geo.errors import BadScene
from geo.face import SIXTEENTHS
from geo.paths import Offsets, Paths, Points

if TYPE_CHECKING:
    from geo.shaping import Run, Stencil

Whole = npt.NDArray[np.int64]
Pairs = npt.NDArray[np.complex128]


def path_data(paths: Paths, *, closed: bool) -> str:
    """All paths in one string, each vertex relative to the one before it.

    Vertices that fall together are written once, and a path of which fewer than two vertices
    remain is left out. Raises `BadScene` for a coordinate that is not finite.
    """
    if paths.empty:
        return ""
    scaled = np.rint(paths.points * SIXTEENTHS)
    if not math.isfinite(np.add.reduce(scaled, axis=None)):
        raise BadScene("a path has a coordinate that is not a finite number; clip it first")
    points, starts = _thinned(_paired(scaled), paths.offsets, closed)
    if not len(points):
        return ""
    steps = points.copy()
    steps[1:] -= points[:-1]
    if closed:  # after a close the pen is where the ring began
        steps[starts[1:]] = points[starts[1:]] - points[starts[:-1]]
    whole = steps.view(np.float64).astype(np.int64)
    return _written(whole, starts, "zm" if closed else "m") + ("z" if closed else "")


def _paired(points: Points) -> Pairs:
    """Points (n, 2) as complex numbers: they are compared in half the time."""
    return np.ascontiguousarray(points, dtype=np.float64).view(np.complex128)[:, 0]


def _thinned(points: Pairs, offsets: Offsets, closed: bool) -> tuple[Pairs, Offsets]:
    """Points that differ from the next (the last of a ring, from its first); path starts."""
    used = offsets[1:] > offsets[:-1]
    starts, lasts = offsets[:-1][used], offsets[1:][used] - 1
    keep = np.ones(len(points), dtype=bool)
    np.not_equal(points[1:], points[:-1], out=keep[:-1])
    keep[lasts] = points[lasts] != points[starts] if closed else True
    counts = np.add.reduceat(keep, starts, dtype=np.int64)
    if counts.min() < 2:
        keep &= np.repeat(counts >= 2, lasts + 1 - starts)
        counts = counts[counts >= 2]
    return points[keep], np.cumsum(counts) - counts


def _written(flat: Whole, starts: Offsets, between: str) -> str:
    """Commas part numbers in SVG too, and JSON's writer of integers is many times our speed."""
    ends = [*(2 * starts).tolist(), len(flat)]
    rows = [flat[start:end] for start, end in pairwise(ends)]
    text = orjson.dumps(rows, option=orjson.OPT_SERIALIZE_NUMPY).decode()
    return "m" + text[2:-2].replace("],[", between)


def along(run: "Run", stencil: "Stencil", line: Points) -> str:
    """The outline of a run whose letters follow a line, centred; straight on beyond its ends."""
    if not run.glyphs:
        return ""
    form, points, of = stencil
    ends = np.array([(glyph.x + glyph.advance / 2, glyph.y) for glyph in run.glyphs])
    at, heading = _on_rail(np.asarray(line, dtype=np.float64), ends[:, 0], run.width)
    east, south = heading[of].T
    right, down = points[:, 0], points[:, 1] + ends[of, 1]
    turned = np.column_stack([right * east - down * south, right * south + down * east])
    return form % tuple(np.rint((at[of] + turned) * SIXTEENTHS).astype(np.int64).ravel().tolist())


def _on_rail(line: Points, distances: Points, width: float) -> tuple[Points, Points]:
    """Where so many px from the start of a text of that width, in the middle of the line, its
    letters stand, and the unit vector of the line there.
    """
    steps = np.diff(line, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    keep = lengths > 0
    if not keep.any() or not np.isfinite(lengths).all():
        raise BadScene("a text follows a line that has no length, or no finite one")
    lengths, headings = lengths[keep], steps[keep] / lengths[keep][:, None]
    reached = np.append(0.0, np.cumsum(lengths))
    along = (reached[-1] - width) / 2 + distances
    leg = np.clip(np.searchsorted(reached, along) - 1, 0, len(lengths) - 1)
    return line[:-1][keep][leg] + headings[leg] * (along - reached[leg])[:, None], headings[leg]


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
