"""Polygons made valid, without losing what they cover."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

Polygons = npt.NDArray[np.object_]


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


def valid_by_parts(geometry: BaseGeometry) -> BaseGeometry:
    """As `valid`, of many parts of which few are at fault: the others are left as they are.

    Where parts meet each other as well, all of them are looked at together.
    """
    if geometry.is_valid:
        return geometry
    made = joined([one for part in shapely.get_parts(geometry) for one in polygons_of(valid(part))])
    return made if made.is_valid else valid(geometry)


def touching(polygons: Polygons) -> npt.NDArray[np.bool_]:
    """For each polygon whether it has a point in common with another one."""
    one, other = shapely.STRtree(polygons).query(polygons)
    size = shapely.get_num_coordinates(polygons)
    larger = (size[one] > size[other]) | ((size[one] == size[other]) & (one < other))
    one, other = one[larger], other[larger]
    shapely.prepare(polygons[np.unique(one)])  # the larger of two: then a small one costs little
    meet = shapely.intersects(polygons[one], polygons[other])
    found = np.zeros(len(polygons), dtype=bool)
    found[one[meet]] = found[other[meet]] = True
    return found


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
