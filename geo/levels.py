"""Polygons and lines without the detail that nobody sees, valid and still sharing their edges.

Lines are thinned by Douglas and Peucker's rule between the nodes of a `geo.mesh`. That takes a
twentieth of the time of `shapely.coverage_simplify` and keeps a third fewer vertices, but knows
nothing of neighbours; so where the result crosses itself the vertices left out there come back.
"""

import numpy as np
import shapely

from geo.mend import missing
from geo.mesh import Counts, Flags, Mesh, Shapes, closed_rings, runs
from geo.swallowed import swallowed

ROUNDS = 6  # of mending, after each of which an island may lie on land


def simplified(mesh: Mesh, tolerance: float) -> Mesh:
    """The mesh without what is smaller than ``tolerance`` (quanta, as its points).

    Parts and holes that are smaller than a square of it are left out, and what has no width left;
    but of each owner the largest part stays, if need be as its few outermost vertices.
    """
    wanted = largest_parts(mesh)
    rings = _large_rings(mesh, tolerance**2, wanted)
    kept = _thin(mesh, tolerance)
    kept[_outermost(mesh, wanted, kept)] = True
    rings = _wide_rings(mesh, kept, rings)
    for _ in range(ROUNDS):
        kept[missing(mesh, kept[mesh.number] & rings[mesh.ring])] = True
        made = mesh.thinned(kept[mesh.number], rings)
        stays, back = swallowed(mesh, rings, made, wanted, tolerance)
        if (stays == rings).all() and kept[back].all():
            break
        rings = stays
        kept[back] = True
    return made


def _wide_rings(mesh: Mesh, kept: Flags, rings: Flags) -> Flags:
    """Of the rings those of which an area is left, holes only in shells of which one is."""
    held = np.bincount(mesh.ring[kept[mesh.number]], minlength=len(rings))
    wide = rings & (held > 2)
    return wide & wide[mesh.parts[:-1]][mesh.part]


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
    return kept | (~shell & (held | (np.abs(mesh.ring_areas) > least)))


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
    at = np.concatenate([*made, np.zeros(0, dtype=np.int64)])
    return np.asarray(mesh.number[at])


def _spans(mesh: Mesh, rings: Counts) -> list[tuple[int, int]]:
    return [(int(mesh.rings[ring]), int(mesh.rings[ring + 1])) for ring in rings]


def _spread(points: np.ndarray) -> Counts:
    """The westernmost and easternmost of the points, and the farthest from the line of these."""
    west, east = int(points[:, 0].argmin()), int(points[:, 0].argmax())
    (dx, dy), off = points[east] - points[west], points - points[west]
    side = off[:, 0] * dy - off[:, 1] * dx
    return np.unique([west, east, int(side.argmax()), int(side.argmin())])


def simplified_lines(lines: Shapes, owner: Counts, tolerance: float) -> tuple[Shapes, Counts]:
    """Line strings by Douglas and Peucker's rule, and their owners.

    What is shorter than the tolerance is left out, but of each owner the longest line; closed
    lines keep a width.
    """
    if not len(lines):
        return lines, owner
    reach = np.ptp(shapely.bounds(lines).reshape(-1, 2, 2), axis=1).max(axis=1)
    kept = reach > tolerance
    order = np.lexsort([-reach, owner])
    kept[order[np.diff(owner[order], prepend=-1) != 0]] = True
    lines, owner = lines[kept], owner[kept]
    thin = shapely.simplify(lines, tolerance, preserve_topology=False)
    flat = shapely.is_closed(lines) & (shapely.get_num_points(thin) < 4)
    thin[flat] = shapely.simplify(lines[flat], tolerance, preserve_topology=True)
    return thin, owner
