"""Lengths, areas and lines on the WGS 84 ellipsoid.

Geodesics are Karney's (PROJ, through `pyproj.Geod`), exact to nanometres, also over a pole and
across 180°. A nautical mile, M, is 1 852 m (SI brochure, 9th edition, table 8).
"""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod, Transformer
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import BadLine
from geo.model import LineType
from geo.position import METRES_PER_M as METRES_PER_M  # noqa: PLC0414  # words of this file too
from geo.position import Point as Point  # noqa: PLC0414

GEOD = Geod(ellps="WGS84")
STEP_M = 10_000.0  # a chord this long leaves a geodesic by less than 2 m

_E = math.sqrt(GEOD.es)
ELLIPSOID_M2 = 2 * math.pi * (GEOD.a**2 + GEOD.b**2 * math.atanh(_E) / _E)  # the whole surface
LEVEL = 1e-6  # degrees; a rhumb line that climbs less is a parallel, to within rounding

Numbers = npt.NDArray[np.float64]

# Rhumb lines are straight in ellipsoidal Mercator (Snyder, Map Projections, 1987, page 46).
_MERCATOR = Transformer.from_crs(4326, 3395, always_xy=True)
_SPHERE_M2 = ELLIPSOID_M2 / (4 * math.pi)  # R² of the sphere with the same area


def distance_m(a: Point, b: Point) -> float:
    """The geodesic distance between two points, in metres."""
    return float(GEOD.inv(*a, *b)[2])


def azimuth(a: Point, b: Point) -> float:
    """The bearing at ``a`` of the geodesic to ``b``, clockwise from north, 0 to 360."""
    return float(GEOD.inv(*a, *b)[0]) % 360


def destination(a: Point, bearing: float, metres: float) -> Point:
    """The point that lies ``metres`` from ``a`` along the geodesic that leaves at ``bearing``."""
    lon, lat, _ = GEOD.fwd(*a, bearing, metres)
    return float(lon), float(lat)


def rhumb_distance_m(a: Point, b: Point) -> float:
    """The length of the rhumb line between two points the short way round, in metres.

    The stretch of meridian divided by the cosine of the course (Snyder, page 46); along a
    parallel, the arc of that circle. Raises `BadLine` at a pole, which no rhumb line reaches.
    """
    if max(abs(a[1]), abs(b[1])) > 90 - 1e-9:
        raise BadLine(f"{a} to {b}: a rhumb line winds about a pole and never reaches it")
    turn = math.radians(_short_turn(a[0], b[0]))
    if abs(a[1] - b[1]) < LEVEL:
        return abs(turn) * _parallel_radius_m((a[1] + b[1]) / 2)
    south, north = _mercator_m(np.array([a[1], b[1]]))
    course = math.atan2(abs(turn) * GEOD.a, abs(float(north - south)))
    return distance_m((0.0, a[1]), (0.0, b[1])) / math.cos(course)


def length_m(geometry: BaseGeometry) -> float:
    """The geodesic length of a line, in metres; of a polygon, that of its rings."""
    return abs(float(GEOD.geometry_length(geometry)))


def area_m2(geometry: BaseGeometry) -> float:
    """The area in m² of a polygon whose edges are geodesics; zero for points and lines.

    Edges are as drawn, so a polygon cut at 180° must carry vertices along its cuts. A ring closed
    over a pole runs along ±90°, and a polygon may be larger than half the globe.
    """
    polygons = [part for part in shapely.get_parts(geometry) if isinstance(part, Polygon)]
    return sum(
        _ring_m2(polygon.exterior) - sum(_ring_m2(hole) for hole in polygon.interiors)
        for polygon in polygons
    )


def densify(a: Point, b: Point, line: LineType = "geodesic", step_m: float = STEP_M) -> list[Point]:
    """The points from ``a`` to ``b``, both included, at most ``step_m`` apart.

    ``geodesic`` and ``meridian`` follow the geodesic, ``rhumb`` the loxodrome, ``parallel`` the
    circle of latitude. Longitudes may leave ±180: the line is unbroken and takes the short way.
    A geodesic over a pole turns by 180° there. Raises `BadLine` for another type, for a meridian
    or parallel that is none, and for a rhumb line to a pole, which never arrives.
    """
    if line in ("geodesic", "meridian"):
        return _geodesic(a, b, line, step_m)
    if line in ("rhumb", "parallel"):
        return _rhumb(a, b, line, step_m)
    raise BadLine(f"cannot draw a line of type {line!r} without its centre; use arc()")


