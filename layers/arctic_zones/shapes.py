"""Faces and edges of the construction as geometry in degrees, in RFC 7946 form."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import cut
from geo.clean import polygons_of
from geo.unwrap import unwrap
from layers.arctic_zones.construction import Construction

Numbers = npt.NDArray[np.float64]


def area_of(made: Construction, faces: Sequence[int]) -> BaseGeometry:
    """The union of some faces: lon, lat, cut at 180°, parts in an order of their own."""
    return in_degrees(made, made.arrangement.dissolved(faces))


def in_degrees(made: Construction, shape: BaseGeometry) -> BaseGeometry:
    """A (multi)polygon of the plane, every vertex of which is one of the construction."""
    parts = [
        one
        for part in polygons_of(shape)
        for one in polygons_of(cut(unwrap(_converted(made, part))))
    ]
    normal = shapely.orient_polygons(shapely.normalize(MultiPolygon(parts)))
    found = polygons_of(normal)
    return found[0] if len(found) == 1 else normal


def line_of(made: Construction, shape: BaseGeometry) -> BaseGeometry:
    """A (multi)line of the plane in degrees, cut at 180°."""
    lines = [
        one
        for part in shapely.get_parts(shape)
        for one in shapely.get_parts(
            cut(unwrap(shapely.LineString(made.degrees(shapely.get_coordinates(part)))))
        )
    ]
    return lines[0] if len(lines) == 1 else shapely.MultiLineString(lines)


def _converted(made: Construction, part: Polygon) -> Polygon:
    shell, *holes = (
        _from_the_top(made.degrees(shapely.get_coordinates(ring)))
        for ring in (part.exterior, *part.interiors)
    )
    return Polygon(shell, holes)


def _from_the_top(ring: Numbers) -> Numbers:
    """The ring begun at its northernmost vertex: from there alone a meridian is sure to reach the
    pole without crossing the ring, and along that one a ring around the pole is closed.
    """
    start = int(ring[:-1, 1].argmax())
    return np.vstack([np.roll(ring[:-1], -start, axis=0), ring[start : start + 1]])
