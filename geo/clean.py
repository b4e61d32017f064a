"""Polygons made valid, without losing what they cover."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry


def polygons_of(geometry: BaseGeometry) -> list[Polygon]:
    """The polygons in a geometry of any type, however deep; lines and points are left out."""
    if isinstance(geometry, Polygon):
        return [] if geometry.is_empty else [geometry]
    if isinstance(geometry, (MultiPolygon, shapely.GeometryCollection)):
        return [one for part in geometry.geoms for one in polygons_of(part)]
    return []


def valid(geometry: BaseGeometry) -> BaseGeometry:
    """The geometry if it is valid, or else the valid polygons that cover what its rings enclose.

    The structure method keeps shells as area and holes as holes where rings cross themselves
    (Martinez-Llario and others, 2020, as in GEOS 3.10). Spikes and gores without area vanish.
    """
    if geometry.is_valid:
        return geometry
    made = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    return joined(polygons_of(made))


def joined(polygons: list[Polygon]) -> BaseGeometry:
    """One polygon as it is, several (which do not overlap) as a multipolygon."""
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def covering(shapes: Sequence[BaseGeometry], **options: Any) -> list[BaseGeometry]:
    """The polygons, in order, as a clean coverage: `shapely.coverage_clean` with its options.

    GEOS 3.14 now and then leaves the processor's flag for an invalid number behind on its way to
    a right result, which numpy then reports as a warning of ours; the result is the same.
    """
    clean = shapely.coverage_clean  # type: ignore[attr-defined]  # younger than its type stubs
    with np.errstate(invalid="ignore"):
        return list(clean(list(shapes), **options))