def arc(a: Point, b: Point, centre: Point, radius_m: float, step_m: float = STEP_M) -> list[Point]:
    """The points from ``a`` to ``b`` on the circle of ``radius_m`` around ``centre``.

    All lie exactly on the circle but the two ends, which are kept as given. The arc takes the
    short way round. Raises `BadLine` when an end is further than 1 % off the circle.
    """
    for end in (a, b):
        if abs(distance_m(centre, end) / radius_m - 1) > 0.01:
            raise BadLine(f"{end} is {distance_m(centre, end):.0f} m from the centre {centre}")
    start, turn = azimuth(centre, a), _short_turn(azimuth(centre, a), azimuth(centre, b))
    count = max(1, math.ceil(abs(math.radians(turn)) * radius_m / step_m))
    inner = [destination(centre, start + turn * n / count, radius_m) for n in range(1, count)]
    return unwrapped([a, *inner, b])


def unwrapped(points: Sequence[Point]) -> list[Point]:
    """The same points with longitudes that run on past ±180 instead of jumping."""
    lons = np.unwrap([lon for lon, _ in points], period=360)
    return [(float(lon), lat) for lon, (_, lat) in zip(lons, points, strict=True)]


def _geodesic(a: Point, b: Point, line: LineType, step_m: float) -> list[Point]:
    if line == "meridian" and abs(_short_turn(a[0], b[0])) > 1e-9:
        raise BadLine(f"{a} and {b} are not on one meridian")
    count = max(1, math.ceil(distance_m(a, b) / step_m))
    inner = GEOD.npts(*a, *b, count - 1) if count > 1 else []
    return unwrapped([a, *inner, b])


def _rhumb(a: Point, b: Point, line: LineType, step_m: float) -> list[Point]:
    if line == "parallel" and abs(a[1] - b[1]) > 1e-9:
        raise BadLine(f"{a} and {b} are not on one parallel")
    count = max(1, math.ceil(rhumb_distance_m(a, b) / step_m))
    share = np.linspace(0, 1, count + 1)[1:-1]
    lats = _along_meridian(a[1], b[1], share)
    south, north = _mercator_m(np.array([a[1], b[1]]))
    level = abs(a[1] - b[1]) < LEVEL
    turned = share if level else (_mercator_m(lats) - south) / (north - south)
    lons = a[0] + _short_turn(a[0], b[0]) * turned
    inner = [(float(lon), float(lat)) for lon, lat in zip(lons, lats, strict=True)]
    return unwrapped([a, *inner, b])


def _along_meridian(south: float, north: float, share: Numbers) -> Numbers:
    """The latitudes that part the meridian between two latitudes in the given shares."""
    bearing, _, metres = GEOD.inv(0, south, 0, north)
    zeros = np.zeros_like(share)
    return np.asarray(GEOD.fwd(zeros, zeros + south, zeros + bearing, share * metres)[1])


def _mercator_m(lats: Numbers) -> Numbers:
    return np.asarray(_MERCATOR.transform(np.zeros_like(lats), lats)[1])


def _parallel_radius_m(lat: float) -> float:
    sine = math.sin(math.radians(lat))
    return float(GEOD.a * math.cos(math.radians(lat)) / math.sqrt(1 - GEOD.es * sine**2))


def _ring_m2(ring: BaseGeometry) -> float:
    """The area within a ring of geodesics, whichever way it runs.

    PROJ knows it up to whole ellipsoids (it takes the smaller side), and an estimate on the
    sphere, where a cylinder keeps areas (Snyder, page 76), says how many to add.
    """
    points = _stepped_at_poles(shapely.get_coordinates(ring))
    lons, lats = np.radians(points.T)
    heights = np.sin(lats)
    sphere = float(((heights[1:] + heights[:-1]) * np.diff(lons)).sum()) / -2 * _SPHERE_M2
    area = float(GEOD.polygon_area_perimeter(points[:, 0], points[:, 1])[0])
    return abs(area + round((sphere - area) / ELLIPSOID_M2) * ELLIPSOID_M2)


def _stepped_at_poles(points: Numbers) -> Numbers:
    """The ring with vertices at most 90° apart along ±90°, where an edge has no other direction."""
    start, end = points[:-1], points[1:]
    at_pole = (np.abs(start[:, 1]) > 90 - 1e-9) & (start[:, 1] == end[:, 1])
    pieces = np.where(at_pole, np.ceil(np.abs(end[:, 0] - start[:, 0]) / 90), 1).astype(int)
    if (pieces <= 1).all():
        return points
    edges = zip(start, end, np.maximum(pieces, 1), strict=True)
    runs = [np.linspace(a, b, count, endpoint=False) for a, b, count in edges]
    return np.vstack([*runs, points[-1:]])


def _short_turn(start: float, end: float) -> float:
    return (end - start + 180) % 360 - 180
