"""One tile of a grid, and geometry of the stored plane in its units."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from geo.grid import TILE_PX, Bounds, Grid
from geo.mvt import BUFFER, EXTENT
from geo.mvtgeometry import Geometries
from geo.plane import Points

UNITS_PER_PX = EXTENT / TILE_PX
_SPILL = 2.0  # units beyond the buffer that need no clipping
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cell:
    """A tile. Units count from its left top corner, x to the right and y down."""

    grid: Grid
    zoom: int
    row: int
    col: int

    @property
    def window(self) -> Bounds:
        """The tile and its buffer in metres of the stored plane."""
        return self.grid.window(self.zoom, self.col, self.row, BUFFER / UNITS_PER_PX)

    @property
    def corner(self) -> Numbers:
        """The left top corner in units from that of the zoom."""
        return np.array([self.col, self.row], dtype=np.int64) * EXTENT

    def units(self, points: Points) -> Points:
        """Points of the stored plane in units of the tile, not rounded."""
        at: Points = self.grid.pixels(self.zoom, points) * UNITS_PER_PX - self.corner
        return at

    def shapes(self, geometries: Geometries, numbers: Numbers) -> tuple[Geometries, Numbers]:
        """Geometries of the stored plane in units of the tile, by number, clipped to its buffer.

        They come clipped already, but those of a turned grid to more than that.
        """
        order = np.argsort(numbers, kind="stable")
        made, numbers = shapely.transform(geometries[order], self.units), numbers[order]
        low, high = -BUFFER, EXTENT + BUFFER
        box = shapely.bounds(made)
        out = (box[:, :2] < low - _SPILL).any(axis=1) | (box[:, 2:] > high + _SPILL).any(axis=1)
        if not out.any():
            return made, numbers
        made[out] = shapely.clip_by_rect(made[out], low, low, high, high)
        held = ~shapely.is_empty(made)
        return made[held], numbers[held]

    def spots(self, points: Points, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Points of the stored plane in whole units, by number, those in the buffer or nearer."""
        at = np.rint(self.units(points)).astype(np.int64)
        held = ((at >= -BUFFER) & (at <= EXTENT + BUFFER)).all(axis=1)
        order = np.argsort(numbers[held], kind="stable")
        return at[held][order], numbers[held][order]
