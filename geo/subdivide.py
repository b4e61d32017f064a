"""Rings and lines subdivided into short runs with boxes, so that a window finds what it needs.

No geometry is cut for that: a run that misses the window is drawn as one edge when it belongs to
a ring, which changes nothing inside the window, and left out when it belongs to a line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from geo.mesh import Counts, Flags, Mesh, Shapes, across, closed_rings, runs
from geo.plane import Plane

MOST = 24  # edges of a run
BLOCK = 32  # runs that are looked for together: they follow each other, so they lie together
RIM = 2.0  # quanta that rounding can move a point off the southern limit
NOBODY, CUT = -1, -2  # beyond an edge: no other area; the end of the map or of the data

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Chains:
    """Lines, or the rings of areas, on the lattice of a plane; arrays that may lie in a file.

    Chain i has the ``points`` from ``chains[i]`` up to ``chains[i + 1]``, a ring with its first
    one repeated, and the runs from ``chain_runs[i]``. Part j has the chains from ``parts[j]``, the
    first of them its shell; a line is a part of its own. Run k has the points from ``first[k]`` to
    ``last[k]``, both included, begins ``start[k]`` quanta along its line, and lies in ``box[k]``
    (left, bottom, right, top) with ``beyond[k]`` on its other side: an owner, `NOBODY` or `CUT`.
    """

    points: Ints
    chains: Ints
    parts: Ints
    owner: Ints
    part_box: Ints
    chain_runs: Ints
    first: Ints
    last: Ints
    start: Floats
    beyond: Ints
    box: Ints

    @cached_property
    def reach(self) -> tuple[int, int, int, int]:
        """A box around everything; upside down where there is nothing."""
        if not len(self.part_box):
            return (1, 1, -1, -1)
        low, high = self.part_box[:, :2].min(axis=0), self.part_box[:, 2:].max(axis=0)
        return (int(low[0]), int(low[1]), int(high[0]), int(high[1]))

    @cached_property
    def blocks(self) -> Ints:
        """A box around each `BLOCK` runs."""
        starts = np.arange(0, len(self.box), BLOCK)
        low = np.minimum.reduceat(self.box[:, :2], starts)
        high = np.maximum.reduceat(self.box[:, 2:], starts)
        return np.hstack([low, high])

    @cached_property
    def chain_box(self) -> Ints:
        """A box around each chain."""
        starts = self.chain_runs[:-1]
        if not len(starts):
            return np.zeros((0, 4), dtype=np.int32)
        low = np.minimum.reduceat(self.box[:, :2], starts)
        return np.hstack([low, np.maximum.reduceat(self.box[:, 2:], starts)])

    @cached_property
    def chain_owner(self) -> Counts:
        """For each chain whose it is."""
        return np.repeat(self.owner, np.diff(self.parts)).astype(np.int64)

    @cached_property
    def torn(self) -> Ints:
        """The boxes of the runs that are cut edges, which nobody draws."""
        return np.asarray(self.box[self.beyond == CUT])

    @cached_property
    def run_owner(self) -> Counts:
        """For each run whose it is."""
        starts = self.chain_runs[self.parts]
        return np.repeat(self.owner, np.diff(starts)).astype(np.int64)

    @cached_property
    def is_stroked(self) -> Flags:
        """For each run whether it is drawn: no cut edge, and of two sides the first."""
        mine = (self.beyond == NOBODY) | (self.beyond > self.run_owner)
        return np.asarray(mine & (self.beyond != CUT))

    @classmethod
    def read(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> "Chains":
        """From arrays by the names of the fields."""
        return cls(**{one.name: arrays[one.name] for one in fields(cls)})  # type: ignore[arg-type]

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """The fields by name."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


def belonging(starts: npt.NDArray[np.int32], which: Counts) -> tuple[Counts, Counts]:
    """What belongs to each of ``which``, and to the how manieth of them it belongs."""
    return runs(starts[which].astype(np.int64), starts[which + 1].astype(np.int64) - 1)


def subdivided_mesh(mesh: Mesh, plane: Plane) -> Chains:
    """The rings of a mesh, shells counter-clockwise; lines along them begin where another
    neighbour begins.
    """
    mesh = mesh.wound()
    closed, starts = closed_rings(mesh)
    points = mesh.points[closed]
    part = across(mesh)
    beyond = np.where(part < 0, NOBODY, mesh.owner[part])
    beyond[cut_edges(mesh, plane)] = CUT
    step = np.full(len(closed), CUT)
    step[np.delete(np.arange(len(closed)), starts[1:] - 1)] = beyond
    return _subdivided(_Bare(points, starts, mesh.parts, mesh.owner), step)


