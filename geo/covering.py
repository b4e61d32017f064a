"""Which areas hold the corner of a tile's window, so that one without an edge in it fills it."""

import numpy as np

from geo.creases import SIDE, Creases
from geo.varint import Integers


def covering(
    points: Integers, edges: Integers, part: Integers, span: int
) -> dict[tuple[int, int], list[int]]:
    """By row and column of ``span`` x ``span`` tiles the parts that hold what is half a unit inside
    of the left top corner of the window, by the even-odd rule; only those that could fill it.

    Edges have the numbers of the closed rings' points with which they begin; ``part`` is by point.
    """
    held: dict[tuple[int, int], list[int]] = {}
    large = _large(points, part)
    mine = edges[np.isin(part[edges], large)]
    a, b, of = points[mine], points[mine + 1], part[mine]
    for row in range(span):
        level = Creases(span).corner(row, 0)[1] + 0.5
        crossing = np.flatnonzero((a[:, 1] > level) != (b[:, 1] > level))
        one, other, owner = a[crossing], b[crossing], of[crossing]
        share = (level - one[:, 1]) / (other[:, 1] - one[:, 1])
        x = one[:, 0] + share * (other[:, 0] - one[:, 0])
        for col in range(span):
            beyond = x > Creases(span).corner(0, col)[0] + 0.5
            odd = np.flatnonzero(np.bincount(owner[beyond]) % 2).tolist()
            if odd:
                held[row, col] = odd
    return held


def _large(points: Integers, part: Integers) -> Integers:
    """The parts that are as large as a window, both ways."""
    if not len(part):
        return part
    starts = np.flatnonzero(np.diff(part, prepend=-1))
    low, high = np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)
    return part[starts][((high - low) >= SIDE).all(axis=1)]
