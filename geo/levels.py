"""Polygons and lines without the detail that nobody sees, valid and still sharing their edges.

Lines are thinned by Douglas and Peucker's rule between the nodes of a `geo.mesh`. That takes a
twentieth of the time of `shapely.coverage_simplify` and keeps a third fewer vertices, but knows
nothing of neighbours; so where the result crosses itself the vertices left out there come back.
"""

import numpy as np
import shapely

from geo.mesh import Counts, Flags, Mesh, Shapes, closed_rings, runs

ROUNDS = 12  # of giving vertices back; each at least halves what is wrong


def simplified(mesh: Mesh, tolerance: float) -> Mesh:
    """The mesh without what is smaller than ``tolerance`` (quanta, as its points).

    Parts and holes that are smaller than a square of it are left out, and what has no width left;
    but of each owner the largest part stays, if need be as its few outermost vertices.
    """
    wanted = largest_parts(mesh)
    rings = _large_rings(mesh, tolerance**2, wanted)
    kept = _thin(mesh, tolerance)
    kept[_outermost(mesh, wanted, kept)] = True
    for _ in range(ROUNDS):
        at = kept[mesh.number]
        wide = np.bincount(mesh.ring[at], minlength=len(rings)) > 2
        made = mesh.thinned(at, rings & wide)
        back = _given_back(mesh, at, rings & wide)
        if not len(back):
            break
        kept[back] = True
    return made


def largest_parts(mesh: Mesh) -> Flags:
    """Of each owner the largest part."""
    order = np.lexsort([-mesh.area, mesh.owner])
    first = np.ones(len(order), dtype=bool)
    first[1:] = np.diff(mesh.owner[order]) != 0
    made = np.zeros(len(order), dtype=bool)
    made[order[first]] = True
    return made


def _large_rings(mesh: Mesh, least: float, wanted: Flags) -> Flags:
    """Shells of parts that are large or wanted, and holes that are large or hold one of these."""
    part = mesh.part
    shell = np.zeros(len(part), dtype=bool)
    shell[mesh.parts[:-1]] = True
    kept = shell & ((mesh.area > least) | wanted)[part]
    first = mesh.number[mesh.rings[:-1]]
    held = np.isin(first, mesh.number[kept[mesh.ring]])
    return kept | (~shell & (held | (_ring_areas(mesh) > least)))


def _ring_areas(mesh: Mesh) -> np.ndarray:
    """What each ring encloses, in square quanta, by the shoelace formula."""
    x, y = (mesh.points - mesh.points[mesh.rings[mesh.ring]]).T
    after = mesh.following
    return np.abs(np.add.reduceat(x * y[after] - x[after] * y, mesh.rings[:-1])) / 2


def _thin(mesh: Mesh, tolerance: float) -> Flags:
    """By number: the vertices that Douglas and Peucker keep between nodes, and the nodes."""
    closed, starts = closed_rings(mesh)
    ring = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    nodes = np.flatnonzero(mesh.node[mesh.number[closed]])
    here, there = nodes[:-1], nodes[1:]
    inside = (ring[here] == ring[there]) & (there - here > 1)
    kept = mesh.node.copy()
    at, line = runs(here[inside], there[inside])
    # The third ordinate tells afterwards which vertices these are.
    spots = np.column_stack([mesh.points[closed[at]], closed[at]])
    lines = shapely.linestrings(spots, indices=line)
    thin = shapely.simplify(lines, tolerance, preserve_topology=False)
    left = shapely.get_coordinates(thin, include_z=True)[:, 2].astype(np.int64)
    kept[mesh.number[left]] = True
    return kept


def _outermost(mesh: Mesh, wanted: Flags, kept: Flags) -> Counts:
    """Numbers of some vertices that give a width to the shells of wanted parts that have none."""
    held = np.bincount(mesh.ring[kept[mesh.number]], minlength=len(mesh.rings) - 1)
    shells = mesh.parts[:-1][wanted]
    made = [_spread(mesh.points[a:b]) + a for a, b in _spans(mesh, shells[held[shells] < 3])]
    return mesh.number[np.concatenate([*made, np.zeros(0, dtype=np.int64)])]


