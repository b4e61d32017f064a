"""Where thinned rings cross or cover each other, and the vertices that set it right.

A chord may cut across a neighbour whose line bends more closely. It is found by the boxes of all
edges, and gets back the vertices of its own line; then only the new edges have to be looked at,
against all others, until nothing meets any more.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from geo.boxrow import BoxRow, Pairs
from geo.mesh import Counts, Flags, Mesh, runs
from geo.plane import Points

ROUNDS = 30  # of giving vertices back; each ends what was wrong with the edges of the one before


@dataclass(frozen=True)
class Edges:
    """Edges between kept vertices, given as positions in the mesh.

    ``last`` is one beyond the ring for the edge that closes it; then ``end`` is its first vertex.
    """

    mesh: Mesh
    first: Counts
    last: Counts
    end: Counts

    @cached_property
    def numbers(self) -> tuple[Counts, Counts]:
        """The numbers of both ends."""
        return self.mesh.number[self.first], self.mesh.number[self.end]

    @cached_property
    def ends(self) -> tuple[Points, Points]:
        """The places of both ends."""
        return self.mesh.points[self.first], self.mesh.points[self.end]

    @cached_property
    def alive(self) -> Flags:
        """Which of them stand; the others were replaced by shorter ones."""
        return np.ones(len(self.first), dtype=bool)

    @cached_property
    def boxes(self) -> BoxRow:
        """Around each."""
        return BoxRow(*self.ends)

    def of(self, which: Counts | Flags) -> "Edges":
        """Some of them."""
        return Edges(self.mesh, self.first[which], self.last[which], self.end[which])


def missing(mesh: Mesh, at: Flags) -> Counts:
    """Numbers of vertices that have to be kept beside those ``at`` the given positions.

    With them no edge crosses or covers another one that it did not in the mesh itself, be it of
    the same polygon or not. An edge that two polygons share is no fault.
    """
    every = kept_edges(mesh, at)
    single, doubled = _single(mesh, every)
    pool = [every.of(single)]
    wrong = [doubled[single]]
    _mark(pool, wrong, _meeting(pool[0], pool[0], pool[0].last > pool[0].first + 1), 0)
    back = [np.zeros(0, dtype=np.int64)]
    for _ in range(ROUNDS):
        new = _between(mesh, [edges.of(bad) for edges, bad in zip(pool, wrong, strict=True)])
        if not len(new.first):
            break
        for edges, bad in zip(pool, wrong, strict=True):
            edges.alive[bad & (edges.last > edges.first + 1)] = False
        back.append(new.numbers[0])
        pool.append(new)
        wrong = [np.zeros(len(edges.first), dtype=bool) for edges in pool]
        for n, edges in enumerate(pool):
            _mark(pool, wrong, _meeting(edges, new, np.ones(len(new.first), dtype=bool)), n)
    return np.concatenate(back)


def kept_edges(mesh: Mesh, at: Flags) -> Edges:
    """The edges between the kept vertices of each ring; rings that keep none have none."""
    first = np.flatnonzero(at)
    if not len(first):
        return Edges(mesh, first, first, first)
    ring = mesh.ring[first]
    closes = np.append(ring[1:] != ring[:-1], True)
    last, end = np.roll(first, -1), np.roll(first, -1)
    last[closes] = mesh.rings[ring[closes] + 1]
    end[closes] = first[np.flatnonzero(np.insert(closes[:-1], 0, True))]
    return Edges(mesh, first, last, end)


def _single(mesh: Mesh, edges: Edges) -> tuple[Counts, Flags]:
    """One edge of each two that are the same, in their order, and which are the same in one and
    the same part.
    """
    a, b = edges.numbers
    key = np.minimum(a, b) * np.int64(len(mesh.node)) + np.maximum(a, b)
    order = np.argsort(key, kind="stable")
    begins = np.diff(key[order], prepend=-1) != 0
    leader = np.empty_like(order)
    leader[order] = order[begins][np.cumsum(begins) - 1]
    part = mesh.part[mesh.ring[edges.first]]
    twin = leader != np.arange(len(key))
    doubled = twin & (part == part[leader])
    doubled[leader[doubled]] = True
    return np.flatnonzero(~twin), doubled


def _between(mesh: Mesh, replaced: list[Edges]) -> Edges:
    """The edges of the mesh itself along those that leave vertices out."""
    first = np.concatenate([edges.first for edges in replaced])
    last = np.concatenate([edges.last for edges in replaced])
    long = last > first + 1
    at, _ = runs(first[long], last[long] - 1)
    return Edges(mesh, at, at + 1, mesh.following[at])


def _mark(pool: list[Edges], wrong: list[Flags], pairs: Pairs, n: int) -> None:
    """Note what of the edges number ``n`` meets what of the last ones."""
    wrong[n][pairs[0]] = True
    wrong[-1][pairs[1]] = True


def _meeting(old: Edges, new: Edges, asked: Flags) -> Pairs:
    """Pairs of edges that meet elsewhere than at a joint, one of them of those that are asked."""
    if not len(old.first):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    one, other = old.boxes.among(asked) if old is new else old.boxes.touching(new.boxes)
    near = old.alive[one]
    one, other = one[near], other[near]
    wrong = _crossing(old, one, new, other)
    return one[wrong], other[wrong]


def _crossing(old: Edges, one: Counts, new: Edges, other: Counts) -> Flags:
    """Which pairs have more in common than an end."""
    (a, b), (c, d) = ([ends[one] for ends in old.numbers], [ends[other] for ends in new.numbers])
    joints = [a == c, a == d, b == c, b == d]
    met = joints[0] | joints[1] | joints[2] | joints[3]
    apart = np.flatnonzero(~met)
    found = np.zeros(len(met), dtype=bool)
    found[apart] = _parted(old, one[apart], new, other[apart])
    met &= ~((joints[0] & joints[3]) | (joints[1] & joints[2]))  # an edge and itself
    here = _Arms(old, one[met], (joints[0] | joints[1])[met])
    there = _Arms(new, other[met], (joints[0] | joints[2])[met])
    found[met] = _folded(here, there)
    return found


def _parted(old: Edges, one: Counts, new: Edges, other: Counts) -> Flags:
    """Which pairs of edges without a common end touch each other."""
    (p, q), (r, s) = ([ends[one] for ends in old.ends], [ends[other] for ends in new.ends])
    near = np.flatnonzero(_side(p, q, r) * _side(p, q, s) <= 0)
    p, q, r, s = p[near], q[near], r[near], s[near]
    found = np.zeros(len(one), dtype=bool)
    found[near] = _side(r, s, p) * _side(r, s, q) <= 0
    return found


class _Arms(NamedTuple):
    """Some edges, and whether the joint is their first end or the other one."""

    edges: Edges
    which: Counts
    first: Flags

    def ends(self) -> tuple[Points, Points]:
        """The joint and the far end."""
        a, b = (ends[self.which] for ends in self.edges.ends)
        first = self.first[:, None]
        return np.where(first, a, b), np.where(first, b, a)


def _folded(one: _Arms, other: _Arms) -> Flags:
    """Which pairs run from their joint over each other."""
    (at, u), (_, w) = one.ends(), other.ends()
    over: Flags = (_side(at, u, w) == 0) & (((u - at) * (w - at)).sum(axis=1) > 0)
    return over


def _side(a: Points, b: Points, c: Points) -> npt.NDArray[np.float64]:
    """More than 0 where c lies to the left of the line from a to b; its sign only."""
    (dx, dy), (ex, ey) = (b - a).T, (c - a).T
    return np.asarray(np.sign(dx * ey - dy * ex))
