"""Which of the given lines each edge of the arrangement lies on."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

from layers.arctic_zones.lines import SEAM, Line

Numbers = npt.NDArray[np.float64]

# Where two lines run together the earlier word says what the edge is.
ORDER = ("treaty", "unilateral", "equidistance", "gap", "arc", "study", "continuation", SEAM)
AGREED = ("treaty", "unilateral")
NEAR_M = 0.05


def origins(ends: Numbers, lines: Sequence[Line]) -> list[Line | None]:
    """For each stretch, shape (n, 2, 2) in the plane, the line through its middle.

    None for a stretch on none of the lines, which is a stretch of coast.
    """
    pieces = [np.stack([line.points[:-1], line.points[1:]], axis=1) for line in lines]
    whose = np.repeat(np.arange(len(lines)), [len(piece) for piece in pieces])
    tree = shapely.STRtree([shapely.LineString(piece) for piece in np.concatenate(pieces)])
    middles = [shapely.Point(middle) for middle in ends.mean(axis=1)]
    found, which = tree.query(middles, predicate="dwithin", distance=NEAR_M)
    best: dict[int, int] = {}
    for stretch, line in zip(found.tolist(), whose[which].tolist(), strict=True):
        if stretch not in best or _rank(lines[line]) < _rank(lines[best[stretch]]):
            best[stretch] = line
    return [lines[best[n]] if n in best else None for n in range(len(ends))]


def _rank(line: Line) -> tuple[int, str]:
    return ORDER.index(line.kind), line.source
