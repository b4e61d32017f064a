"""A scale bar: a round length on the ground and how many pixels it takes at one place.

Maps have no one scale. The bar is measured along the parallel through the place named, which in a
conformal projection holds for every direction there.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.geodesic import GEOD

_ROUND = (1.0, 2.0, 3.0, 4.0, 5.0)
_ARC_DEG = 0.05  # half the stretch that is measured, in degrees of a great circle

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """``length_m`` on the ground along the parallel of ``latitude`` takes ``length_px``."""

    length_m: float
    length_px: float
    latitude: float


def scale_bar(
    pixels: Callable[[Numbers], Numbers], lon: float, lat: float, most_px: float
) -> ScaleBar:
    """The longest bar of a round length (1 to 5 × 10ⁿ m) that is at most ``most_px`` long.

    ``pixels`` takes degrees, shape (n, 2), to px. The pole has no parallel: measure beside it.
    """
    per_px = metres_per_px(pixels, lon, lat)
    length = round_below(per_px * most_px)
    return ScaleBar(length, length / per_px, lat)


def metres_per_px(pixels: Callable[[Numbers], Numbers], lon: float, lat: float) -> float:
    """How many metres of the parallel at this place one pixel shows."""
    half = _ARC_DEG / max(math.cos(math.radians(lat)), 1e-3)
    ends = np.array([[lon - half, lat], [lon + half, lat]])
    across = float(np.hypot(*np.diff(pixels(ends), axis=0)[0]))
    return float(GEOD.inv(*ends[0], *ends[1])[2]) / across


def round_below(metres: float) -> float:
    """The largest of 1, 2, 3, 4 and 5 × 10ⁿ that is not more."""
    power = 10.0 ** math.floor(math.log10(metres) + 1e-12)
    return max(one * power for one in _ROUND if one * power <= metres * (1 + 1e-12))
