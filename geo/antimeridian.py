"""The meridian of 180°, where a flat map is torn: cutting there, joining, shifting the tear.

Three forms of one geometry occur. *Broken*: longitudes within ±180 that jump by 360 where a line
crosses 180°. *Unbroken*: longitudes run on past ±180. *Cut*: RFC 7946 section 3.1.9, parts that
end at 180° and begin again at -180°. `geo.unwrap.unwrap` leads from the first to the second, `cut`
from the second to the third, and `shift` moves the tear of the third to another meridian.

Cut vertices lie on the chord in longitude and latitude, as RFC 7946 section 3.1.1 draws lines,
and are the same number on both sides. The `antimeridian` package rounds them to 1e-7°, which
moves areas, takes no points, collections or unbroken longitudes, and compares vertices one by one
in Python (minutes for a base map); so it is the oracle of the tests and not the tool here.
"""

import math
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import cast

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.clean import polygons_of, valid

Ring = npt.NDArray[np.float64]  # shape (n, 2): lon, lat; the first vertex repeated at the end

_MULTI: dict[type, Callable[..., BaseGeometry]]
_MULTI = {Point: MultiPoint, LineString: MultiLineString, Polygon: MultiPolygon}


def cut(geometry: BaseGeometry) -> BaseGeometry:
    """An unbroken geometry of any type in RFC 7946 form: within ±180, cut there, shells ccw.

    What is cut already keeps its vertices. A polygon that needs cutting and is not valid is made
    valid first. Heights are dropped. One part comes back single, several as the multi type; a
    collection is cut member by member.
    """
    return _map(geometry, lambda one: _windowed(one, -180.0))


def shift(geometry: BaseGeometry, lon0: float) -> BaseGeometry:
    """A cut geometry for a map whose middle is ``lon0``: longitudes within lon0 ± 180.

    Parts that met at 180° are joined there (the cut vertices stay), and what crosses lon0 ± 180
    is cut. `cut` leads back. Types are as for `cut`.
    """
    west = float(lon0) - 180.0
    return _map(geometry, lambda one: _stitched(_windowed(one, west), west))


def _map(
    geometry: BaseGeometry, change: Callable[[BaseGeometry], list[BaseGeometry]]
) -> BaseGeometry:
    if geometry.geom_type == "GeometryCollection":
        members = [_map(member, change) for member in shapely.get_parts(geometry)]
        return shapely.GeometryCollection(members)
    if geometry.is_empty:
        return geometry
    return like(geometry, change(shapely.force_2d(geometry)))


def like(geometry: BaseGeometry, parts: list[BaseGeometry]) -> BaseGeometry:
    """The parts as one geometry of the family of ``geometry``: single, or the multi type."""
    if geometry.geom_type == "GeometryCollection":
        return shapely.GeometryCollection(parts)
    if len(parts) == 1:
        return parts[0]
    kind = shapely.get_parts(geometry)[0]
    return _MULTI[type(kind)](parts)


def rings_of(polygon: Polygon) -> list[BaseGeometry]:
    """The shell of a polygon, then its holes."""
    return [polygon.exterior, *polygon.interiors]


def _windowed(geometry: BaseGeometry, west: float) -> list[BaseGeometry]:
    """The parts of a non-collection, each within west .. west + 360."""
    return [one for part in shapely.get_parts(geometry) for one in _part(part, west)]


def _part(part: BaseGeometry, west: float) -> Iterable[BaseGeometry]:
    low, _, high, _ = part.bounds
    if west <= low and high <= west + 360:
        return [shapely.orient_polygons(part)]
    first = math.floor((low - west) / 360)
    last = max(first, math.ceil((high - west) / 360) - 1)
    if first == last:
        return [shapely.orient_polygons(_moved(part, west, first))]
    if isinstance(part, LineString):
        return _cut_line(part, west)
    return _cut_polygon(cast(Polygon, part), west, range(first, last + 1))


