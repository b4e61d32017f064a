"""Polygons as rings of numbered vertices: what is shared by two of them has the same number.

To leave a vertex out, or to keep it, is decided once for its number, so that whatever happens to
an edge happens to it in every ring that runs along it.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from geo.plane import Points

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Mesh:
    """Rings, each without a closing vertex and begun at a node.

    ``points`` (n, 2) in quanta and ``number`` (n) run through all rings; ring i has those from
    ``rings[i]`` up to ``rings[i + 1]``, part j the rings from ``parts[j]`` up to ``parts[j + 1]``,
    of which the first is its shell. ``owner`` says for each part whose it is, ``area`` how large
    it was before it was simplified. ``node`` says for each number whether lines begin there.
    """

    points: Points
    number: Counts
    rings: Counts
    parts: Counts
    owner: Counts
    area: npt.NDArray[np.float64]
    node: Flags

    @cached_property
    def ring(self) -> Counts:
        """For each vertex its ring."""
        return np.repeat(np.arange(len(self.rings) - 1), np.diff(self.rings))

    @cached_property
    def part(self) -> Counts:
        """For each ring its part."""
        return np.repeat(np.arange(len(self.parts) - 1), np.diff(self.parts))

    @cached_property
    def following(self) -> Counts:
        """For each vertex the position of the next one in its ring."""
        after = np.arange(1, len(self.points) + 1)
        after[self.rings[1:] - 1] = self.rings[:-1]
        return after

    def polygons(self) -> Shapes:
        """One polygon for each part, in order."""
        closed, starts = closed_rings(self)
        made = shapely.from_ragged_array(
            shapely.GeometryType.POLYGON, self.points[closed], (starts, self.parts)
        )
        return np.asarray(made)

    @cached_property
    def ring_areas(self) -> npt.NDArray[np.float64]:
        """What each ring encloses, in square quanta; less than 0 where it runs clockwise."""
        if not len(self.points):
            return np.zeros(0)
        x, y = (self.points - self.points[self.rings[self.ring]]).T
        after = self.following
        return np.asarray(np.add.reduceat(x * y[after] - x[after] * y, self.rings[:-1]) / 2)

    def wound(self) -> "Mesh":
        """The same with shells counter-clockwise and holes clockwise."""
        shell = np.zeros(len(self.rings) - 1, dtype=bool)
        shell[self.parts[:-1]] = True
        turned = (self.ring_areas > 0) != shell
        if not turned.any():
            return self
        back = turned[self.ring]
        place = np.arange(len(self.points)) - self.rings[self.ring]
        size = np.diff(self.rings)[self.ring]
        at = self.rings[self.ring] + np.where(back, -place % size, place)
        return replace(self, points=self.points[at], number=self.number[at])

    def thinned(self, keep: Flags, rings: Flags) -> "Mesh":
        """The mesh of the vertices and the rings that are to be kept; parts go with their shell."""
        shells = rings[self.parts[:-1]]
        rings = rings & shells[self.part]
        keep = keep & rings[self.ring]
        ring_sizes = np.bincount(self.ring[keep], minlength=len(rings))[rings]
        part_sizes = np.bincount(self.part[rings], minlength=len(shells))[shells]
        return Mesh(
            self.points[keep],
            self.number[keep],
            _starts(ring_sizes),
            _starts(part_sizes),
            self.owner[shells],
            self.area[shells],
            self.node,
        )


def mesh_of(polygons: Shapes, owner: Counts, turn: int = 0) -> Mesh:
    """The mesh of polygons whose coordinates are whole numbers.

    Points that differ by ``turn`` in x (if it is not 0) are one. A node is where the set of
    polygons along a line changes; a ring with fewer than two of them gets its westernmost and
    its easternmost vertex.
    """
    if not len(polygons):
        polygons = np.array([shapely.Polygon()], dtype=object)[:0]
        none = np.zeros(0, dtype=np.int64)
        no = np.zeros(0, dtype=bool)
        return Mesh(np.zeros((0, 2)), none, _starts(none), _starts(none), none, np.zeros(0), no)
    _, points, (closed, parts) = shapely.to_ragged_array(polygons)
    rings = (closed - np.arange(len(closed))).astype(np.int64)
    points = np.delete(points, closed[1:] - 1, axis=0)
    number, count = _numbered(points, turn)
    areas = np.asarray(shapely.area(polygons))
    no_node = np.zeros(count, dtype=bool)
    bare = Mesh(points, number, rings, parts.astype(np.int64), owner, areas, no_node)
    joints = _joints(bare)
    return _turned(bare, _nodes(bare, joints), joints)


def closed_rings(mesh: Mesh) -> tuple[Counts, Counts]:
    """Positions with the first of each ring repeated at its end, and where each ring starts."""
    sizes = np.diff(mesh.rings) + 1
    starts = _starts(sizes)
    at = np.arange(starts[-1]) - np.repeat(np.arange(len(sizes)), sizes)
    at[starts[1:] - 1] = mesh.rings[:-1]
    return at, starts


def across(mesh: Mesh) -> Counts:
    """For each vertex the part on the other side of the edge that begins there, or -1.

    Where three meet on one edge it is any of the others.
    """
    a, b = mesh.number, mesh.number[mesh.following]
    key = np.minimum(a, b) * np.int64(len(mesh.node)) + np.maximum(a, b)
    order = np.argsort(key)
    begins = np.diff(key[order], prepend=-1) != 0
    starts, edge = np.flatnonzero(begins), np.cumsum(begins) - 1
    part = mesh.part[mesh.ring][order]
    low, high = (pick.reduceat(part, starts)[edge] for pick in (np.minimum, np.maximum))
    other = np.where(part == low, high, low)
    found: Counts = np.empty_like(other)
    found[order] = np.where(other == part, -1, other)
    return found


def runs(first: Counts, last: Counts) -> tuple[Counts, Counts]:
    """All whole numbers from each ``first`` to each ``last``, and to which run each belongs."""
    sizes = last - first + 1
    run = np.repeat(np.arange(len(sizes)), sizes)
    return np.arange(len(run)) + (first - np.cumsum(sizes) + sizes)[run], run


def _starts(sizes: Counts) -> Counts:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def _numbered(points: Points, turn: int) -> tuple[Counts, int]:
    """The same number for the same point; numbers rise from west to east."""
    x, y = points.astype(np.int64).T
    key = (np.mod(x, turn) if turn else x + 2**31) * 2**32 + (y + 2**31)
    held, number = np.unique(key, return_inverse=True)
    return number.astype(np.int64), len(held)


def _joints(mesh: Mesh) -> Flags:
    """By number: where the two sides of one edge are not those of the next."""
    part = mesh.part[mesh.ring]
    other = across(mesh)
    sides = np.minimum(part, other) * np.int64(len(mesh.owner) + 1) + np.maximum(part, other)
    before = np.empty_like(sides)
    before[mesh.following] = sides
    joint = mesh.node.copy()
    joint[mesh.number[sides != before]] = True
    return joint


def _nodes(mesh: Mesh, joints: Flags) -> Flags:
    """By number: joints, pinches, and two vertices of each ring that has fewer than two."""
    node = joints | _pinched(mesh)
    held = np.bincount(mesh.ring[node[mesh.number]], minlength=len(mesh.rings) - 1)
    few = held < 2
    for pick in (np.minimum, np.maximum):
        ends = pick.reduceat(mesh.number, mesh.rings[:-1])
        node[ends[few]] = True
    return node


def _pinched(mesh: Mesh) -> Flags:
    """By number: where more than three lines meet, and their next vertices on each of them.

    Without these a line could leave such a place between other lines than it came.
    """
    ends = np.sort(np.stack([mesh.number, mesh.number[mesh.following]]), axis=0)
    key = np.sort(ends[0] * np.int64(len(mesh.node)) + ends[1])
    single = key[np.diff(key, prepend=-1) != 0]
    degree = np.bincount(single // len(mesh.node), minlength=len(mesh.node))
    degree += np.bincount(single % len(mesh.node), minlength=len(mesh.node))
    node = mesh.node.copy()
    at = degree[mesh.number] > 3
    node[mesh.number[at]] = True
    node[mesh.number[mesh.following[at]]] = True
    node[mesh.number[at[mesh.following]]] = True
    return node


def _turned(mesh: Mesh, node: Flags, joints: Flags) -> Mesh:
    """The same rings, each begun at its first joint, or at its first node if it has none."""
    size, ring = np.diff(mesh.rings), mesh.ring
    place = np.arange(len(mesh.points)) - mesh.rings[ring]
    rank = place + np.where(joints[mesh.number], 0, np.where(node[mesh.number], 1, 2)) * len(place)
    first = np.minimum.reduceat(rank, mesh.rings[:-1]) % len(place)
    at = mesh.rings[ring] + (place + first[ring]) % size[ring]
    return Mesh(
        mesh.points[at], mesh.number[at], mesh.rings, mesh.parts, mesh.owner, mesh.area, node
    )
