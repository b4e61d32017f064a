"""Vector tiles of collections, made from the projected stores."""

from collections.abc import Sequence
from threading import Lock

import numpy as np
import shapely

from geo.grid import TILE_PX, Grid
from geo.mvt import BUFFER, EXTENT, layer
from geo.mvtgeometry import Geometries
from geo.mvttags import Tags
from geo.plane import Points
from layers.catalogue import Catalogue
from layers.planes import Planes
from layers.vectortags import tags_of

UNITS_PER_PX = EXTENT / TILE_PX
BUFFER_PX = BUFFER / UNITS_PER_PX
_FINENESS = 2.0  # clients show a tile at 512 px and more: they get what 512 px deserve
_SPILL = 2.0  # units beyond the buffer that need no clipping


class VectorTiles:
    """Tiles of one catalogue. The tags of a collection are encoded once, when first asked for."""

    def __init__(self, catalogue: Catalogue, planes: Planes) -> None:
        self.catalogue = catalogue
        self.planes = planes
        self._tags: dict[str, Tags] = {}
        self._lock = Lock()

    def tile(self, ids: Sequence[str], grid: Grid, z: int, row: int, col: int) -> bytes:
        """The tile with a layer for each collection that has something in it, in this order.

        No bytes where none has. Raises `NoSuchLayer`.
        """
        return b"".join(self._layer(one, grid, z, row, col) for one in ids)

    def _layer(self, id: str, grid: Grid, z: int, row: int, col: int) -> bytes:
        store = self.planes.store(id, grid.plane.id)
        level = store.level(grid.resolution(z) / _FINENESS)
        geometries, numbers = level.whole(grid.window(z, col, row, BUFFER_PX))
        if not len(geometries):
            return b""
        made, numbers = _clipped(_in_units(geometries, grid, z, row, col), numbers)
        return layer(id, self._tags_of(id), made, numbers)

    def _tags_of(self, id: str) -> Tags:
        with self._lock:
            if id not in self._tags:
                self._tags[id] = tags_of(self.catalogue[id])
            return self._tags[id]


def _in_units(geometries: Geometries, grid: Grid, z: int, row: int, col: int) -> Geometries:
    """From the stored plane to units of the tile, x to the right and y down."""
    corner = np.array([col, row], dtype=float) * TILE_PX

    def units(points: Points) -> Points:
        moved: Points = (grid.pixels(z, points) - corner) * UNITS_PER_PX
        return moved

    made: Geometries = shapely.transform(geometries, units)
    return made


def _clipped(geometries: Geometries, numbers: np.ndarray) -> tuple[Geometries, np.ndarray]:
    """What lies in the tile and its buffer: a turned grid is given more than that."""
    low, high = -BUFFER, EXTENT + BUFFER
    bounds = shapely.bounds(geometries)
    out = (bounds[:, :2] < low - _SPILL).any(axis=1) | (bounds[:, 2:] > high + _SPILL).any(axis=1)
    if not out.any():
        return geometries, numbers
    made = geometries.copy()
    made[out] = shapely.clip_by_rect(geometries[out], low, low, high, high)
    kept = ~shapely.is_empty(made)
    return made[kept], numbers[kept]
