"""Islands that a thinned coast has closed over, without any line that crosses another one."""

import numpy as np
import shapely
from shapely import Polygon

from geo.mesh import Counts, Flags, Mesh, closed_rings

NEAR = 4.0  # tolerances around an island, within which the coast gets its vertices back


def swallowed(
    fine: Mesh, rings: Flags, made: Mesh, last: Flags, tolerance: float
) -> tuple[Flags, Counts]:
    """The rings of ``fine`` that may stay, and numbers of vertices that have to be kept as well.

    ``made`` is ``fine`` thinned to ``rings``, and ``last`` are the parts of ``fine`` that must not
    be lost. An island of the same owner goes, and the land closes over it; around a part that must
    not be lost the coast comes back, and of what is not valid otherwise every vertex.
    """
    which = np.flatnonzero(rings[fine.parts[:-1]])
    shapes = made.polygons()
    bad = np.isin(made.owner, _faulty(made))
    tiny = last[which] & (made.area < (NEAR * tolerance) ** 2)
    faulty = np.flatnonzero(bad)
    faulty = faulty[~shapely.is_valid(shapes[faulty])]
    kept, back = rings.copy(), [_whole(fine, which[faulty])]
    for one, other in _nested(made, np.flatnonzero(bad | tiny)):
        island, land = which[one], which[other]
        if made.owner[one] == made.owner[other] and not last[island]:
            kept[fine.parts[island] : fine.parts[island + 1]] = False
        elif not _nested(_only(fine, np.array([island, land])), np.array([0])):
            back.append(_around(fine, land, shapes[one], NEAR * tolerance))
    return kept, np.concatenate(back)


def _faulty(mesh: Mesh) -> Counts:
    """The owners whose parts together are not a valid multipolygon."""
    firsts = np.flatnonzero(np.diff(mesh.owner, prepend=-1))
    starts = np.append(firsts, len(mesh.owner))
    closed, rings = closed_rings(mesh)
    whole = shapely.from_ragged_array(
        shapely.GeometryType.MULTIPOLYGON, mesh.points[closed], (rings, mesh.parts, starts)
    )
    owners: Counts = mesh.owner[firsts[~shapely.is_valid(whole)]]
    return owners


def _nested(mesh: Mesh, parts: Counts) -> list[tuple[int, int]]:
    """Of these parts those that begin inside another one, and the other one."""
    if not len(parts):
        return []
    shapes = mesh.polygons()
    begins = np.atleast_1d(np.asarray(shapely.points(mesh.points[mesh.rings[mesh.parts[parts]]])))
    one, other = shapely.STRtree(shapes).query(begins)
    apart = parts[one] != other
    one, other = one[apart], other[apart]
    shapely.prepare(shapes[other])
    inside = shapely.contains_properly(shapes[other], begins[one])
    return list(zip(parts[one[inside]].tolist(), other[inside].tolist(), strict=True))


def _only(mesh: Mesh, parts: Counts) -> Mesh:
    """These parts, in this order, of the mesh."""
    rings = np.isin(mesh.part, parts)
    return mesh.thinned(np.ones(len(mesh.points), dtype=bool), rings)


def _whole(mesh: Mesh, parts: Counts) -> Counts:
    return mesh.number[np.isin(mesh.part[mesh.ring], parts)]


def _around(mesh: Mesh, part: int, island: Polygon, reach: float) -> Counts:
    """Numbers of the vertices of a part that lie around an island."""
    left, bottom, right, top = island.buffer(reach).bounds
    at = slice(mesh.rings[mesh.parts[part]], mesh.rings[mesh.parts[part + 1]])
    x, y = mesh.points[at].T
    inside = (x >= left) & (x <= right) & (y >= bottom) & (y <= top)
    return np.asarray(mesh.number[at][inside])
