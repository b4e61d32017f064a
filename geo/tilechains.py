"""The edges that a tile's window shows, as chains; and of chains the rings of what is cut out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely

from geo.creases import Indices
from geo.mvtgeometry import Paths
from geo.tilerim import Rim, shells
from geo.varint import Integers

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Chains:
    """Chain i is the edges starts[i] to starts[i + 1], each by the point with which it begins.

    ``last[i]`` is the point with which it ends, and ``path[i]`` the path that it is of.
    """

    points: Indices
    starts: Integers
    first: Indices
    last: Indices
    path: Integers

    @classmethod
    def of(cls, edges: Indices, points: Indices, paths: Integers) -> "Chains":
        """What of ``edges``, in ascending order, goes on; path j has the points from paths[j] on.

        A ring has its first point once more as its last one.
        """
        new = np.ones(len(edges) + 1, dtype=bool)
        np.not_equal(edges[1:], edges[:-1] + 1, out=new[1:-1])
        starts = new.nonzero()[0] if len(edges) else np.zeros(1, dtype=np.int64)
        first, last = edges[starts[:-1]], edges[starts[1:] - 1] + 1
        path = paths.searchsorted(first, "right") - 1
        return cls(points[edges], starts, first, last, path)

    def __len__(self) -> int:
        return len(self.path)


@dataclass(slots=True)
class Rings:
    """What is cut out, as it comes: rings by part, and the parts that have to be cut otherwise."""

    pieces: list[Indices] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    rest: list[int] = field(default_factory=list)

    def add(self, part: int, ring: Sequence[Indices]) -> None:
        """A ring of several pieces."""
        self.pieces += ring
        self.counts.append(sum(map(len, ring)))
        self.parts.append(part)

    @property
    def paths(self) -> Paths:
        """All of them, by part."""
        none = np.zeros((0, 2), dtype=np.int32)
        points = np.concatenate(self.pieces) if self.pieces else none
        whole = np.array(self.counts, dtype=np.int64), np.array(self.parts, dtype=np.int64)
        return Paths(points, *whole)


class Cutting:
    """The areas of a sheet in one window: their chains, put together again along its sides.

    ``rings``, ``parts`` and ``part_of`` are those of the sheet, ``points`` all of its points.
    """

    def __init__(
        self, chains: Chains, points: Indices, rings: Integers, parts: Integers, part_of: Indices
    ) -> None:
        self.chains = chains
        self.points = points
        self.part = part_of[chains.path]
        self.begins = chains.first == rings[chains.path]
        self.finishes = chains.last == rings[chains.path + 1] - 1
        self.closed = self.begins & self.finishes
        shell = chains.path == parts[self.part]
        self.odd = ~self.closed
        self.odd[:1] |= ~shell[:1]
        self.odd[1:] |= ~shell[1:] & (self.part[1:] != self.part[:-1])

    def cut(self, covering: Sequence[int], rim: Rim) -> Rings:
        """``covering`` are the parts that fill the window where no edge of theirs is in it."""
        made = Rings()
        mine = {*self.part[self.odd].tolist()} | {*covering} - {*self.part.tolist()}
        order = np.array(sorted(mine), dtype=np.int64)
        begin = self.part.searchsorted(order, "left").tolist()
        end = self.part.searchsorted(order, "right").tolist()
        done = 0
        touch = self._touching(rim) if mine else np.zeros(0, dtype=bool)
        for part, first, beyond in zip(order.tolist(), begin, end, strict=True):
            self._whole(made, done, first)
            self._part(made, part, range(first, beyond), rim, touch)
            done = beyond
        self._whole(made, done, len(self.part))
        return made

    def _whole(self, made: Rings, begin: int, end: int) -> None:
        """Parts that lie in the window as they are."""
        if begin == end:
            return
        starts = self.chains.starts[begin : end + 1]
        made.pieces.append(self.chains.points[starts[0] : starts[-1]])
        made.counts += (starts[1:] - starts[:-1]).tolist()
        made.parts += self.part[begin:end].tolist()

    def _touching(self, rim: Rim) -> Mask:
        """Which of the points lie on a side."""
        low, high = np.array(rim.corners[0]), np.array(rim.corners[2])
        points = self.chains.points
        on = (points == low) | (points == high)
        return np.asarray(on[:, 0] | on[:, 1])

    def _part(self, made: Rings, part: int, mine: range, rim: Rim, touch: Mask) -> None:
        """The rings of a part of which the window shows a piece.

        One of which several rings meet the sides is left to be cut otherwise.
        """
        open_ = [n for n in mine if not self.closed[n]]
        found = self._shells(open_, rim, touch) if open_ else [[_all(rim)]]
        spans = [slice(*self._span(n)) for n in mine if self.closed[n]]
        if found is None or any(touch[one].any() for one in spans):
            made.rest.append(part)
            return
        holes = [self.chains.points[one] for one in spans]
        for shell, inner in _shared(found, holes):
            made.add(part, shell)
            for hole in inner:
                made.add(part, [hole])

    def _shells(self, mine: list[int], rim: Rim, touch: Mask) -> list[list[Indices]] | None:
        """The shells of chains of one ring; None where there are several."""
        path = self.chains.path
        if path[mine[0]] != path[mine[-1]]:
            return None
        strands = [[n] for n in mine]
        if self.begins[mine[0]] and self.finishes[mine[-1]]:  # over the first point of the ring
            strands = [[mine[-1], mine[0]], *strands[1:-1]]
        return shells([piece for one in strands for piece in self._strands(one, touch)], rim)

    def _strands(self, chains: list[int], touch: Mask) -> list[Indices]:
        """Chains that follow each other as one, parted where it touches a side."""
        last = self.points[self.chains.last[chains[-1]]]
        points = np.concatenate([*(self._points(n) for n in chains), last[None]])
        on = np.concatenate([touch[slice(*self._span(n))] for n in chains]).nonzero()[0].tolist()
        if len(on) == 1:  # where it begins
            return [points]
        return [points[a : b + 1] for a, b in pairwise([*on, len(points) - 1])]

    def _span(self, n: int) -> tuple[int, int]:
        return int(self.chains.starts[n]), int(self.chains.starts[n + 1])

    def _points(self, n: int) -> Indices:
        return self.chains.points[slice(*self._span(n))]


def _all(rim: Rim) -> Indices:
    """The window as a shell."""
    return np.array(rim.corners, dtype=np.int32)


def _shared(
    found: list[list[Indices]], holes: list[Indices]
) -> Iterator[tuple[list[Indices], list[Indices]]]:
    """Each shell with the holes that lie in it. A hole may touch its shell in a point."""
    if len(found) == 1 or not holes:
        yield found[0], holes
        yield from ((one, []) for one in found[1:])
        return
    for shell in found:
        area = shapely.Polygon(np.concatenate(shell))
        yield shell, [one for one in holes if shapely.contains_xy(area, *one.T).any()]
