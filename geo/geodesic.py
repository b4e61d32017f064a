"""Lengths, areas and lines on the WGS 84 ellipsoid.

Geodesics are Karney's (PROJ, through `pyproj.Geod`), exact to nanometres, also over a pole and
across 180°. A nautical mile, M, is 1 852 m (SI brochure, 9th edition, table 8).
"""

import math
from collections.abc import Sequence

import numpy as np
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

from geo.errors import BadLine
from geo.model import LineType

GEOD = Geod(ellps="WGS84")
METRES_PER_M = 1852.0
STEP_M = 10_000.0  # a chord this long leaves a geodesic by less than 2 m

Point = tuple[float, float]  # lon, lat

# Rhumb lines are straight in ellipsoidal Mercator (Snyder, Map Projections, 1987, page 46).
_MERCATOR = Transformer.from_crs(4326, 3395, always_xy=True)


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


def length_m(geometry: BaseGeometry) -> float:
    """The geodesic length of a line, in metres; of a polygon, that of its rings."""
    return abs(float(GEOD.geometry_length(geometry)))


def area_m2(geometry: BaseGeometry) -> float:
    """The area in m² of a polygon whose edges are geodesics; zero for points and lines.

    Edges are as drawn, so a polygon cut at 180° must carry vertices along its cuts and a ring
    closed over a pole must run along ±90° for the figure to be that of the land it stands for.
    """
    return abs(float(GEOD.geometry_area_perimeter(geometry)[0]))


def densify(a: Point, b: Point, line: LineType = "geodesic", step_m: float = STEP_M) -> list[Point]:
    """The points from ``a`` to ``b``, both included, at most ``step_m`` apart.

    ``geodesic`` and ``meridian`` follow the geodesic, ``rhumb`` the loxodrome, ``parallel`` the
    circle of latitude. Longitudes may leave ±180: the line is unbroken and takes the short way.
    Raises `BadLine` for another type, and for a meridian or parallel that is none.
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
    count = max(1, math.ceil(distance_m(a, b) / step_m))
    east = a[0] + _short_turn(a[0], b[0])
    share = np.linspace(0, 1, count + 1)[1:-1]
    south, north = (float(_MERCATOR.transform(0, lat)[1]) for lat in (a[1], b[1]))
    lats = _MERCATOR.transform(
        np.zeros_like(share), south + (north - south) * share, direction="INVERSE"
    )[1]
    lons = a[0] + (east - a[0]) * share
    inner = [(float(lon), float(lat)) for lon, lat in zip(lons, lats, strict=True)]
    return unwrapped([a, *inner, b])


def _short_turn(start: float, end: float) -> float:
    return (end - start + 180) % 360 - 180
