"""The point of a geodesic edge that is nearest to a position."""

import numpy as np
import numpy.typing as npt

from geo.geodesic import GEOD, Point

Numbers = npt.NDArray[np.float64]
_RADIUS_M = 6_371_008.8  # of the sphere on which each step is taken; its error dies out
_DONE_M = 0.01  # a step this short leaves less than a hundredth of itself
_STEPS = 12


def foot_points(at: Point, start: Numbers, end: Numbers) -> tuple[Numbers, Numbers]:
    """For each edge the distance in metres, shape (n,), and the nearest point, shape (n, 2).

    Edges run along the geodesic from ``start`` to ``end``, both of shape (n, 2), lon and lat. The
    right angle is found by repeated steps on a sphere (Baselga and Martínez-Llario, Intersection
    and point-to-line solutions for geodesics on the ellipsoid, 2018), exact to 0.1 mm, and the
    point is kept on the edge. An edge of up to a few hundred kilometres has one such point.
    """
    azimuth, length = _inverse(start, end)
    eye = np.tile(np.array(at), (len(start), 1))
    along = np.zeros(len(start))
    here, course = start, azimuth
    for _ in range(_STEPS):
        to, metres = _inverse(here, eye)
        ahead = np.clip(along + _forward(to - course, metres), 0.0, length)
        moved = float(np.max(np.abs(ahead - along), initial=0.0))
        along = ahead
        here, course = _direct(start, azimuth, along)
        if moved < _DONE_M:
            break
    here = np.where((along >= length)[:, None], end, np.where((along <= 0)[:, None], start, here))
    return _inverse(eye, here)[1], here


def _forward(angle: Numbers, metres: Numbers) -> Numbers:
    """How far along its course the foot of the perpendicular lies, on a sphere."""
    arc = metres / _RADIUS_M
    leg = np.arctan2(np.sin(arc) * np.cos(np.radians(angle)), np.cos(arc))
    return np.asarray(leg * _RADIUS_M)


def _inverse(a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    """The bearing at each ``a`` of the geodesic to ``b``, and its length."""
    azimuth, _, metres = GEOD.inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])
    return np.asarray(azimuth), np.asarray(metres)


def _direct(a: Numbers, azimuth: Numbers, metres: Numbers) -> tuple[Numbers, Numbers]:
    """The points that far from each ``a``, and the bearing at which the geodesic goes on there."""
    lon, lat, back = GEOD.fwd(a[:, 0], a[:, 1], azimuth, metres)
    return np.column_stack([lon, lat]), np.asarray(back) + 180
