"""The lines of a square of tiles, as vector tiles write them.

A line in a tile is the place of its first point and the steps from each point to the next one
(Mapbox Vector Tile 2.1, section 4.3). Steps are the same in every tile, so that a piece of a line,
however long it is, is a slice of bytes behind a beginning of its own.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from geo.creases import Creases, Indices, Units
from geo.mvt import EXTENT
from geo.mvtgeometry import LINE, LINE_TO, MOVE_TO, Written
from geo.tilepaths import Mask, strings
from geo.varint import Integers, Words, placed_varints, zigzag


@dataclass(frozen=True)
class Pieces:
    """What tiles show of lines: piece i goes from point first[i] to last[i], and lies in tile[i].

    A piece is as long as a line goes on in the window of a tile. They come by tile, and in each by
    line.
    """

    tile: Integers
    first: Integers
    last: Integers

    @classmethod
    def of(cls, points: Integers, starts: Integers, creases: Creases) -> "Pieces":
        """Line i has the points starts[i] to starts[i + 1] and a vertex on every crease."""
        edges = np.delete(np.arange(len(points)), starts[1:] - 1)
        cells, _ = creases.cells(points[edges], points[edges + 1])
        goes_on = (edges[1:] == edges[:-1] + 1) & (cells[1:] == cells[:-1])
        begin, end = _runs(len(edges), goes_on)
        tile, which = creases.tiles(cells[begin])
        first, last = edges[begin][which], edges[end][which] + 1
        goes_on = (tile[1:] == tile[:-1]) & (first[1:] == last[:-1])
        begin, end = _runs(len(tile), goes_on)
        return cls(tile[begin], first[begin], last[end])


@dataclass(frozen=True)
class Lines:
    """Pieces of lines, by tile: heads[head[i]:head[i + 1]] and steps[begin[i]:end[i]] are those of
    piece i, which is of numbers[i].
    """

    span: int
    heads: bytes
    steps: bytes
    head: Indices
    begin: Indices
    end: Indices
    numbers: Integers
    starts: "memoryview[int]"  # tile t has the pieces starts[t] to starts[t + 1]
    counts: "memoryview[int]"  # the edges of each tile

    @classmethod
    def of(cls, points: Units, which: Integers, numbers: Integers, span: int) -> "Lines":
        """Points in units, the line of each, and the number of each line."""
        creases = Creases(span)
        order = np.argsort(numbers, kind="stable")
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        place = np.argsort(rank[which], kind="stable")
        paths = strings(points[place], rank[which][place], numbers[order], creases.folded)
        starts = np.concatenate(([0], np.cumsum(paths.counts)))
        pieces = Pieces.of(paths.points, starts, creases)
        owner = paths.numbers[starts.searchsorted(pieces.first, "right") - 1]
        heads, head = placed_varints(_heads(paths.points, pieces, owner, span))
        steps, step = placed_varints(zigzag(np.diff(paths.points, axis=0)).ravel())
        at = np.append(step[::2], len(steps)).astype(np.int32)
        edges = np.bincount(pieces.tile, pieces.last - pieces.first, span * span)
        return cls(
            span,
            heads,
            steps,
            np.append(head[::4], len(heads)).astype(np.int32),
            at[pieces.first],
            at[pieces.last],
            owner,
            pieces.tile.searchsorted(np.arange(span * span + 1)).astype(np.int32).data,
            edges.astype(np.int32).data,
        )

    @property
    def size(self) -> int:
        """Bytes held."""
        arrays = (self.head, self.begin, self.end, self.numbers, self.starts, self.counts)
        return len(self.heads) + len(self.steps) + sum(one.nbytes for one in arrays)

    def count(self, row: int, col: int) -> int:
        """How many edges a tile has."""
        return self.counts[row * self.span + col]

    def cut(self, row: int, col: int) -> Written:
        """What lies in the window of a tile, in units from its corner."""
        tile = row * self.span + col
        begin, end = self.starts[tile], self.starts[tile + 1]
        heads, steps = self.heads, self.steps
        spans = zip(
            pairwise(self.head[begin : end + 1].tolist()),
            self.begin[begin:end].tolist(),
            self.end[begin:end].tolist(),
            strict=True,
        )
        pieces = [heads[a:b] + steps[c:d] for (a, b), c, d in spans]
        return Written.of(LINE, self.numbers[begin:end], pieces)


def _runs(count: int, goes_on: Mask) -> tuple[Integers, Integers]:
    """The first and the last of so many things that go on, each in the one behind it."""
    new = np.ones(count + 1, dtype=bool)
    new[1:-1] = ~goes_on
    at = new.nonzero()[0]
    return at[:-1], at[1:] - 1


def _heads(points: Integers, pieces: Pieces, owner: Integers, span: int) -> Words:
    """What stands before the steps of each piece: MoveTo, x, y, LineTo.

    x and y are steps too: from the corner of the tile, or from where the piece before it ends, if
    that is of the same feature.
    """
    row, col = np.divmod(pieces.tile, span)
    start = np.stack([col, row], axis=1) * EXTENT
    same = (owner[1:] == owner[:-1]) & (pieces.tile[1:] == pieces.tile[:-1])
    start[1:][same] = points[pieces.last[:-1][same]]
    heads = np.empty((len(owner), 4), dtype=np.uint32)
    heads[:, 0] = 1 << 3 | MOVE_TO
    heads[:, 1:3] = zigzag(points[pieces.first] - start)
    heads[:, 3] = (pieces.last - pieces.first) << 3 | LINE_TO
    return heads.ravel()
