"""A grid over a plane, against morecantile."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from morecantile import Tile, TileMatrixSet

from geo.errors import NotSimilar
from geo.grid import TILE_PX, Grid
from geo.plane import EQUAL_AREA, STEREOGRAPHIC

HALF = 2.0**23


def made(code: int = 3995, levels: int = 15) -> dict[str, object]:
    """A tile matrix set on a polar projection, as a dictionary."""
    matrices = [
        {
            "id": str(z),
            "scaleDenominator": HALF / 128 / 2**z / 0.00028,
            "cellSize": HALF / 128 / 2**z,
            "pointOfOrigin": [-HALF, HALF],
            "tileWidth": TILE_PX,
            "tileHeight": TILE_PX,
            "matrixWidth": 2**z,
            "matrixHeight": 2**z,
        }
        for z in range(levels)
    ]
    crs = f"http://www.opengis.net/def/crs/EPSG/0/{code}"
    return {"id": "Made", "title": "Made up", "crs": crs, "tileMatrices": matrices}


TURNED = Grid.of(made(3413), STEREOGRAPHIC)
STRAIGHT = Grid.of(made(), STEREOGRAPHIC)
EQUAL = Grid.of(made(3575), EQUAL_AREA)


@pytest.mark.parametrize("grid", [STRAIGHT, TURNED, EQUAL], ids=["3995", "3413", "3575"])
@given(z=st.integers(0, 14), x=st.floats(-9e6, 9e6), y=st.floats(-9e6, 9e6))
def test_pixels_lead_back_to_the_same_point(grid: Grid, z: int, x: float, y: float) -> None:
    point = np.array([[x, y]])
    assert grid.points(z, grid.pixels(z, point)) == pytest.approx(point, abs=1e-6)


@pytest.mark.parametrize("grid", [STRAIGHT, TURNED, EQUAL], ids=["3995", "3413", "3575"])
def test_the_pole_is_in_the_middle_of_a_grid_around_it(grid: Grid) -> None:
    for z in (0, 1, 5, 14):
        middle = TILE_PX * 2**z / 2
        assert grid.pixels(z, np.zeros((1, 2))) == pytest.approx(np.array([[middle, middle]]))


@given(z=st.integers(0, 14), share=st.tuples(st.floats(0, 0.999999), st.floats(0, 0.999999)))
def test_the_window_of_a_tile_is_what_morecantile_says(z: int, share: tuple[float, float]) -> None:
    col, row = (int(one * 2**z) for one in share)
    tms = TileMatrixSet.model_validate(made())
    assert STRAIGHT.window(z, col, row) == pytest.approx(
        tuple(tms.xy_bounds(Tile(col, row, z))), abs=1e-6
    )


@given(z=st.integers(1, 14), share=st.tuples(st.floats(0, 0.999999), st.floats(0, 0.999999)))
def test_windows_lie_side_by_side_without_a_gap(z: int, share: tuple[float, float]) -> None:
    col, row = (int(one * (2**z - 1)) for one in share)
    left, bottom, right, top = STRAIGHT.window(z, col, row)
    assert STRAIGHT.window(z, col + 1, row)[0] == pytest.approx(right, abs=1e-6)
    assert STRAIGHT.window(z, col, row + 1)[3] == pytest.approx(bottom, abs=1e-6)
    both = STRAIGHT.window(z, col, row, span=2)
    assert both[:1] + both[3:] == pytest.approx((left, top), abs=1e-6)


def test_a_buffer_widens_a_window_on_every_side() -> None:
    left, bottom, right, top = STRAIGHT.window(3, 2, 5)
    cell = STRAIGHT.cells[3]
    wide = STRAIGHT.window(3, 2, 5, buffer_px=8)
    assert wide == pytest.approx(
        (left - 8 * cell, bottom - 8 * cell, right + 8 * cell, top + 8 * cell)
    )


def test_the_window_of_a_turned_grid_holds_every_corner_of_its_tile() -> None:
    left, bottom, right, top = TURNED.window(2, 1, 0)
    corners = np.array([[256, 0], [512, 0], [512, 256], [256, 256]], dtype=float)
    x, y = TURNED.points(2, corners).T
    assert (left, bottom, right, top) == pytest.approx((x.min(), y.min(), x.max(), y.max()))
    assert right - left > 1.4 * TURNED.resolution(2) * TILE_PX


def test_the_resolution_is_that_of_the_stored_plane() -> None:
    here, there = TURNED.points(4, np.array([[0.0, 0.0], [1.0, 0.0]]))
    assert np.hypot(*(there - here)) == pytest.approx(TURNED.resolution(4))
    assert TURNED.resolution(4) != pytest.approx(TURNED.cells[4], rel=1e-4)


@pytest.mark.parametrize(
    ("place", "held"),
    [
        ((0, 0, 0), True),
        ((3, 7, 7), True),
        ((3, 8, 0), False),
        ((3, 0, 8), False),
        ((3, -1, 0), False),
        ((-1, 0, 0), False),
        ((15, 0, 0), False),
    ],
)
def test_only_tiles_of_the_matrix_are_held(place: tuple[int, int, int], held: bool) -> None:
    assert STRAIGHT.holds(*place) is held


def test_a_grid_on_another_projection_is_refused() -> None:
    with pytest.raises(NotSimilar):
        Grid.of(made(3031), STEREOGRAPHIC)
