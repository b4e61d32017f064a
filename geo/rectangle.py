"""Areas cut to a window by walking along its sides (Weiler and Atherton 1977).

No corner of an area may lie on a side of the window: it is laid between the points of the lattice
(`between`). Shells run counter-clockwise and holes clockwise, so that an area is on the left of its
rings, and where a ring leaves the window the area goes on along the side, counter-clockwise, to
where the next ring enters.
"""

from collections.abc import Iterator

import numpy as np
import shapely
from shapely import Polygon

from geo.mesh import Counts
from geo.pieces import Numbers, Pieces, Window


def between(window: Window) -> Window:
    """The window with its sides half-way between whole numbers."""
    left, bottom, right, top = (float(np.floor(one)) + 0.5 for one in window)
    return left, bottom, right, top


def walked(pieces: Pieces, mine: Counts, ring: Counts, window: Window) -> list[Polygon]:
    """The polygons of one area, of whose rings the window shows the pieces ``mine``.

    ``ring`` says of which ring each piece is. If none of them reaches a side, the window lies
    within the area.
    """
    lines, holes = [], []
    for n in mine.tolist():
        if pieces.enters[n] or pieces.leaves[n]:
            lines.append(n)
        else:
            holes.append(pieces.line(n))
    if not lines:
        return [Polygon(_corners(-0.5, 3.5, window), holes)]
    shells = list(_shells(list(_mended(pieces, lines, ring)), window))
    if len(shells) == 1:
        return [Polygon(shells[0], holes)]
    made = [Polygon(shell) for shell in shells]
    return [
        Polygon(shell, [hole for hole in holes if shapely.contains_xy(area, *hole[0])])
        for shell, area in zip(shells, made, strict=True)
    ]


def _mended(pieces: Pieces, lines: list[int], ring: Counts) -> Iterator[Numbers]:
    """The lines from side to side: what ends at the start of its ring goes on from there."""
    starts = {int(ring[n]): n for n in lines if not pieces.enters[n]}
    for n in lines:
        if pieces.enters[n] and pieces.leaves[n]:
            yield pieces.line(n)
        elif pieces.enters[n]:
            yield np.vstack([pieces.line(n), pieces.line(starts[int(ring[n])])[1:]])


def _shells(lines: list[Numbers], window: Window) -> Iterator[Numbers]:
    """Closed rings along the lines and the sides."""
    enters = np.array([_around(line[0], window) for line in lines])
    leaves = np.array([_around(line[-1], window) for line in lines])
    order = np.argsort(enters)
    following = order[np.searchsorted(enters[order], leaves) % len(order)]
    left = set(range(len(lines)))
    while left:
        first = here = min(left)
        ring: list[Numbers] = []
        while here in left:
            left.discard(here)
            there = int(following[here])
            ring += [lines[here], _corners(leaves[here], enters[there], window)]
            here = there
        assert here == first
        yield np.vstack([*ring, ring[0][:1]])


def _around(point: Numbers, window: Window) -> float:
    """How far around the window a point of its sides is: 0 at the lower left, 1 per side."""
    left, bottom, right, top = window
    x, y = (point[0] - left) / (right - left), (point[1] - bottom) / (top - bottom)
    sides = (y, 1 - x, 1 - y, x)  # how far it is from the lower, right, upper and left side
    side = int(np.abs(sides).argmin())
    return side + float(np.clip((x, y, 1 - x, 1 - y)[side], 0, 1))


def _corners(leaves: float, enters: float, window: Window) -> Numbers:
    """The corners that lie between two places, counter-clockwise."""
    left, bottom, right, top = window
    corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
    last = enters if enters > leaves else enters + 4
    passed = range(int(np.floor(leaves)) + 1, int(np.ceil(last)))
    return np.array([corners[n % 4] for n in passed], dtype=float).reshape(-1, 2)
