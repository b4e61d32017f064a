"""Lines that share their course, drawn once: dashes of two phases would fill each other's gaps."""

import numpy as np
import numpy.typing as npt
import shapely

from geo.scene import Points
from layers.planes import Geometries, Metres, Numbers

SAME_M = 0.01  # metres of the plane: points that are closer are one


def once(lines: Geometries, starts: Metres) -> tuple[Geometries, Metres]:
    """The lines without the edges that an earlier one has, each with where it begins.

    A line that loses edges comes in pieces, and each knows how far along the whole line it is.
    """
    if len(lines) < 2:
        return lines, starts
    points, of = shapely.get_coordinates(lines, return_index=True)
    edge = np.flatnonzero(of[1:] == of[:-1])  # from each point to the next one of its line
    a, b = np.rint(points[edge] / SAME_M), np.rint(points[edge + 1] / SAME_M)
    turned = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    ends = np.where(turned[:, None], np.hstack([b, a]), np.hstack([a, b]))
    _, first = np.unique(ends, axis=0, return_index=True)
    if len(first) == len(edge):
        return lines, starts
    fresh = np.zeros(len(edge), dtype=bool)
    fresh[first] = True
    return _pieces(points, of, starts, edge, fresh)


def _pieces(
    points: Points, of: Numbers, starts: Metres, edge: Numbers, fresh: npt.NDArray[np.bool_]
) -> tuple[Geometries, Metres]:
    steps = np.hypot(*(points[edge + 1] - points[edge]).T)
    before = np.cumsum(steps) - steps
    line = of[edge]
    along = starts[line] + before - before[np.searchsorted(line, line)]
    kept = np.flatnonzero(fresh)
    breaks = (np.diff(edge[kept], prepend=-9) != 1) | (np.diff(line[kept], prepend=-9) != 0)
    begins = np.flatnonzero(breaks)
    pieces = [
        shapely.linestrings(points[edge[run[0]] : edge[run[-1]] + 2])
        for run in np.split(kept, begins[1:])
    ]
    return np.array(pieces, dtype=object), along[kept[begins]]
