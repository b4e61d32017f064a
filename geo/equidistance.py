"""The line of which every point is equally far from two coasts."""

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geodesic import GEOD
from geo.polar import to_degrees, to_plane
from geo.reach import distance_to

Numbers = npt.NDArray[np.float64]

CELL_M = 4_000.0  # coasts are thinned to this for the sketch of the line
STEP_M = 5_000.0  # between vertices
CLOSE_M = 1.0  # the two distances of a vertex agree within this
_ROUNDS = 12


def equidistance(a: Numbers, b: Numbers, within: BaseGeometry) -> list[Numbers]:
    """The line halfway between the points ``a`` and the points ``b`` (lon, lat), in degrees.

    ``within`` is a region of the polar plane; the pieces of the line in it come back, each of
    shape (n, 2). A Voronoi diagram of thinned points sketches the line, then every vertex is moved
    until its geodesic distances to the nearest point of both sides agree within 1 m; vertices
    that do not come to rest (where a coast's nearest point changes sides) are left out.
    """
    sketch = _sketch(to_plane(a), to_plane(b)).intersection(within)
    merged = shapely.line_merge(
        shapely.union_all([p for p in shapely.get_parts(sketch) if p.length])
    )
    pieces = [shapely.segmentize(one, STEP_M) for one in shapely.get_parts(merged)]
    return [line for one in pieces if len(line := _settled(one, a, b)) > 1]


def settle(points: Numbers, a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    """The points (lon, lat) moved to where both distances are the same, and what is left of the
    difference in metres.
    """
    for _ in range(_ROUNDS):
        to_a, to_b = _towards(points, a), _towards(points, b)
        gap = to_a[1] - to_b[1]
        slope = _unit(to_b[0]) - _unit(to_a[0])  # the gap grows by this for a metre
        steep = np.maximum((slope**2).sum(axis=1), 1e-3)
        step = -slope * (gap / steep)[:, None]
        bearings, metres = np.degrees(np.arctan2(*step.T)), np.hypot(*step.T)
        lons, lats, _ = GEOD.fwd(points[:, 0], points[:, 1], bearings, metres)
        points = np.column_stack([lons, lats])
    return points, distance_to(points, a)[0] - distance_to(points, b)[0]


def _sketch(a: Numbers, b: Numbers) -> BaseGeometry:
    sites = np.vstack([_thin(a), _thin(b)])
    first = len(_thin(a))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(sites), ordered=True))
    ours, theirs = (shapely.coverage_union_all(part) for part in (cells[:first], cells[first:]))
    return shapely.intersection(ours.boundary, theirs.boundary)


def _thin(plane: Numbers) -> Numbers:
    squares = np.floor(plane / CELL_M).astype(np.int64)
    return plane[np.sort(np.unique(squares, axis=0, return_index=True)[1])]


def _settled(line: BaseGeometry, a: Numbers, b: Numbers) -> Numbers:
    points, gap = settle(to_degrees(shapely.get_coordinates(line)), a, b)
    return _forward(points[np.abs(gap) < CLOSE_M])


def _forward(points: Numbers) -> Numbers:
    """The points without those at which the line doubles back, as rest points out of order do."""
    while len(points) > 2:
        legs = np.diff(to_plane(points), axis=0)
        back = (legs[1:] * legs[:-1]).sum(axis=1) <= 0
        if not back.any():
            break
        points = np.delete(points, np.flatnonzero(back)[0] + 1, axis=0)
    return points


def _towards(points: Numbers, coast: Numbers) -> tuple[Numbers, Numbers]:
    """The bearing to the nearest point of a coast and the distance in metres."""
    which = distance_to(points, coast)[1]
    near = coast[which]
    bearing, _, metres = GEOD.inv(points[:, 0], points[:, 1], near[:, 0], near[:, 1])
    return np.radians(bearing), np.asarray(metres)


def _unit(bearings: Numbers) -> Numbers:
    """Unit vectors east, north."""
    return np.column_stack([np.sin(bearings), np.cos(bearings)])
