"""What lies within a distance of any of many points, and which of the points decide its edge."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.circle import circles
from geo.geodesic import GEOD
from geo.polar import to_degrees, to_plane, to_space

Numbers = npt.NDArray[np.float64]

STEPS = 720  # vertices of a circle: 3.2 km apart at 200 M, with a sagitta of 3.5 m
CELLS_M = (120_000.0, 30_000.0, 8_000.0, 2_000.0)  # from a rough sketch to every point
_CHUNK = 2_000_000  # distances held in memory at once


@dataclass(frozen=True)
class Reach:
    """``shape`` in the polar plane; ``deciding`` are the indexes of the points that shape its edge.

    ``sample`` are a few more, one in 120 km: discs about these and the deciding ones cover all of
    the shape, also the middle of wide bays that no deciding point is near.
    """

    shape: BaseGeometry
    deciding: npt.NDArray[np.intp]
    sample: npt.NDArray[np.intp]


def reach(
    points: Numbers, radius_m: float, *, aside: BaseGeometry | None = None, slack_m: float = 1.0
) -> Reach:
    """The union of the geodesic discs about ``points`` (lon, lat), in the polar plane.

    A disc that stands out by less than ``slack_m`` is left out. Points are taken up from a coarse
    sample to all of them; what lies deeper inside than the radius can no longer matter, so a coast
    of a hundred thousand points costs a few hundred discs. The edge inside ``aside`` (in the
    plane; land, say) does not make a point a deciding one.
    """
    space, plane = to_space(points), to_plane(points)
    limit = chord_m(points, radius_m) - slack_m
    shape: BaseGeometry = shapely.Polygon()
    taken: list[npt.NDArray[np.intp]] = []
    left = np.arange(len(points))
    for cell in (*CELLS_M, 0.0):
        chosen = left[_one_per_cell(plane[left], cell)]
        taken.append(chosen)
        shape = shapely.union(shape, discs(points[chosen], radius_m))
        edge = to_space(to_degrees(shapely.get_coordinates(shape)))
        left = np.setdiff1d(left, chosen)
        left = left[nearest(space[left], edge)[0] < limit]
    chosen = np.unique(np.concatenate(taken))
    edge = edge if aside is None else edge[~_within(shape, aside)]
    at_edge = nearest(space[chosen], edge)[0] < limit + 2 * slack_m + _SLACK_M
    return Reach(shape, chosen[at_edge], taken[0])


_SLACK_M = 5.0  # a point decides when an edge vertex is its own to within sagitta and slack


def discs(centres: Numbers, radius_m: float, count: int = STEPS) -> BaseGeometry:
    """The union of the discs about ``centres`` in the polar plane; empty for none."""
    if not len(centres):
        return shapely.Polygon()
    rings = circles(centres, radius_m, count)
    flat = to_plane(rings.reshape(-1, 2)).reshape(rings.shape)
    return shapely.union_all(shapely.polygons(flat))


def nearest(queries: Numbers, points: Numbers) -> tuple[Numbers, npt.NDArray[np.intp]]:
    """For each query in space the chord in metres to the nearest point, and its index.

    Without any points all distances are infinite.
    """
    best, which = np.full(len(queries), np.inf), np.zeros(len(queries), dtype=np.intp)
    if not len(points):
        return best, which
    norms = (points**2).sum(axis=1)
    size = max(1, _CHUNK // len(points))
    for start in range(0, len(queries), size):
        some = queries[start : start + size]
        squares = norms - 2 * (some @ points.T)
        found = squares.argmin(axis=1)
        which[start : start + size] = found
        best[start : start + size] = np.sqrt(((some - points[found]) ** 2).sum(axis=1))
    return best, which


def chord_m(points: Numbers, radius_m: float) -> float:
    """The shortest chord that spans a geodesic of ``radius_m`` from any of a few ``points``."""
    some = points[:: max(1, len(points) // 50)]
    ends = circles(some, radius_m, 8)
    starts = np.repeat(to_space(some), 8, axis=0)
    return float(np.sqrt(((to_space(ends.reshape(-1, 2)) - starts) ** 2).sum(axis=1)).min())


def distance_to(queries: Numbers, points: Numbers) -> tuple[Numbers, npt.NDArray[np.intp]]:
    """For each query (lon, lat) the geodesic metres to the nearest point, and its index.

    The chord chooses, the geodesic measures: over some hundred kilometres the two can differ in
    their choice only between points that are equally near to within a metre.
    """
    which = nearest(to_space(queries), to_space(points))[1]
    near = points[which]
    metres = GEOD.inv(queries[:, 0], queries[:, 1], near[:, 0], near[:, 1])[2]
    return np.asarray(metres), which


def _within(shape: BaseGeometry, area: BaseGeometry) -> npt.NDArray[np.bool_]:
    shapely.prepare(area)
    return shapely.contains_xy(area, shapely.get_coordinates(shape))


def _one_per_cell(plane: Numbers, cell_m: float) -> npt.NDArray[np.intp]:
    """The index of the first point in each square of the plane; of every point for no size."""
    if not cell_m or not len(plane):
        return np.arange(len(plane))
    squares = np.floor(plane / cell_m).astype(np.int64)
    return np.sort(np.unique(squares, axis=0, return_index=True)[1])
