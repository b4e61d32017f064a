"""Areas that fit together without gaps, and which edges of an area are only those of a map."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import LineString, MultiLineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge

from geo.feature import Feature

HEAVY = 20_000  # vertices: about half a megabyte of GeoJSON
HAIR = 2e-4  # degrees: what rounding to the grid of the base can move the end of a map


def is_heavy_coverage(features: Sequence[Feature]) -> bool:
    """Whether the features are areas of more than 20,000 vertices that share all their edges.

    Features without geometry do not count. The test of the edges is dear (a second for 160,000
    vertices) and made only for what is heavy.
    """
    if sum(feature.vertices for feature in features) <= HEAVY or not are_areas(features):
        return False
    shapes = [feature.geometry for feature in features if feature.geometry is not None]
    return bool(shapely.coverage_is_valid(np.array(shapes, dtype=object)))


def are_areas(features: Sequence[Feature]) -> bool:
    """Whether every geometry that the features have is an area."""
    shapes = (feature.geometry for feature in features if feature.geometry is not None)
    return all(shape.geom_type in {"Polygon", "MultiPolygon"} for shape in shapes)


def has_areas(features: Sequence[Feature]) -> bool:
    """Whether any geometry that the features have is an area."""
    return any(feature.form == "area" for feature in features)


def at_sea(features: Sequence[Feature], land: BaseGeometry) -> bool:
    """Whether a point of each area lies outside ``land``, so that land may cover their coasts."""
    shapes = [feature.geometry for feature in features if feature.geometry is not None]
    shapely.prepare(land)
    try:
        return not shapely.intersects(land, shapely.point_on_surface(shapes)).any()
    finally:
        shapely.destroy_prepared(land)  # it would weigh more than the land itself


def quietest_meridian(shapes: Sequence[BaseGeometry], north: float) -> float:
    """Of the meridians 5°, 15°, 25° … the one that cuts the fewest shapes; of several the middle.

    What lies beyond the latitude ``north`` does not count. The meridian of 180° is never it,
    because RFC 7946 cuts everything there.
    """
    points, of = shapely.get_coordinates(list(shapes), return_index=True)
    meridians = np.arange(-175.0, 180.0, 10.0)
    # how many meridians lie west of each point, and how many west of it or under it
    west, under = (np.searchsorted(meridians, points[:, 0], side) for side in ("left", "right"))
    apart = np.minimum(under[1:], under[:-1]) < np.maximum(west[1:], west[:-1])
    some = np.flatnonzero((of[1:] == of[:-1]) & apart)  # few edges cross any
    start, end, lat, of = points[some, 0], points[some + 1, 0], points[some + 1, 1], of[some]
    real = (np.abs(end - start) < 180) & (lat < north)
    crossed = ((start - m) * (end - m) < 0 for m in meridians)
    cut = [len(np.unique(of[real & one])) for one in crossed]
    fewest = np.flatnonzero(np.array(cut) == min(cut))
    return float(meridians[fewest[len(fewest) // 2]])


def places_for_names(shape: BaseGeometry) -> list[tuple[float, float, float]]:
    """Where a name fits into an area of the plane: x, y and the distance to the nearest edge.

    One place in the largest part, and one in each other that is at least a third as large.
    """
    every = shapely.get_parts(shapely.get_parts(shape))  # an area may stand in a collection
    parts = [part for part in every if isinstance(part, Polygon)]
    least = max((part.area for part in parts), default=0.0) / 3
    rays = [shapely.maximum_inscribed_circle(part, 0.05) for part in parts if part.area >= least]
    return [(ray.coords[0][0], ray.coords[0][1], ray.length) for ray in rays]


def with_true_outline(shape: BaseGeometry, west: float, limit: float) -> BaseGeometry:
    """An area that a map cuts, as a collection of the area and of its outline but for the cut.

    The cut lies at the longitudes ``west`` and ``west + 360`` and the latitudes ± ``limit``. What
    touches none of them, and what is no area, comes back as it is.
    """
    rings = [
        ring
        for part in shapely.get_parts(shape)
        if isinstance(part, Polygon)
        for ring in (part.exterior, *part.interiors)
    ]
    kept = [_uncut(shapely.get_coordinates(ring), west, limit) for ring in rings]
    if all(len(lines) == 1 and len(lines[0].coords) == len(ring.coords)
           for lines, ring in zip(kept, rings, strict=True)):  # fmt: skip
        return shape
    outline = linemerge(MultiLineString([line for lines in kept for line in lines]))
    return shapely.GeometryCollection([shape, outline])


def _uncut(points: np.ndarray, west: float, limit: float) -> list[LineString]:
    """The runs of a ring between its edges on the cut."""
    x, y = points[:, 0], points[:, 1]
    sides = [np.abs(x - west), np.abs(x - west - 360), np.abs(y - limit), np.abs(y + limit)]
    cut = np.any([(side[:-1] < HAIR) & (side[1:] < HAIR) for side in sides], axis=0)
    runs = np.split(np.arange(len(cut)), np.flatnonzero(np.diff(cut)) + 1)
    return [LineString(points[run[0] : run[-1] + 2]) for run in runs if not cut[run[0]]]
