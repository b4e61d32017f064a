"""The two long sides of a two-way route, and how far apart they are."""

import math
from collections.abc import Iterator

import shapely
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.geodesic import Point as LonLat
from geo.geodesic import distance_m

_SNAP_DEG = 1e-6  # about 0.1 m: shared borders are equal to 1e-7 degrees


def sides(route: BaseGeometry, ends: list[BaseGeometry]) -> list[LineString]:
    """What is left of the outline where the route does not border on the areas at its ends.

    Two lines when it meets both areas without a gap; any other number is a fault of the route.
    """
    assert isinstance(route, Polygon)
    areas = shapely.union_all(ends).buffer(_SNAP_DEG)
    left = shapely.line_merge(shapely.difference(route.exterior, areas))
    return [part for part in shapely.get_parts(left) if isinstance(part, LineString)]


def widths_m(one: LineString, other: LineString) -> Iterator[tuple[float, LonLat]]:
    """Metres from each vertex of either side straight across to the other, and that vertex.

    A vertex whose nearest point is an end of the other side is left out: there the mouth is
    oblique and the way to the end is not the width.
    """
    for side, across in ((one, other), (other, one)):
        for lon, lat in side.coords:
            narrow = math.cos(math.radians(lat))
            foot = _foot(lon, lat, across, narrow)
            if foot is not None:
                yield distance_m((lon, lat), foot), (lon, lat)


def _foot(lon: float, lat: float, side: LineString, narrow: float) -> LonLat | None:
    """The nearest point of ``side`` on a plane that is true around the vertex, unless an end."""
    flat = shapely.transform(side, lambda xy: xy * [narrow, 1.0])
    assert isinstance(flat, LineString)
    along = flat.project(Point(lon * narrow, lat))
    if not 1e-6 < along < flat.length - 1e-6:
        return None
    spot = flat.interpolate(along)
    return spot.x / narrow, spot.y