def _spans(mesh: Mesh, rings: Counts) -> list[tuple[int, int]]:
    return [(int(mesh.rings[ring]), int(mesh.rings[ring + 1])) for ring in rings]


def _spread(points: np.ndarray) -> Counts:
    """The westernmost and easternmost of the points, and the farthest from the line of these."""
    west, east = int(points[:, 0].argmin()), int(points[:, 0].argmax())
    (dx, dy), off = points[east] - points[west], points - points[west]
    side = off[:, 0] * dy - off[:, 1] * dx
    return np.unique([west, east, int(side.argmax()), int(side.argmin())])


def _given_back(mesh: Mesh, at: Flags, rings: Flags) -> Counts:
    """Numbers of vertices to keep as well, because without them a shape is not valid."""
    at = at & rings[mesh.ring] & rings[mesh.parts[mesh.part[mesh.ring]]]
    made = mesh.thinned(at, rings)
    bad = np.zeros(int(mesh.owner.max(initial=-1)) + 1, dtype=bool)
    bad[made.owner[_faulty(made)]] = True
    here = np.flatnonzero(at & bad[mesh.owner[mesh.part[mesh.ring]]])
    if not len(here):
        return here
    there = _next_kept(mesh, at)[here]
    pairs = _meeting(mesh, here, there)
    first, last = here[pairs], there[pairs]
    last = np.where(last < first, mesh.rings[mesh.ring[first] + 1], last)
    between, _ = runs(first + 1, last - 1)
    return mesh.number[between]


def _faulty(mesh: Mesh) -> Counts:
    """A part of each owner whose parts together are not a valid multipolygon."""
    firsts = np.flatnonzero(np.diff(mesh.owner, prepend=-1))
    starts = np.concatenate([firsts, [len(mesh.owner)]])
    closed, rings = closed_rings(mesh)
    whole = shapely.from_ragged_array(
        shapely.GeometryType.MULTIPOLYGON, mesh.points[closed], (rings, mesh.parts, starts)
    )
    return firsts[~shapely.is_valid(whole)]


def _next_kept(mesh: Mesh, at: Flags) -> Counts:
    """For each kept vertex the position of the next kept one in its ring."""
    here = np.flatnonzero(at)
    ring = mesh.ring[here]
    there = np.roll(here, -1)
    last = np.flatnonzero(ring != np.roll(ring, -1))
    there[last] = here[np.roll(last, 1) + 1 - len(here) * (np.roll(last, 1) + 1 >= len(here))]
    made = np.zeros(len(at), dtype=np.int64)
    made[here] = there
    return made


def _meeting(mesh: Mesh, here: Counts, there: Counts) -> Counts:
    """The edges of one owner that cross, touch or cover another one of it, but at a joint."""
    owner = mesh.owner[mesh.part[mesh.ring[here]]]
    ends = np.stack([mesh.points[here], mesh.points[there]], axis=1)
    lines = shapely.linestrings(ends)
    one, other = shapely.STRtree(lines).query(lines, predicate="intersects")
    mine = (one < other) & (owner[one] == owner[other])
    one, other = one[mine], other[mine]
    a, b = mesh.number[here], mesh.number[there]
    joints = (a[one] == b[other]).astype(int) + (b[one] == a[other]) + (a[one] == a[other])
    joints += b[one] == b[other]
    along = shapely.length(shapely.intersection(lines[one], lines[other])) > 0
    wrong = (joints == 0) | along
    return np.unique(np.concatenate([one[wrong], other[wrong]]))


def simplified_lines(lines: Shapes, tolerance: float) -> Shapes:
    """Line strings by Douglas and Peucker's rule; a closed one keeps a width."""
    return np.asarray(shapely.simplify(lines, tolerance, preserve_topology=True))
