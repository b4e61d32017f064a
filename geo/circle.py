"""Geodesic circles: all points at one distance from a centre, and how far a chord is for that."""

import numpy as np
import numpy.typing as npt

from geo.geodesic import GEOD

Numbers = npt.NDArray[np.float64]


def circles(centres: Numbers, radius_m: float, count: int) -> Numbers:
    """The vertices of a circle about each centre, shape (n, count, 2): lon, lat; not closed.

    Every vertex lies exactly ``radius_m`` along the geodesic. Bearings start at north, the same
    for all, so that the result does not hang on the order of the centres. Between vertices a chord
    lies inside by its sagitta, ``radius_m * (1 - cos(180° / count))``.
    """
    bearings = np.tile(np.arange(count) * (360.0 / count), len(centres))
    lons, lats = (np.repeat(centres[:, axis], count) for axis in (0, 1))
    lons, lats, _ = GEOD.fwd(lons, lats, bearings, np.full(len(bearings), radius_m))
    return np.column_stack([lons, lats]).reshape(len(centres), count, 2)


def sagitta_m(radius_m: float, count: int) -> float:
    """How far the middle of a chord lies inside the circle of ``count`` vertices."""
    return float(radius_m * (1 - np.cos(np.pi / count)))
