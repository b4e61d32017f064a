"""The point of a geodesic edge that is nearest to a position."""

import math

from geo.geodesic import GEOD, Point

_RADIUS_M = 6_371_008.8  # of the sphere on which each step is taken; its error dies out
_DONE_M = 0.01  # a step this short leaves less than a hundredth of itself
_STEPS = 12


def foot_point(at: Point, start: Point, end: Point) -> tuple[float, Point]:
    """The distance in metres from ``at`` to the geodesic edge, and its nearest point.

    The right angle is found by repeated steps on a sphere (Baselga and Martínez-Llario,
    Intersection and point-to-line solutions for geodesics on the ellipsoid, 2018), to 0.1 mm, and
    the point is kept on the edge. An edge of up to a few hundred kilometres has one such point.
    """
    azimuth, _, length = GEOD.inv(*start, *end)
    here, course, along = start, float(azimuth), 0.0
    for _ in range(_STEPS):
        to, _, metres = GEOD.inv(*here, *at)
        ahead = min(max(along + _forward(to - course, metres), 0.0), length)
        moved, along = abs(ahead - along), ahead
        lon, lat, back = GEOD.fwd(*start, azimuth, along)
        here, course = (lon, lat), back + 180
        if moved < _DONE_M:
            break
    foot = end if along >= length else start if along <= 0 else here
    return float(GEOD.inv(*at, *foot)[2]), foot


def _forward(angle: float, metres: float) -> float:
    """How far along its course the foot of the perpendicular lies, on a sphere."""
    arc = metres / _RADIUS_M
    leg = math.atan2(math.sin(arc) * math.cos(math.radians(angle)), math.cos(arc))
    return leg * _RADIUS_M
