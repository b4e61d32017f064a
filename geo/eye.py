"""A position made ready to be asked of many indices: what each of them needs is worked out once."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.geodesic import GEOD, Point
from geo.polar import point_in_plane

NORTH = 29.0  # degrees; nothing is asked in the polar plane south of this

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Eye:
    """A position (lon, lat), in space (geocentric metres), in degrees and in the polar plane.

    On 180° it has two spots in degrees, since ±180° are one meridian, and two in the polar plane, a
    tenth of a millimetre to either side of it, since parts are cut there.
    """

    at: Point
    space: Numbers
    flat: tuple[Point, ...]
    polar: tuple[Point, ...]


def eye_of(at: Point, *, areas: bool = True) -> Eye:
    """The position made ready; without ``areas`` for lines alone, in half the time."""
    if not areas:
        return Eye(at, _in_space(at), (), ())
    lon, lat = at
    cut = abs(lon) == 180
    beside = [(180 - 1e-9, lat), (-180 + 1e-9, lat)] if cut and lat < 90 else [at]
    polar = tuple(_in_plane(one) for one in beside) if lat > NORTH else ()
    return Eye(at, _in_space(at), (at, (-lon, lat)) if cut else (at,), polar)


def _in_plane(at: Point) -> Point:
    return (0.0, 0.0) if at[1] >= 90 else point_in_plane(at)  # the pole is exactly the middle


def _in_space(at: Point) -> Numbers:
    """`geo.balls.space` for one point, for which arrays take ten times as long."""
    lon, lat = math.radians(at[0]), math.radians(at[1])
    across = GEOD.a / math.sqrt(1 - GEOD.es * math.sin(lat) ** 2)
    flat, up = across * math.cos(lat), across * (1 - GEOD.es) * math.sin(lat)
    return np.array([flat * math.cos(lon), flat * math.sin(lon), up])
