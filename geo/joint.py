"""Vertices put into the edges that they lie on, so that areas fit together again.

`shapely.snap` moves vertices that are there, and may put a new one behind the next.
"""

import numpy as np
import numpy.typing as npt
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

Points = npt.NDArray[np.float64]  # shape (n, 2)

ON_EDGE = 2e-9  # degrees, a fifth of a millimetre: how far a computed crossing may lie off an edge


def jointed(area: BaseGeometry | None, joints: Points) -> BaseGeometry | None:
    """The area with a vertex at each of the ``joints`` (n, 2) that lies on one of its edges.

    What none of them lies on, and what is no area, comes back as it is: the very object.
    """
    if area is None or not len(joints) or not _near(area, joints):
        return area
    parts = [part for part in shapely.get_parts(area) if isinstance(part, Polygon)]
    made = [
        Polygon(_with(part.exterior, joints), [_with(ring, joints) for ring in part.interiors])
        for part in parts
    ]
    if shapely.get_num_coordinates(made).sum() == shapely.get_num_coordinates(area):
        return area
    return made[0] if isinstance(area, Polygon) else MultiPolygon(made)


def _near(area: BaseGeometry, joints: Points) -> bool:
    """Whether any may lie on an edge: most areas are far away from all."""
    west, south, east, north = area.bounds
    beside = np.maximum([west, south] - joints, joints - [east, north])
    return bool((beside <= ON_EDGE).all(axis=1).any())


def _with(ring: BaseGeometry, joints: Points) -> Points:
    points = shapely.get_coordinates(ring)
    if not _near(ring, joints):
        return points
    start, way = points[:-1], np.diff(points, axis=0)
    long = np.maximum((way**2).sum(axis=1), np.finfo(float).tiny)
    found = []
    for joint in joints:
        share = ((joint - start) * way).sum(axis=1) / long
        off = np.hypot(*(start + share[:, None] * way - joint).T)
        ends = (points == joint).all(axis=1)
        on = (share > 0) & (share < 1) & (off < ON_EDGE) & ~ends[:-1] & ~ends[1:]
        found += [(edge, share[edge], joint) for edge in np.flatnonzero(on)]
    found.sort(key=lambda one: one[:2])
    places = [int(edge) + 1 for edge, _, _ in found]
    return np.insert(points, places, np.array([one for *_, one in found]).reshape(-1, 2), axis=0)
