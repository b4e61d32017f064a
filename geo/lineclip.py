"""Lines without what lies beside a box, for strokes."""

import numpy as np
import numpy.typing as npt

from geo.paths import Paths

Box = tuple[float, float, float, float]  # left, top, right, bottom
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


def near(lines: Paths, box: Box) -> tuple[Paths, Numbers]:
    """Lines without the edges that lie beyond one side of the box: the pieces that are left, and
    at which of the given points each of them begins.

    Nothing is cut: all corners are given ones, and what is left may reach out of the box.
    """
    kept = _kept(lines, box)
    follows = np.zeros(len(kept) + 1, dtype=bool)
    follows[1:] = kept  # the points that end an edge which is kept
    begins = np.flatnonzero(kept & ~follows[:-1])
    held = follows
    held[:-1] |= kept
    starts = np.cumsum(held)[begins] - 1
    points = lines.points[held[: len(lines.points)]]
    return Paths(points, np.append(starts, len(points)).astype(np.int64)), begins


def reached(lines: Paths, at: Numbers) -> npt.NDArray[np.float64]:
    """How far along its line each of these points is."""
    steps = np.zeros(len(lines.points))
    steps[1:] = np.hypot(*np.diff(lines.points, axis=0).T)
    along = np.cumsum(steps)
    of = np.searchsorted(lines.offsets, at, side="right") - 1
    return np.asarray(along[at] - along[lines.offsets[of]])


def _kept(lines: Paths, box: Box) -> Flags:
    """For each point whether the edge from it to the next one is to be kept."""
    x, y = lines.points.T
    left, top, right, bottom = box
    kept = np.zeros(len(x), dtype=bool)
    if not len(x):
        return kept
    kept[:-1] = True
    for side in (x < left, x > right, y < top, y > bottom):
        kept[:-1] &= ~(side[:-1] & side[1:])
    kept[lines.offsets[1:][np.diff(lines.offsets) > 0] - 1] = False
    return kept
