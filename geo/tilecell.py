"""One tile of a grid, and geometry of the stored plane in its units."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.grid import TILE_PX, Bounds, Grid
from geo.mvt import BUFFER, EXTENT
from geo.plane import Points

UNITS_PER_PX = EXTENT / TILE_PX
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
