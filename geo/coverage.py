"""Polygons that should share their edges, made to do so, in the polar plane of `geo.polar`."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import LinearRing, LineString, MultiLineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import cut
from geo.clean import covering, joined, polygons_of, valid
from geo.errors import BadLine
from geo.formats import DECIMALS
from geo.geodesic import STEP_M
from geo.polar import to_degrees
from geo.unwrap import unwrap


def coverage(polygons: Sequence[BaseGeometry], gap_m: float) -> list[BaseGeometry]:
    """The polygons (metres, in order) as a clean coverage: shared edges are the same vertices.

    What two of them cover goes to the smaller one, which a sliver would change most, and an
    enclosed gap narrower than ``gap_m`` to the neighbour with the longest border on it. Wider
    gaps stay. Edges get a vertex at least every 10 km, before cleaning: afterwards two neighbours
    would put it in two places. Built on GEOS 3.14 (`shapely.coverage_clean`).
    """
    dense = shapely.segmentize(list(polygons), STEP_M)
    return covering(list(dense), gap_width=gap_m, merge_strategy="min_area")


def enclosed(
    parts: Sequence[BaseGeometry], mouth: LineString, inside: tuple[float, float]
) -> tuple[Polygon, LineString]:
    """The face around ``inside`` that the parts enclose once their ``mouth`` is closed.

    Everything is in metres of the plane. The ends of ``mouth`` move to the nearest vertices; the
    line that closes it comes back beside the face. Raises `BadLine` if nothing is enclosed there.
    """
    vertices = shapely.get_coordinates(list(parts))
    start, *middle, end = mouth.coords
    across = LineString([_nearest(start, vertices), *middle, _nearest(end, vertices)])
    across = shapely.segmentize(across, STEP_M)
    lines = shapely.union_all([*shapely.boundary(list(parts)), across])
    faces = shapely.get_parts(shapely.polygonize([lines]))
    found = [face for face in faces if face.contains(Point(inside))]
    if not found:
        raise BadLine(f"nothing is enclosed at {inside}; correct the ends of the mouth")
    return found[0], across


def outline(polygon: BaseGeometry, without: BaseGeometry, within_m: float) -> BaseGeometry:
    """The rings as lines, less what lies within ``within_m`` of ``without``; metres."""
    kept = shapely.difference(polygon.boundary, shapely.buffer(without, within_m))
    lines = MultiLineString([one for one in shapely.get_parts(kept) if one.length > 0])
    return shapely.line_merge(lines)


def lifted(shape: BaseGeometry) -> BaseGeometry:
    """From the plane to RFC 7946: lon, lat, cut at 180°, a polygon over the pole closed along 90°.

    Vertices only: give it edges of 10 km or less, which are straight in the plane, and no ring
    nearer to the pole than that. A neck so narrow that its sides cross in degrees is closed.
    """
    polygons = polygons_of(shape)
    if not polygons:
        return cut(unwrap(shapely.transform(shape, to_degrees)))
    made = [part for polygon in polygons for part in polygons_of(_lifted_polygon(polygon))]
    # On the grid that files are written in: rounding alone could make a neck cross itself.
    return shapely.orient_polygons(shapely.set_precision(valid(joined(made)), 10.0**-DECIMALS))


def _lifted_polygon(polygon: Polygon) -> BaseGeometry:
    """Ring by ring: a hole around the pole or across 180° is a polygon of its own on the way."""
    shell, *holes = [_lifted_ring(ring) for ring in (polygon.exterior, *polygon.interiors)]
    return shapely.difference(shell, shapely.union_all(holes)) if holes else shell


def _lifted_ring(ring: LinearRing) -> BaseGeometry:
    return valid(cut(unwrap(shapely.transform(Polygon(ring), to_degrees))))


def _nearest(point: tuple[float, ...], vertices: np.ndarray) -> tuple[float, float]:
    x, y = vertices[np.hypot(*(vertices - np.array(point[:2])).T).argmin()]
    return float(x), float(y)
