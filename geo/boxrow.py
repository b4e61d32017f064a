"""Boxes in a row, each near the one before: those that touch are found without a tree over all.

Blocks of some boxes that follow each other have a box of their own, and a tree holds these alone.
"""

from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from geo.mesh import Counts, Flags, runs
from geo.plane import Points

BLOCK = 8  # boxes; fewer make the tree dearer, more what is compared in it

Pairs = tuple[Counts, Counts]
Corners = npt.NDArray[np.float64]  # shape (2, n): x in one row, y in the other


class BoxRow:
    """The boxes around edges from ``start`` to ``end``, shape (n, 2), line after line."""

    def __init__(self, start: Points, end: Points) -> None:
        self._low = np.minimum(start, end).T.copy()
        self._high = np.maximum(start, end).T.copy()
        anew = np.ones(len(start), dtype=bool)
        anew[1:] = (start[1:] != end[:-1]).any(axis=1)  # where another line begins
        self._starts = _starts(anew)

    def among(self, asked: Flags) -> Pairs:
        """The pairs of boxes that touch, each once, in which at least one is ``asked``."""
        near, far = self._beside(asked), self._apart(asked)
        one, other = (np.concatenate(both) for both in zip(near, far, strict=True))
        return one, other

    def touching(self, boxes: "BoxRow") -> Pairs:
        """The pairs of a box in this row and one of ``boxes`` that touch."""
        other, block = self._tree.query(boxes._lines)
        one, pair = self._members(block)
        other = other[pair]
        return _those(_touch(self._at(one), boxes._at(other)), one, other)

    def _beside(self, asked: Flags) -> Pairs:
        """Of those that are no more than two blocks from each other in the row."""
        found = [(np.zeros(0, dtype=np.int64),) * 2]
        for step in range(1, min(2 * BLOCK, self._count)):
            here, there = slice(None, -step), slice(step, None)
            near = _touch(self._at(here), self._at(there)) & (asked[here] | asked[there])
            first = np.flatnonzero(near)
            found.append((first, first + step))
        one, other = (np.concatenate(side) for side in zip(*found, strict=True))
        return one, other

    def _apart(self, asked: Flags) -> Pairs:
        """Of all others, by their blocks."""
        wanted = np.logical_or.reduceat(asked, self._starts[:-1]) if self._count else asked
        which = np.flatnonzero(wanted)
        a, b = self._tree.query(self._blocks._lines[which])
        a = which[a]
        once = (b > a + 1) | ((b < a - 1) & ~wanted[b])
        one, other = self._between(a[once], b[once])
        new = (asked[one] | asked[other]) & (np.abs(one - other) >= 2 * BLOCK)
        return _those(new, one, other)

    def _between(self, a: Counts, b: Counts) -> Pairs:
        """The pairs that touch of a box in a block of ``a`` and one in that of ``b``."""
        held = self._blocks
        common = (
            np.maximum(held._low[:, a], held._low[:, b]),
            np.minimum(held._high[:, a], held._high[:, b]),
        )
        (one, of_a), (other, of_b) = (self._within(blocks, common) for blocks in (a, b))
        sizes = np.bincount(of_b, minlength=len(b))
        ends = np.cumsum(sizes)
        at, which = runs((ends - sizes)[of_a], ends[of_a] - 1)
        one, other = one[which], other[at]
        return _those(_touch(self._at(one), self._at(other)), one, other)

    def _within(self, blocks: Counts, window: tuple[Corners, Corners]) -> Pairs:
        """The boxes of blocks that touch the window of each, and the numbers of the windows."""
        one, pair = self._members(blocks)
        low, high = window
        return _those(_touch(self._at(one), (low[:, pair], high[:, pair])), one, pair)

    def _members(self, blocks: Counts) -> Pairs:
        """The boxes of blocks one after the other, and to which in the list each belongs."""
        return runs(self._starts[blocks], self._starts[blocks + 1] - 1)

    def _at(self, which: Counts | slice) -> tuple[Corners, Corners]:
        return self._low[:, which], self._high[:, which]

    @property
    def _count(self) -> int:
        return int(self._low.shape[1])

    @cached_property
    def _blocks(self) -> "BoxRow":
        low, high = (
            pick.reduceat(side, self._starts[:-1], axis=1).T if self._count else side.T
            for pick, side in ((np.minimum, self._low), (np.maximum, self._high))
        )
        return BoxRow(low, high)

    @cached_property
    def _lines(self) -> npt.NDArray[np.object_]:
        """A line from corner to corner of each: what a tree takes, and less than a polygon."""
        return np.asarray(shapely.linestrings(np.stack([self._low.T, self._high.T], axis=1)))

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._blocks._lines)


def _starts(anew: Flags) -> Counts:
    """Where blocks begin, and the end: at every line, and along it again and again."""
    place = np.arange(len(anew))
    place -= np.maximum.accumulate(np.where(anew, place, 0))
    return np.append(np.flatnonzero(place % BLOCK == 0), len(anew))


def _touch(one: tuple[Corners, Corners], other: tuple[Corners, Corners]) -> Flags:
    (low, high), (least, most) = one, other
    near: Flags = low[0] <= most[0]
    near &= least[0] <= high[0]
    near &= low[1] <= most[1]
    near &= least[1] <= high[1]
    return near


def _those(which: Flags, one: Counts, other: Counts) -> Pairs:
    return one[which], other[which]
