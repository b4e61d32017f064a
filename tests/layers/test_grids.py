"""The grids that are served, against morecantile and pyproj."""

import morecantile
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo.grid import TILE_PX, Grid
from layers.grids import load_grids

GRIDS = load_grids()
each_grid = pytest.mark.parametrize("grid", GRIDS.values(), ids=GRIDS)


@each_grid
@given(
    z=st.integers(0, 16),
    lon=st.floats(-180, 180, allow_subnormal=False),
    lat=st.floats(0, 85, allow_subnormal=False),
)
def test_a_position_is_at_the_pixel_that_its_projection_says(
    grid: Grid, z: int, lon: float, lat: float
) -> None:
    x, y = Transformer.from_crs("OGC:CRS84", grid.crs, always_xy=True).transform(lon, lat)
    here = grid.pixels(z, grid.plane.forward(np.array([[lon, lat]])))[0]
    cell = grid.cells[z]
    known = np.array([x - grid.left, grid.top - y]) / cell
    if grid.id == "WebMercatorQuad" and abs(lon) == 180:
        known[0] %= TILE_PX * 2**z
        here[0] %= TILE_PX * 2**z
    assert here * cell == pytest.approx(known * cell, abs=2e-6)


@each_grid
@given(z=st.integers(0, 16), x=st.floats(0, 1), y=st.floats(0, 1))
def test_pixels_lead_back_to_the_same_pixel(grid: Grid, z: int, x: float, y: float) -> None:
    pixel = np.array([[x, y]]) * TILE_PX * 2**z
    assert grid.pixels(z, grid.points(z, pixel)) == pytest.approx(pixel, abs=1e-5)


@each_grid
@given(z=st.integers(0, 16), share=st.tuples(st.floats(0, 0.9999), st.floats(0, 0.9999)))
def test_the_window_of_a_tile_is_the_square_of_morecantile(
    grid: Grid, z: int, share: tuple[float, float]
) -> None:
    col, row = (int(one * 2**z) for one in share)
    left, bottom, right, top = grid.tms.xy_bounds(morecantile.Tile(col, row, z))
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    stored = ((corners @ np.array([1, 1j])) - grid.t) / grid.k
    x, y = stored.real, stored.imag
    assert grid.window(z, col, row) == pytest.approx((x.min(), y.min(), x.max(), y.max()), abs=1e-5)


@pytest.mark.parametrize("name", ["WebMercatorQuad", "UPSArcticWGS84Quad"])
def test_what_ogc_registered_is_as_morecantile_ships_it(name: str) -> None:
    ours, theirs = GRIDS[name].tms, morecantile.tms.get(name)
    assert ours.crs == theirs.crs
    assert len(ours.tileMatrices) == len(theirs.tileMatrices)
    for one, other in zip(ours.tileMatrices, theirs.tileMatrices, strict=True):
        assert one.pointOfOrigin == other.pointOfOrigin
        assert one.cellSize == other.cellSize
        assert (one.matrixWidth, one.tileWidth) == (other.matrixWidth, other.tileWidth)


@each_grid
def test_every_file_is_named_like_the_grid_and_its_matrices_double(grid: Grid) -> None:
    assert GRIDS[grid.id] is grid
    tops = [tuple(one["pointOfOrigin"]) for one in grid.definition["tileMatrices"]]
    assert set(tops) == {(grid.left, grid.top)}
    widths = [one["matrixWidth"] for one in grid.definition["tileMatrices"]]
    assert widths == [2**z for z in range(len(widths))]
    assert np.divide(grid.cells[:-1], grid.cells[1:]) == pytest.approx(2, rel=1e-7)  # as printed


@each_grid
def test_a_polar_grid_holds_the_pole_and_mercator_does_not(grid: Grid) -> None:
    west, south, east, north = grid.lonlat
    assert (west, east) == (-180, 180)
    assert (north == 90) == grid.plane.polar
    assert -60 < south < 10 or grid.id == "WebMercatorQuad"


def test_ours_have_whole_metres_down_to_the_last_zoom() -> None:
    for name, grid in GRIDS.items():
        if name.startswith("Arctic"):
            assert all(cell == int(cell) for cell in grid.cells)
            assert grid.cells[-1] == 1.0
