"""Lines that share their course, drawn once: dashes of two phases would fill each other's gaps."""

import numpy as np
import numpy.typing as npt

from geo.paths import Paths
from geo.strings import Numbers, Strings

SAME_M = 0.01  # metres of the plane: points that are closer are one


def once(lines: Strings) -> Strings:
    """The lines without the edges that an earlier one has.

    A line that loses edges comes in pieces, and each knows how far along the whole line it is.
    """
    if len(lines) < 2:
        return lines
    points, of = lines.paths.points, lines.which
    edge = np.flatnonzero(of[1:] == of[:-1])  # from each point to the next one of its line
    a, b = np.rint(points[edge] / SAME_M), np.rint(points[edge + 1] / SAME_M)
    turned = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    ends = np.where(turned[:, None], np.hstack([b, a]), np.hstack([a, b]))
    first = _first(ends)
    if len(first) == len(edge):
        return lines
    fresh = np.zeros(len(edge), dtype=bool)
    fresh[first] = True
    return _pieces(lines, of, edge, fresh)


def _first(rows: npt.NDArray[np.float64]) -> Numbers:
    """Of rows that are alike the first: as `numpy.unique` along an axis, several times as fast."""
    order = np.lexsort(rows.T)
    new = np.ones(len(rows), dtype=bool)
    new[1:] = (rows[order[1:]] != rows[order[:-1]]).any(axis=1)
    return np.asarray(order[new])


def _pieces(lines: Strings, of: Numbers, edge: Numbers, fresh: npt.NDArray[np.bool_]) -> Strings:
    points = lines.paths.points
    steps = np.hypot(*(points[edge + 1] - points[edge]).T)
    before = np.cumsum(steps) - steps
    line = of[edge]
    along = lines.along[line] + before - before[np.searchsorted(line, line)]
    kept = np.flatnonzero(fresh)
    breaks = (np.diff(edge[kept], prepend=-9) != 1) | (np.diff(line[kept], prepend=-9) != 0)
    begins = np.flatnonzero(breaks)
    paths = [points[edge[run[0]] : edge[run[-1]] + 2] for run in np.split(kept, begins[1:])]
    first = kept[begins]
    return Strings(Paths.each(paths), lines.numbers[line[first]], along[first])
