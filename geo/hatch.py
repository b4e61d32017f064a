"""Hatches as lines, clipped to areas, whose phase is that of the whole plane.

Lines, not a pattern of SVG: every engine draws them alike, and they go on across tiles.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from shapely.geometry.base import BaseGeometry

from geo.errors import BadScene
from geo.paths import Paths, Points

_SAME = 1e-6  # px; where two areas share an edge, the hatch goes on over it
_FINEST = 16  # parts of a px in which a picture is written
_MOST = 1_000_000  # lines of one hatch


def hatch(
    areas: Paths | BaseGeometry | Iterable[BaseGeometry],
    spacing: float,
    angle: float,
    origin: tuple[float, float] = (0.0, 0.0),
) -> Paths:
    """Parallel lines ``spacing`` px apart inside areas in px, even-odd over all their rings.

    ``angle`` is the lines' direction in degrees, clockwise from the x axis. ``origin`` is the
    picture's top left corner in global px: lines of two pictures of one plane meet. Rings need not
    be valid. Raises `BadScene` for a spacing that is not positive, and for a million lines.
    """
    if not spacing > 0:
        raise BadScene(f"a hatch of spacing {spacing} has no lines")
    rings = areas if isinstance(areas, Paths) else Paths.of(areas)
    if rings.empty:
        return rings
    turn = np.radians(angle)
    axes = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    turned = (rings.points + origin) @ axes.T  # along the lines, and across them
    number, along = _crossings(*_edges(turned, rings), spacing)
    ends = np.column_stack([along, number * spacing]) @ axes - origin
    return Paths(ends, np.arange(0, len(ends) + 1, 2, dtype=np.int64))


def on_lattice(hatch: Paths, angle: float, origin: tuple[float, float] = (0.0, 0.0)) -> Paths:
    """A diagonal hatch with both ends of its lines at whole sixteenths of a px; any other as it is.

    Wherever a tile cuts such a line, writing it in sixteenths leaves it the same line. Lines move
    by at most a 45th of a px, ends by at most a 22nd.
    """
    if angle % 90 != 45 or hatch.empty:
        return hatch
    at = hatch.points + origin
    down = 1.0 if angle % 180 == 45 else -1.0  # for a step to the right
    level = np.rint((at[:, 1] - down * at[:, 0]) * _FINEST) / _FINEST
    x = np.rint(at[:, 0] * _FINEST) / _FINEST
    return Paths(np.column_stack([x, level + down * x]) - origin, hatch.offsets)


def _edges(turned: Points, rings: Paths) -> tuple[Points, Points]:
    """The two ends of every edge; a ring that is left open is closed."""
    following = np.arange(1, len(turned) + 1)
    used = np.diff(rings.offsets) > 0
    following[rings.offsets[1:][used] - 1] = rings.offsets[:-1][used]
    return turned, turned[following]


def _crossings(
    start: Points, end: Points, spacing: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Line numbers, and where along each line it enters and leaves, in turn.

    An edge meets the lines from above its lower end up to its upper end: half-open, so that a
    line through a vertex is counted once and every line has an even number of crossings.
    """
    low, high = (
        np.floor(pick(start[:, 1], end[:, 1]) / spacing).astype(np.int64)
        for pick in (np.minimum, np.maximum)
    )
    counts = high - low
    if counts.sum() > 2 * _MOST:
        raise BadScene(f"a hatch of spacing {spacing:g} px has too many lines; clip the area first")
    edge = np.repeat(np.arange(len(start)), counts)
    before = np.repeat(np.cumsum(counts) - counts, counts)
    number = low[edge] + 1 + np.arange(len(edge)) - before
    slope = (end[edge, 0] - start[edge, 0]) / (end[edge, 1] - start[edge, 1])
    along = start[edge, 0] + (number * spacing - start[edge, 1]) * slope
    order = np.lexsort((along, number))
    return _joined(number[order], along[order])


def _joined(
    number: npt.NDArray[np.int64], along: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Without the gaps that have no length: there one piece of an area ends and another begins."""
    leaves, enters = along[1:-1:2], along[2::2]
    gap = (number[1:-1:2] == number[2::2]) & (enters - leaves < _SAME)
    keep = np.ones(len(along), dtype=bool)
    keep[1:-1:2] &= ~gap
    keep[2::2] &= ~gap
    return number[keep], along[keep]
