"""Where in an area of the plane its name has most room."""

from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.plane import WORLD, Plane
from layers.planes import PlaneStore
from server.draw.frame import Window

COARSE_M = 4_000.0  # m of the plane for each px: fine enough for the middle of a country
FARTHEST_M = 3e7  # from the pole, in a plane around it
TOLERANCE = 0.02  # of the square root of the area


class Room(NamedTuple):
    """The middle of the largest circle in an area, metres of the plane; ``main`` is the widest."""

    feature: int
    x: float
    y: float
    radius: float
    main: bool


def everything(plane: Plane) -> Window:
    """All of a plane, and in Mercator no more than one world of it."""
    half = FARTHEST_M if plane.polar else WORLD / 2
    return (-half, -half, half, half)


def rooms(store: PlaneStore, least: float = 1 / 3) -> list[Room]:
    """For each area its rooms: that of its largest part, and of each ``least`` times as large."""
    shapes, numbers = store.level(COARSE_M).whole(everything(store.plane))
    found = []
    for shape, number in zip(shapes, numbers.tolist(), strict=True):
        found += _rooms(number, shape, least)
    return found


def _rooms(number: int, shape: BaseGeometry, least: float) -> list[Room]:
    parts = shapely.get_parts(shape)
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    sizes = shapely.area(parts)
    if not len(parts) or not sizes.max() > 0:
        return []
    order = np.argsort(-sizes, kind="stable")
    return [
        _room(number, parts[one], first == 0)
        for first, one in enumerate(order.tolist())
        if sizes[one] >= least * sizes.max()
    ]


def _room(number: int, part: BaseGeometry, main: bool) -> Room:
    ray = shapely.maximum_inscribed_circle(part, TOLERANCE * part.area**0.5)
    x, y = shapely.get_coordinates(ray)[0].tolist()
    return Room(number, x, y, float(shapely.length(ray)), main)