def _moved(part: BaseGeometry, west: float, turn: int) -> BaseGeometry:
    """The part moved back by ``turn`` turns; what lies on an edge of a window stays on it."""
    left, right = west + 360 * turn, west + 360 * (turn + 1)

    def move(points: Ring) -> Ring:
        lons = points[:, 0]
        moved = np.where(lons == right, west + 360, lons - 360 * turn)
        return np.column_stack([np.where(lons == left, west, moved), points[:, 1]])

    return shapely.transform(part, move)


def _noded(points: Ring, west: float) -> Ring:
    """The points with one more wherever a segment crosses an edge of a window."""
    low, high = points[:, 0].min(), points[:, 0].max()
    for turn in range(math.ceil((low - west) / 360), math.floor((high - west) / 360) + 1):
        edge = west + 360 * turn
        start, end = points[:-1], points[1:]
        at = np.nonzero((start[:, 0] - edge) * (end[:, 0] - edge) < 0)[0]
        # From west to east whichever way it is drawn: neighbours get the same vertex.
        order = (start[at, 0] < end[at, 0])[:, None]
        a, b = np.where(order, start[at], end[at]), np.where(order, end[at], start[at])
        lats = a[:, 1] + (edge - a[:, 0]) * (b[:, 1] - a[:, 1]) / (b[:, 0] - a[:, 0])
        points = np.insert(points, at + 1, np.column_stack([np.full_like(lats, edge), lats]), 0)
    return points


def _cut_line(line: LineString, west: float) -> list[BaseGeometry]:
    points = _noded(shapely.get_coordinates(line), west)
    turns = _turns(points[:, 0], west)
    ends = [0, *(np.nonzero(np.diff(turns))[0] + 1), len(turns)]
    return [
        _moved(LineString(points[start : end + 1]), west, int(turns[start]))
        for start, end in pairwise(ends)
    ]


def _turns(lons: npt.NDArray[np.float64], west: float) -> npt.NDArray[np.int64]:
    """For each segment the window that it lies in; one along an edge stays with its neighbour."""
    middle = ((lons[:-1] + lons[1:]) / 2 - west) / 360
    turns = np.floor(middle).astype(np.int64)
    along = (lons[:-1] == lons[1:]) & (middle == turns)
    inside = np.nonzero(~along)[0]
    before = np.searchsorted(inside, np.arange(len(turns)), side="right") - 1
    return turns[inside[np.maximum(before, 0)]]


def _cut_polygon(polygon: Polygon, west: float, turns: range) -> list[BaseGeometry]:
    # With a vertex at every crossing the overlay finds no new ones: both sides get the same.
    noded = valid(_rebuilt(polygon, lambda ring: _noded(ring, west)))
    windows = {t: shapely.box(west + 360 * t, -100, west + 360 * (t + 1), 100) for t in turns}
    return [
        shapely.orient_polygons(_moved(piece, west, turn))
        for turn, window in windows.items()
        for piece in polygons_of(shapely.intersection(noded, window))
    ]


def _rebuilt(polygon: Polygon, change: Callable[[Ring], Ring]) -> Polygon:
    shell, *holes = [change(shapely.get_coordinates(ring)) for ring in rings_of(polygon)]
    return Polygon(shell, holes)


def _stitched(parts: list[BaseGeometry], west: float) -> list[BaseGeometry]:
    """The parts, those that meet at 180° made one."""
    seam = 180 + 360 * math.ceil((west - 180) / 360)
    if seam == west or len(parts) == 1 or isinstance(parts[0], Point):
        return parts
    bounds = shapely.bounds(parts)
    touch = (bounds[:, 0] == seam) | (bounds[:, 2] == seam)
    if touch.sum() < 2:
        return parts
    apart = [part for part, meets in zip(parts, touch, strict=True) if not meets]
    return apart + _union([part for part, meets in zip(parts, touch, strict=True) if meets])


def _union(parts: list[BaseGeometry]) -> list[BaseGeometry]:
    if isinstance(parts[0], LineString):
        merged = shapely.line_merge(_MULTI[LineString](parts), directed=True)
        return list(shapely.get_parts(merged))
    return list(shapely.get_parts(shapely.orient_polygons(shapely.union_all(parts))))
