"""The lines along which a square of tiles may be cut: the sides of its tiles with their buffers.

Edges get a vertex on every crease that they cross, rounded like all others, before anything is
checked and mended. An edge then lies in one cell between the creases, and cutting out a tile
chooses among vertices that are there: nothing is rounded, what is valid stays so, and tiles that
overlap in their buffers agree there point by point.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from geo.mvt import BUFFER, EXTENT
from geo.mvttags import spread
from geo.varint import Integers

SIDE = EXTENT + 2 * BUFFER
_STEP = 4  # cells and creases from a tile to the next one

Indices = npt.NDArray[np.int32]
Units = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Creases:
    """Those of ``span`` x ``span`` tiles, in units from the corner of the first, in both axes.

    Along an axis the creases have the odd numbers and the cells between them the even ones.
    """

    span: int

    @cached_property
    def lines(self) -> Integers:
        """Where they lie: 64 units before and behind each edge of a tile."""
        edges = np.arange(self.span + 1) * EXTENT
        return np.column_stack([edges - BUFFER, edges + BUFFER]).ravel()

    @property
    def size(self) -> int:
        """How many numbers there are along an axis."""
        return 2 * len(self.lines) + 1

    def corner(self, row: int, col: int) -> tuple[int, int]:
        """Left and top of a tile's window."""
        return col * EXTENT - BUFFER, row * EXTENT - BUFFER

    def folded(self, points: Units, path: Integers) -> tuple[Units, Integers]:
        """Paths, as points and the path of each, with a point where one crosses a crease.

        It is the same whichever way a path runs, so that what two areas share stays shared.
        """
        a, b = points[:-1], points[1:]
        same = path[1:] == path[:-1]
        found = [self._met(a, b, same, axis) for axis in (0, 1)]
        edge = np.concatenate([one[0] for one in found])
        if not len(edge):
            return points, path
        share, met = (np.concatenate([one[n] for one in found]) for n in (1, 2))
        order = np.lexsort((share, edge))
        edge = edge[order]
        return np.insert(points, edge + 1, met[order], axis=0), np.insert(
            path, edge + 1, path[edge]
        )

    def _met(
        self, a: Units, b: Units, same: npt.NDArray[np.bool_], axis: int
    ) -> tuple[Integers, Units, Units]:
        """Edges that cross creases of one axis, how far along each, and where."""
        begin = np.searchsorted(self.lines, np.minimum(a[:, axis], b[:, axis]), "right")
        end = np.searchsorted(self.lines, np.maximum(a[:, axis], b[:, axis]), "left")
        count = np.where(same, np.maximum(end - begin, 0), 0)
        edge = np.repeat(np.arange(len(a)), count)
        line = self.lines[spread(begin, count)].astype(np.float64)
        up = a[edge, axis] < b[edge, axis]
        low, high = (np.where(one[:, None], a[edge], b[edge]) for one in (up, ~up))
        share = (line - low[:, axis]) / (high[:, axis] - low[:, axis])
        met = low + share[:, None] * (high - low)
        met[:, axis] = line
        return edge, np.where(up, share, 1 - share), met

    def cells(self, a: Integers, b: Integers) -> tuple[Integers, npt.NDArray[np.bool_]]:
        """The cell of each edge (row times `size` plus column), and whether it lies in one."""
        (x, one), (y, other) = (self._numbers(a[:, axis], b[:, axis]) for axis in (0, 1))
        return y * self.size + x, one & other

    def places(self, points: Integers) -> Integers:
        """The cell of each point."""
        x, y = self._number(points[:, 0]), self._number(points[:, 1])
        return y * self.size + x

    def tiles(self, cells: Integers) -> tuple[Integers, Integers]:
        """Each tile (row times ``span`` plus column) in whose window one of the cells lies, not
        along its sides, and which of the cells that is; by tile, and by cell in their order.
        """
        (top, high), (left, wide) = (self._held(one) for one in np.divmod(cells, self.size))
        counts = high * wide
        which = np.repeat(np.arange(len(cells)), counts)
        turn = spread(np.zeros_like(counts), counts)
        down, right = np.divmod(turn, wide[which])
        tiles = (top[which] + down) * self.span + left[which] + right
        order = np.argsort(tiles, kind="stable")
        return tiles[order], which[order]

    def _held(self, numbers: Integers) -> tuple[Integers, Integers]:
        """The first tile along an axis inside which such cells lie, and how many such tiles."""
        first = np.maximum((numbers - _STEP + 1) // _STEP, 0)
        last = np.minimum((numbers - _STEP + 2) // _STEP, self.span - 1)
        return first, np.maximum(last - first + 1, 0)

    def _number(self, values: Integers) -> Integers:
        left = np.searchsorted(self.lines, values, "left")
        return left + np.searchsorted(self.lines, values, "right")

    def _numbers(self, a: Integers, b: Integers) -> tuple[Integers, npt.NDArray[np.bool_]]:
        """What lies along a crease has its number, what touches some that of the cell."""
        one, other = self._number(a), self._number(b)
        low, high = np.minimum(one, other), np.maximum(one, other)
        within = np.where(low == high, low, low + (low & 1))
        return within, (high - within <= 1) & ((low == high) | (within & 1 == 0))


@dataclass(frozen=True)
class Filed:
    """Things by the cell in which they lie: edges of rings, or points."""

    side: int  # `Creases.size`
    order: Indices
    starts: "memoryview[int]"  # cell c has order[starts[c]] to order[starts[c + 1]]

    @classmethod
    def of(cls, creases: Creases, cells: Integers, things: Integers) -> "Filed":
        """``things`` are numbers, and ``cells`` says where each of them lies."""
        order = things[np.argsort(cells, kind="stable")].astype(np.int32)
        counts = np.bincount(cells, minlength=creases.size**2)
        starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        return cls(creases.size, order, starts.data)  # read number by number, quicker as a view

    @property
    def size(self) -> int:
        """Bytes held."""
        return self.order.nbytes + self.starts.nbytes

    def inside(self, row: int, col: int) -> Indices:
        """What lies in the window of a tile, and not along its sides; in ascending order."""
        return self._between(row, col, 2, 6)

    def within(self, row: int, col: int) -> Indices:
        """The same with what lies on its sides."""
        return self._between(row, col, 1, 7)

    def count(self, row: int, col: int) -> int:
        """How many `within` gives."""
        starts = self.starts
        return sum(starts[end] - starts[begin] for begin, end in self._rows(row, col, 1, 7))

    def _between(self, row: int, col: int, low: int, high: int) -> Indices:
        order, starts = self.order, self.starts
        rows = self._rows(row, col, low, high)
        found = np.concatenate([order[starts[begin] : starts[end]] for begin, end in rows])
        found.sort()
        return found

    def _rows(self, row: int, col: int, low: int, high: int) -> list[tuple[int, int]]:
        """Of each row of cells the first one and the one behind the last."""
        side, wide = self.side, high - low + 1
        first = (_STEP * row + low) * side + _STEP * col + low
        return [(one, one + wide) for one in range(first, first + wide * side, side)]
