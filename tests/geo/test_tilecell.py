"""One tile: its window, its units, and what is clipped to it."""

import numpy as np
import shapely

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


def test_a_turned_grid_is_clipped_to_its_own_tile() -> None:
    """Its window in the plane is the square around a turned square."""
    cell = Cell(GRIDS["Arctic3413Quad"], 3, 3, 3)
    area = shapely.box(*cell.window)
    made, numbers = cell.shapes(np.array([area], dtype=object), np.array([7]))
    assert numbers.tolist() == [7]
    own = shapely.box(-BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER)
    assert made[0].symmetric_difference(own).area < 1


def test_shapes_and_points_come_by_number() -> None:
    cell = Cell(WEB, 0, 0, 0)
    at = np.array([[0.0, 0.0], [1e6, 1e6], [-1e6, 1e6]])
    numbers = np.array([2, 0, 1])
    shapes = np.array([shapely.Point(one) for one in at])
    assert cell.shapes(shapes, numbers)[1].tolist() == [0, 1, 2]
    places, owners = cell.spots(at, numbers)
    assert owners.tolist() == [0, 1, 2]
    assert places[2].tolist() == [EXTENT // 2, EXTENT // 2]
