"""Meridians and parallels at round distances, as lines in degrees."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

STEPS = (1 / 12, 1 / 6, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0)  # degrees
POINT_DEG = 1.0  # distance of the points of a line, at most
RAYS = 90.0  # meridians that are multiples of this run to the pole; the others stop short of it

Numbers = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False, slots=True)
class Graticule:
    """Lines by their longitude (-180 < lon ≤ 180) or latitude, each of shape (n, 2)."""

    meridians: dict[float, Numbers]
    parallels: dict[float, Numbers]


def step_for(span: float, lines: float = 5, steps: tuple[float, ...] = STEPS) -> float:
    """The round step at which about ``lines`` lines cross ``span`` degrees."""
    wanted = max(span, 1e-9) / lines
    return min(steps, key=lambda step: abs(math.log(step / wanted)))


def graticule(box: Box, steps: tuple[float, float], clear: float = 90.0) -> Graticule:
    """The meridians and the parallels of a box at two ``steps``: of longitude, of latitude.

    The box is (west, south, east, north); ``east`` may lie beyond 180: longitudes of the points
    run on, so no line jumps. North of the latitude ``clear`` only the meridians at multiples of
    90° run on to the pole. The poles themselves are no parallels.
    """
    west, south, east, north = box
    across, along = steps
    lons, lats = _multiples(west, east, across), _multiples(south, north, along)
    if east - west >= 360 - 1e-9:
        lons = lons[lons < west + 360 - 1e-9]
    return Graticule(
        {named(lon): _meridian(lon, south, _end(lon, north, clear)) for lon in lons.tolist()},
        {lat: _parallel(lat, west, east) for lat in lats.tolist() if abs(lat) < 90},
    )


def named(lon: float) -> float:
    """A longitude within -180 < lon ≤ 180, as it is written beside its meridian."""
    turned = 180 - (180 - lon) % 360
    return round(turned, 9) + 0.0


def _end(lon: float, north: float, clear: float) -> float:
    return north if lon % RAYS == 0 else min(north, clear)


def _multiples(low: float, high: float, step: float) -> Numbers:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return np.round(np.arange(first, last + 1) * step, 9)


def _meridian(lon: float, south: float, north: float) -> Numbers:
    lats = _between(south, north)
    return np.column_stack([np.full(len(lats), lon), lats])


def _parallel(lat: float, west: float, east: float) -> Numbers:
    lons = _between(west, east)
    return np.column_stack([lons, np.full(len(lons), lat)])


def _between(low: float, high: float) -> Numbers:
    fine = min(POINT_DEG, max(high - low, 1e-6) / 24)
    return np.linspace(low, high, max(2, math.ceil((high - low) / fine) + 1))
