"""The smallest bounding box of many geometries, which may run across 180°."""

from collections.abc import Iterable

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.bbox import BBox


def extent_of(geometries: Iterable[BaseGeometry | None]) -> BBox | None:
    """The box with the least width that holds all of them; None when there is nothing.

    Geometry is cut at 180° as RFC 7946 asks. The widest gap in longitude is left out, wherever
    it lies, so that Chukotka with Alaska is 30° wide and not 360°.
    """
    parts = shapely.get_parts(np.array(list(geometries), dtype=object))
    bounds = shapely.bounds(parts[~shapely.is_empty(parts)])
    if not len(bounds):
        return None
    south, north = bounds[:, 1].min(), bounds[:, 3].max()
    west, east = _span(sorted(bounds[:, [0, 2]].tolist()))
    return BBox(west, float(south), east, float(north))


def _span(spans: list[list[float]]) -> tuple[float, float]:
    first, last = spans[0][0], max(end for _, end in spans)
    widest, west, east = first + 360 - last, first, last
    reach = spans[0][1]
    for start, end in spans[1:]:
        if start - reach > widest + 1e-9:
            widest, west, east = start - reach, start, reach
        reach = max(reach, end)
    return west, east
