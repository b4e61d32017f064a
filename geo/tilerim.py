"""The sides of a tile's window, along which areas that are cut go on.

Shells run so that their area by the surveyor's formula is positive and an area is on the same hand
of all its rings. Where a ring leaves the window the area goes on along the sides, in the order of
the corners below, to where the next ring enters (Weiler and Atherton 1977). All coordinates are
whole units, and an end of a chain lies on a side: nothing here is rounded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, pi, tau

import numpy as np

from geo.creases import SIDE, Indices

_AROUND = 4 * SIDE
Spot = Sequence[int]  # x and y


@dataclass(frozen=True, slots=True)
class Rim:
    """The sides of the window with this corner."""

    left: int
    top: int

    @property
    def corners(self) -> list[Spot]:
        """The corners, wound as a shell is."""
        right, bottom = self.left + SIDE, self.top + SIDE
        return [(self.left, self.top), (right, self.top), (right, bottom), (self.left, bottom)]

    def way(self, spot: Spot) -> int:
        """How far around a spot on a side is, from the first corner on, in units."""
        x, y = spot[0] - self.left, spot[1] - self.top
        if y == 0:
            return x
        if x == SIDE:
            return SIDE + y
        return 3 * SIDE - x if y == SIDE else 4 * SIDE - y

    def between(self, leaves: int, enters: int) -> list[Spot]:
        """The corners strictly between two places on the way around."""
        last = enters if enters > leaves else enters + _AROUND
        return [self.corners[n % 4] for n in range(leaves // SIDE + 1, -(-last // SIDE))]


def shells(strands: Sequence[Indices], rim: Rim) -> list[list[Indices]] | None:
    """Paths that begin and end on sides and touch none between, put together to shells.

    A shell is the points of its strands and the corners between them. None where the strands are
    not those of a valid area.
    """
    ways = [rim.way(spot) for one in strands for spot in one[[0, -1]].tolist()]
    keys: Sequence[float | tuple[float, float]] = ways
    if len({*ways}) < len(ways):
        nexts = [spot for one in strands for spot in (one[[0, 1]], one[[-1, -2]])]
        keys = [(way, -_slope(way, *spot)) for way, spot in zip(ways, nexts, strict=True)]
    order = sorted(range(len(ways)), key=keys.__getitem__)  # 2 n where strand n enters, + 1 leaves
    if any(one % 2 == other % 2 for one, other in pairwise(order)):
        return None
    after = {one: order[(n + 1) % len(order)] for n, one in enumerate(order) if one % 2}
    left, found = set(range(len(strands))), []
    while left:
        here, shell = min(left), list[Indices]()
        while here in left:
            left.discard(here)
            there = after[2 * here + 1]
            shell += _joint(strands[here], ways[2 * here + 1], ways[there], rim)
            here = there // 2
        found.append(shell)
    return found


def _joint(strand: Indices, leaves: int, enters: int, rim: Rim) -> list[Indices]:
    """A strand and the corners to where the next one enters, which begins with its own point."""
    if leaves == enters:
        return [strand[:-1]]
    corners = rim.between(leaves, enters)
    return [strand, np.array(corners, dtype=np.int32)] if corners else [strand]


def _slope(way: int, spot: Indices, following: Indices) -> float:
    """The angle from the side, in the direction around, to an edge that ends on it.

    Of edges that end in one place that with the greater one would reach a side first that lay a
    little further in.
    """
    x, y = (following - spot).tolist()
    return (atan2(y, x) - way // SIDE * pi / 2) % tau
