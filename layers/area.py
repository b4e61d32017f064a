"""The part of the world that a map is about, and that its readers may pan to."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import shapely

from geo.feature import Feature
from layers.generalise import latitude, mercator_y
from layers.maps import MERCATOR_LIMIT, MapSpec

BESIDE, ABOVE = 0.5, 0.4  # of the first view: how far a reader may pan out of it
WIDE, TALL = 0.9, 1.45  # height to width of windows: of a wide map, and of a telephone held upright


def area_of(map: MapSpec) -> tuple[float, float, float, float]:
    """The part of the unrolled world that a reader may pan to: west, south, east, north.

    The first view and a margin around it, and as much more to the south and, below the end of
    Mercator, to the north as a window of the `tallest` shape needs to hold all of the view.
    """
    left, bottom, right, top = _margin(map)
    west, _, east, _ = map.view
    low, high = (float(y) for y in mercator_y(np.array([bottom, top])))
    limit = float(mercator_y(np.array([MERCATOR_LIMIT]))[0])
    lacking = max(0.0, tallest(map) * (east - west) - (high - low))
    up = min(lacking / 2, limit - high)
    rows = [max(-limit, low - (lacking - up)), high + up]
    bottom, top = (float(one) for one in latitude(np.array(rows)))
    return (left, round(bottom, 3), right, round(top, 3))


def tallest(map: MapSpec) -> float:
    """Height to width of the tallest window that shows the whole first view of the map."""
    return WIDE if is_wide(map) else TALL


def _margin(map: MapSpec) -> tuple[float, float, float, float]:
    """The first view and what lies beside it: what the map is about."""
    west, south, east, north = map.view
    low, high = mercator_y(np.array([south, north]))
    limit = float(mercator_y(np.array([MERCATOR_LIMIT]))[0])
    rows = [low - ABOVE * (high - low), high + ABOVE * (high - low)]
    bottom, top = latitude(np.clip(rows, -limit, limit))
    left = max(west - BESIDE * (east - west), map.lon0 - 180)
    right = min(east + BESIDE * (east - west), map.lon0 + 180)
    return (round(left, 3), round(float(bottom), 3), round(right, 3), round(float(top), 3))


def is_wide(map: MapSpec) -> bool:
    """Whether the first view is so wide that a tall window would show the half of the world."""
    return _slope(map) < 0.5


def is_band(map: MapSpec) -> bool:
    """Whether the first view is a band around most of the world."""
    return _slope(map) < 0.4 and map.view[2] - map.view[0] > 240


def _slope(map: MapSpec) -> float:
    west, south, east, north = map.view
    return float(np.ptp(mercator_y(np.array([south, north]))) / (east - west))


def within(feature: Feature, map: MapSpec) -> bool:
    """Whether any of the feature lies in the first view of the map or beside it."""
    windows = _windows(_margin(map))
    if feature.box is None or not shapely.intersects(shapely.box(*feature.box), windows).any():
        return False
    return bool(shapely.intersects(feature.geometry, windows).any())


@lru_cache
def _windows(margin: tuple[float, float, float, float]) -> npt.NDArray[np.object_]:
    """The margin as boxes within ±180°: to move them there is less than to move every shape."""
    west, south, east, north = margin
    ends = ((max(west + turn, -180.0), min(east + turn, 180.0)) for turn in (-360, 0, 360))
    return np.array([shapely.box(a, south, b, north) for a, b in ends if a < b], dtype=object)