def subdivided_lines(lines: Shapes, owner: Counts) -> Chains:
    """Line strings on the lattice."""
    if not len(lines):
        return _none()
    _, points, (starts,) = shapely.to_ragged_array(lines)
    parts = np.arange(len(lines) + 1)
    return _subdivided(_Bare(points, starts, parts, owner), np.full(len(points), NOBODY))


def cut_edges(mesh: Mesh, plane: Plane) -> Flags:
    """By position: the edges that begin there and lie where the plane ends or is torn."""
    ends = mesh.points, mesh.points[mesh.following]
    if not len(mesh.points):
        return np.zeros(0, dtype=bool)
    if plane.polar:
        south = abs(plane.forward(np.array([[0.0, plane.south]]))[0, 1]) / plane.quantum
        one, other = (np.abs(np.hypot(at[:, 0], at[:, 1]) - south) < RIM for at in ends)
        return np.asarray(one & other)
    limits = plane.forward(np.array([[0.0, plane.south], [0.0, plane.north]]))[:, 1]
    cut = np.zeros(len(mesh.points), dtype=bool)
    for limit in np.rint(limits / plane.quantum):
        cut |= (ends[0][:, 1] == limit) & (ends[1][:, 1] == limit)
    around = _widths(mesh)[mesh.ring] >= plane.turn
    for side in (-plane.turn // 2, plane.turn // 2):
        cut |= around & (ends[0][:, 0] == side) & (ends[1][:, 0] == side)
    return cut


def _widths(mesh: Mesh) -> Floats:
    """From the west end to the east end of the part of each ring."""
    x, which = mesh.points[:, 0], mesh.parts[:-1]
    high = np.maximum.reduceat(x, mesh.rings[:-1])[which]
    low = np.minimum.reduceat(x, mesh.rings[:-1])[which]
    return np.asarray((high - low)[mesh.part])


class _Bare(NamedTuple):
    points: Floats
    starts: npt.NDArray[np.integer]
    parts: npt.NDArray[np.integer]
    owner: npt.NDArray[np.integer]


def _subdivided(bare: _Bare, beyond: Counts) -> Chains:
    """``beyond`` is by position; lines begin anew where it changes."""
    points, starts, parts, owner = bare
    if not len(points):
        return _none()
    chain = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    begins = np.diff(beyond, prepend=beyond[:1]) != 0
    begins[starts[:-1]] = True
    begins[starts[1:] - 1] = False
    line = np.maximum.accumulate(np.where(begins, np.arange(len(points)), 0))
    place = np.arange(len(points)) - line
    ends = np.zeros(len(points), dtype=bool)
    ends[starts[1:] - 1] = True
    first = np.flatnonzero((place % MOST == 0) & ~ends)
    last = np.append(first[1:], len(points) - 1)
    last = np.where(chain[last] == chain[first], last, starts[chain[first] + 1] - 1)
    low, high = _boxes(points, first, last)
    chain_runs = np.searchsorted(first, starts)
    of_part = chain_runs[parts[:-1]]
    around = np.minimum.reduceat(low, of_part), np.maximum.reduceat(high, of_part)
    along = _along(points)
    return Chains(
        points=_whole(points),
        chains=_whole(starts),
        parts=_whole(parts),
        owner=_whole(owner),
        part_box=_whole(np.hstack(around)),
        chain_runs=_whole(chain_runs),
        first=_whole(first),
        last=_whole(last),
        start=along[first] - along[line[first]],
        beyond=_whole(beyond[first]),
        box=_whole(np.hstack([low, high])),
    )


def _whole(numbers: npt.NDArray[np.generic]) -> Ints:
    return numbers.astype(np.int32)


def _along(points: Floats) -> Floats:
    """The distance of each point along all points."""
    step = np.diff(points, axis=0, prepend=points[:1])
    return np.cumsum(np.hypot(step[:, 0], step[:, 1]))


def _boxes(points: Floats, first: Counts, last: Counts) -> tuple[Floats, Floats]:
    """Around the points of each run, of which the next one begins with the last or after it."""
    low, high = np.minimum.reduceat(points, first), np.maximum.reduceat(points, first)
    return np.minimum(low, points[last]), np.maximum(high, points[last])


def _none() -> Chains:
    none, zero = np.zeros(0, dtype=np.int32), np.zeros(1, dtype=np.int32)
    box, points = np.zeros((0, 4), dtype=np.int32), np.zeros((0, 2), dtype=np.int32)
    return Chains(points, zero, zero, none, box, zero, none, none, np.zeros(0), none, box)
