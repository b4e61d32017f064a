"""The base map: world-atlas (Natural Earth, 1:10 million) made fit for a flat map.

The arcs of the TopoJSON stand on a coarse grid and its rings are drawn on the sphere: one runs
around the south pole, several cross 180°, and a fifth of the countries cross themselves. What
comes out is one valid coverage: neighbours share their vertices and nothing overlaps.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import cut
from geo.clean import Polygons, covering, joined, touching, valid_by_parts
from geo.formats import DECIMALS
from geo.topojson import decode
from geo.unwrap import unwrap
from layers.errors import LayersError

GRID = 10.0**-DECIMALS
Owners = npt.NDArray[np.int64]


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
    covered = [_written(shape) for shape in _covering(shapes)]
    named = zip(members, covered, strict=True)
    return tuple(Area(one.properties["name"], one.id, shape) for one, shape in named)


def land(data: bytes) -> BaseGeometry:
    """All areas as one multipolygon: the coast, with the very vertices of the countries."""
    parts = shapely.get_parts([area.geometry for area in areas(data)])
    near = touching(parts)
    union = shapely.coverage_union_all(parts[near])
    return _written(joined([*parts[~near], *shapely.get_parts(union)]))


def _covering(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """The shapes as one coverage. What touches nothing is none of its business: 9 parts in 10."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    near = touching(parts)
    clean = covering(_grouped(parts[near], owner[near]), snapping_distance=0)
    made, of = shapely.get_parts(clean, return_index=True)
    owners = np.append(owner[~near], np.unique(owner[near])[of])
    return _grouped(np.append(parts[~near], made), owners)


def _grouped(parts: Polygons, owner: Owners) -> list[BaseGeometry]:
    """One geometry for each owner, in their order."""
    order = np.argsort(owner, kind="stable")
    ends = np.flatnonzero(np.diff(owner[order])) + 1
    return [joined(list(group)) for group in np.split(parts[order], ends)]


def _flat(geometry: BaseGeometry) -> BaseGeometry:
    # Rounded before anything else: the file's grid puts vertices exactly on other edges, and
    # rounding afterwards would push some of them across.
    rounded = shapely.transform(geometry, lambda points: np.round(points, DECIMALS))
    return shapely.set_precision(cut(valid_by_parts(unwrap(rounded))), GRID)


def _written(geometry: BaseGeometry) -> BaseGeometry:
    """As it will be written: rounded, normal order of parts and vertices, shells ccw."""
    rounded = shapely.transform(geometry, lambda points: np.round(points, DECIMALS))
    if not rounded.is_valid:
        raise LayersError(f"rounding broke a polygon: {shapely.is_valid_reason(rounded)}")
    return shapely.orient_polygons(shapely.normalize(rounded))
