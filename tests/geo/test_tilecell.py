"""One tile: its window and its units."""

import numpy as np

from geo.grid import Grid
from geo.mvt import BUFFER, EXTENT
from geo.plane import WORLD
from geo.tilecell import Cell
from layers.grids import load_grids

GRIDS = load_grids()
WEB: Grid = GRIDS["WebMercatorQuad"]


def test_the_corners_of_a_tile_are_0_and_the_extent() -> None:
    cell = Cell(WEB, 3, 2, 5)
    left, top = -WORLD / 2 + 5 * WORLD / 8, WORLD / 2 - 2 * WORLD / 8
    corners = np.array([[left, top], [left + WORLD / 8, top - WORLD / 8]])
    assert np.allclose(cell.units(corners), [[0, 0], [EXTENT, EXTENT]], atol=1e-6)


def test_the_window_is_the_tile_and_its_buffer() -> None:
    cell = Cell(WEB, 3, 2, 5)
    left, bottom, right, top = cell.window
    corners = cell.units(np.array([[left, top], [right, bottom]]))
    assert np.allclose(corners, [[-BUFFER] * 2, [EXTENT + BUFFER] * 2], atol=1e-6)
