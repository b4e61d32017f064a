"""The base map: world-atlas (Natural Earth, 1:10 million) made fit for a flat map.

The arcs of the TopoJSON stand on a coarse grid and its rings are drawn on the sphere: one runs
around the south pole, several cross 180°, and a fifth of the countries cross themselves. What
comes out is one valid coverage: neighbours share their vertices and nothing overlaps.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import cut, unwrap
from geo.clean import covering, valid
from geo.formats import DECIMALS
from geo.topojson import decode
from layers.errors import LayersError

GRID = 10.0**-DECIMALS


@dataclass(frozen=True, slots=True)
class Area:
    """A country or other area of the atlas: its name there, its ISO numeric code or None."""

    name: str
    code: str | None
    geometry: BaseGeometry


@lru_cache(maxsize=1)
def areas(data: bytes) -> tuple[Area, ...]:
    """The areas of ``countries-10m.json`` in file order, in RFC 7946 form and on the written grid.

    Areas that vanish on the file's own grid (the Vatican) are left out. Kept for the last file
    asked for, because `countries` and `land` are made of the same. Raises `BadTopology`.
    """
    members = [one for one in decode(data).members("countries") if one.geometry is not None]
    shapes = [_flat(member.geometry) for member in members if member.geometry is not None]
    covered = [_written(shape) for shape in covering(shapes, snapping_distance=0)]
    named = zip(members, covered, strict=True)
    return tuple(Area(one.properties["name"], one.id, shape) for one, shape in named)


def land(data: bytes) -> BaseGeometry:
    """All areas as one multipolygon: the coast, with the very vertices of the countries."""
    union = shapely.coverage_union_all([area.geometry for area in areas(data)])
    return _written(union)


def _flat(geometry: BaseGeometry) -> BaseGeometry:
    # Rounded before anything else: the file's grid puts vertices exactly on other edges, and
    # rounding afterwards would push some of them across.
    rounded = shapely.transform(geometry, lambda points: np.round(points, DECIMALS))
    return shapely.set_precision(cut(valid(unwrap(rounded))), GRID)


def _written(geometry: BaseGeometry) -> BaseGeometry:
    """As it will be written: rounded, normal order of parts and vertices, shells ccw."""
    rounded = shapely.transform(geometry, lambda points: np.round(points, DECIMALS))
    if not rounded.is_valid:
        raise LayersError(f"rounding broke a polygon: {shapely.is_valid_reason(rounded)}")
    return shapely.orient_polygons(shapely.normalize(rounded))
