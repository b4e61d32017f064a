"""Rings cut to a box, for filling by the even-odd rule."""

import numpy as np
import numpy.typing as npt

from geo.paths import Paths, Points

Box = tuple[float, float, float, float]  # left, top, right, bottom
Numbers = npt.NDArray[np.int64]


def clipped(rings: Paths, box: Box) -> tuple[Paths, Numbers]:
    """Closed rings cut to the box, and which of the given ones each of them was.

    Inside of the box the same is filled as before; along its sides rings may run to and fro, which
    fills nothing (Sutherland and Hodgman, "Reentrant polygon clipping", 1974). Rings need not be
    valid. What lies outside of the box is gone.
    """
    points, of = rings.points, np.repeat(np.arange(len(rings)), np.diff(rings.offsets))
    last = np.zeros(len(points), dtype=bool)
    last[rings.offsets[1:][np.diff(rings.offsets) > 0] - 1] = True
    points, of = points[~last], of[~last]  # rings are open while they are cut
    left, top, right, bottom = box
    for axis, limit, sign in ((0, left, 1.0), (0, right, -1.0), (1, top, 1.0), (1, bottom, -1.0)):
        inside = sign * (points[:, axis] - limit)
        if (inside < 0).any():
            points, of = _cut(points, of, inside, axis, limit)
    return _closed(points, of)


def reduced(rings: Paths, box: Box) -> tuple[Paths, Numbers]:
    """Closed rings with fewer corners outside of the box, and which of the given ones each was.

    Of corners in a row beyond one side the first and the last are left, which changes nothing in
    the box: several times as fast as `clipped`.
    """
    (left, top, right, bottom), of = box, np.repeat(np.arange(len(rings)), np.diff(rings.offsets))
    points, first = rings.points, np.diff(of, prepend=-1) != 0
    for axis, limit, sign in ((0, left, 1.0), (0, right, -1.0), (1, top, 1.0), (1, bottom, -1.0)):
        beyond = sign * (points[:, axis] - limit) < 0
        again = beyond[:-2] & beyond[1:-1] & beyond[2:] & ~(first[1:-1] | first[2:])
        if again.any():
            kept = np.concatenate([[True], ~again, [True]])
            points, of, first = points[kept], of[kept], first[kept]
    starts = np.flatnonzero(first)
    areas = np.diff(starts, append=len(points)) > 3
    made = Paths(points, np.append(starts, len(points)).astype(np.int64)).chosen(areas)
    return made, of[starts[areas]]


def _cut(
    points: Points, of: Numbers, inside: npt.NDArray[np.float64], axis: int, limit: float
) -> tuple[Points, Numbers]:
    """Open rings on the side of a line where ``inside`` is not negative."""
    following = _following(of)
    here, there = inside, inside[following]
    crosses = np.flatnonzero((here >= 0) != (there >= 0))
    ends = following[crosses]
    share = here[crosses] / (here[crosses] - there[crosses])
    met = points[crosses] + share[:, None] * (points[ends] - points[crosses])
    met[:, axis] = limit
    kept = np.flatnonzero(here >= 0)
    order = np.argsort(np.concatenate([2 * kept, 2 * crosses + 1]), kind="stable")
    return (
        np.concatenate([points[kept], met])[order],
        np.concatenate([of[kept], of[crosses]])[order],
    )


def _following(of: Numbers) -> Numbers:
    """For each point of open rings the next one of its ring."""
    following = np.arange(1, len(of) + 1)
    ends = np.flatnonzero(np.diff(of, append=-1))
    following[ends] = np.concatenate([[0], ends[:-1] + 1])
    return following


def _closed(points: Points, of: Numbers) -> tuple[Paths, Numbers]:
    """Rings with their first point repeated; those of fewer than three points are left out."""
    size = np.bincount(of) if len(of) else np.zeros(0, dtype=np.int64)
    points, of = points[size[of] > 2], of[size[of] > 2]
    starts = np.flatnonzero(np.diff(of, prepend=-1))
    ends = np.append(starts[1:], len(of))[: len(starts)]
    made = np.insert(points, ends, points[starts], axis=0)
    offsets = np.concatenate([[0], ends + np.arange(1, len(ends) + 1)]).astype(np.int64)
    return Paths(made, offsets), of[starts]
