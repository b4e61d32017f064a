"""Vector tiles of our own layers: complete, valid, around the pole and across 180°."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from shapely import LineString, Point, box
from shapely.affinity import affine_transform
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import cut
from geo.grid import Grid
from geo.mvt import BUFFER, EXTENT
from geo.plane import Points
from geo.tilecell import Cell
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.grids import load_grids
from layers.planes import Planes
from layers.vectortags import fields_of
from layers.vectortiles import SHEET, VectorTiles

Make = Callable[..., Any]
GRIDS = load_grids()
POLAR = [one for one in GRIDS if one != "WebMercatorQuad"]


@pytest.fixture(scope="module")
def tiles(catalogue: Catalogue, cache: Path) -> VectorTiles:
    return VectorTiles(catalogue, Planes(catalogue, cache))


def features(tile: bytes) -> dict[str, list[dict[str, Any]]]:
    read = mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True}) if tile else {}
    return {name: layer["features"] for name, layer in read.items()}


def shapes(tile: bytes, layer: str) -> dict[str, BaseGeometry]:
    """The shapes of a layer by feature id."""
    found = features(tile).get(layer, [])
    return {one["properties"]["id"]: shape(one["geometry"]) for one in found}


def place(grid: Grid, z: int, lon: float, lat: float) -> tuple[int, int, Points]:
    """Row, column, and where in the tile, in units."""
    at = grid.pixels(z, grid.plane.forward(np.array([[lon, lat]])))[0] / 256
    col, row = np.clip(np.floor(at), 0, 2**z - 1).astype(int)
    return int(row), int(col), (at - [col, row]) * EXTENT


def walk(tiles: VectorTiles, id: str, grid: Grid, deepest: int) -> Iterator[tuple[Any, bytes]]:
    """Every tile that holds something of a collection, down to a zoom."""
    wanted = [(0, 0, 0)]
    while wanted:
        z, row, col = wanted.pop()
        tile = tiles.tile([id], grid, z, row, col)
        if tile:
            yield (z, row, col), tile
        if z < deepest and (tile or not tiles.bare([id], grid, z, row, col)):
            wanted += [(z + 1, 2 * row + a, 2 * col + b) for a in (0, 1) for b in (0, 1)]


def assert_sound(tile: bytes) -> None:
    low, high = -BUFFER - 2, EXTENT + BUFFER + 2
    for name, found in features(tile).items():
        for one in found:
            geometry = shape(one["geometry"])
            assert geometry.is_valid, (name, one["properties"]["id"])
            assert not geometry.is_empty
            west, north, east, south = geometry.bounds
            assert low <= min(west, north) <= max(east, south) <= high
            assert one["id"] > 0


@pytest.mark.parametrize("grid", GRIDS)
@pytest.mark.parametrize("zoom", [0, 1, 4, 5, 8])
def test_tiles_around_the_bering_strait_are_valid(
    tiles: VectorTiles, catalogue: Catalogue, grid: str, zoom: int
) -> None:
    row, col, _ = place(GRIDS[grid], zoom, -169.0, 65.8)
    found = tiles.tile(list(catalogue.collections), GRIDS[grid], zoom, row, col)
    assert {"countries", "land"} <= set(features(found))
    assert_sound(found)


@pytest.mark.slow
@pytest.mark.parametrize("grid", GRIDS)
def test_every_tile_of_the_first_zooms_is_valid(
    tiles: VectorTiles, catalogue: Catalogue, grid: str
) -> None:
    """All down to zoom 2; of the next two one in 20 (vtvalidate reads them all, and zoom 6)."""
    for layer in catalogue.collections:
        for number, ((z, _, _), tile) in enumerate(walk(tiles, layer, GRIDS[grid], 4)):
            if z <= 2 or number % 20 == 0:
                assert_sound(tile)


@pytest.mark.parametrize("id", ["arctic_high_seas", "arctic_shelf"])
@pytest.mark.parametrize("grid", POLAR)
@pytest.mark.parametrize("zoom", [0, 1, 3, 6])
def test_the_pole_is_in_the_tile_that_holds_it(
    tiles: VectorTiles, id: str, grid: str, zoom: int
) -> None:
    row, col, at = place(GRIDS[grid], zoom, 0, 90)
    found = shapes(tiles.tile([id], GRIDS[grid], zoom, row, col), id)
    over = [name for name, one in found.items() if one.distance(Point(at)) == 0 and one.area]
    assert over


@pytest.mark.parametrize("grid", POLAR)
def test_no_edge_runs_along_180_around_the_pole(tiles: VectorTiles, grid: str) -> None:
    row, col, _ = place(GRIDS[grid], 2, 180, 80)
    found = shapes(tiles.tile(["arctic_high_seas"], GRIDS[grid], 2, row, col), "arctic_high_seas")
    way = GRIDS[grid].plane.forward(np.array([[180.0, 79.0], [180.0, 81.0]]))
    seam = LineString(GRIDS[grid].pixels(2, way) * 16 - np.array([col, row]) * EXTENT)
    for one in found.values():
        shared = one.boundary.intersection(seam.buffer(2))
        assert shared.length < 40  # what crosses it, and nothing along it


def test_an_area_across_180_has_no_seam_in_mercator(made_collection: Make, tmp_path: Path) -> None:
    made = small(tmp_path, made_collection("area", {"it": cut(box(170, 60, 190, 70))}))
    grid = GRIDS["WebMercatorQuad"]
    for zoom in (3, 6):
        for lon in (179.9, -179.9):
            row, col, _ = place(grid, zoom, lon, 65)
            (found,) = shapes(made.tile(["area"], grid, zoom, row, col), "area").values()
            edge = EXTENT if lon > 0 else 0
            west, _, east, _ = found.bounds
            assert (east if lon > 0 else west) == (EXTENT + BUFFER if lon > 0 else -BUFFER)
            along = LineString([(edge, 0), (edge, EXTENT)])
            assert found.boundary.intersection(along.buffer(1)).length < 8


def small(cache: Path, *collections: Collection) -> VectorTiles:
    held = Catalogue({one.id: one for one in collections})
    return VectorTiles(held, Planes(held, cache))


@pytest.mark.parametrize("zoom", [0, 4, 5, 9])
def test_neighbours_share_their_edges(tiles: VectorTiles, zoom: int) -> None:
    """No gap and no overlap between Kyrgyzstan and its neighbours larger than rounding makes."""
    grid = GRIDS["WebMercatorQuad"]
    row, col, _ = place(grid, zoom, 69.6, 40.1)  # where three states meet
    found = shapes(tiles.tile(["countries"], grid, zoom, row, col), "countries")
    states = [found[one] for one in ("kg", "tj", "uz")]
    for n, one in enumerate(states):
        for other in states[n + 1 :]:
            assert one.intersection(other).area <= 2 + one.intersection(other).length
    joined = shapely.union_all(states)
    holes = [shapely.Polygon(ring) for part in parts(joined) for ring in part.interiors]
    assert all(hole.area > 50 or hole.area < 8 for hole in holes)


def parts(geometry: BaseGeometry) -> list[Any]:
    return [one for one in shapely.get_parts(geometry) if one.geom_type == "Polygon"]


def test_every_country_is_in_the_first_tile(tiles: VectorTiles, catalogue: Catalogue) -> None:
    found = shapes(tiles.tile(["countries"], GRIDS["WebMercatorQuad"], 0, 0, 0), "countries")
    assert set(found) == {one.id for one in catalogue["countries"].features}


def test_tiles_of_two_sheets_agree_in_the_buffers_that_both_have(tiles: VectorTiles) -> None:
    """At Greenwich, where one sheet of tiles ends and the next begins."""
    grid, z, row = GRIDS["WebMercatorQuad"], 6, 21
    west, east = (
        shapes(tiles.tile(["land"], grid, z, row, col), "land")["land"] for col in (31, 32)
    )
    assert 32 % SHEET == 0
    east = affine_transform(east, [1, 0, 0, 1, EXTENT, 0])
    both = box(EXTENT - BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER)
    assert west.intersection(both).area > 0
    changed = west.intersection(both).symmetric_difference(east.intersection(both))
    assert changed.area < BUFFER  # each is rounded where its own buffer ends


def test_a_tile_and_the_four_below_it_show_the_same_land(tiles: VectorTiles) -> None:
    grid, z = GRIDS["WebMercatorQuad"], 4
    row, col, _ = place(grid, z, 21, 59)
    square = box(0, 0, EXTENT, EXTENT)
    above = shapes(tiles.tile(["land"], grid, z, row, col), "land")["land"].intersection(square)
    below = []
    for down in (0, 1):
        for right in (0, 1):
            tile = tiles.tile(["land"], grid, z + 1, 2 * row + down, 2 * col + right)
            one = shapes(tile, "land")["land"].intersection(square)
            below.append(
                affine_transform(one, [0.5, 0, 0, 0.5, right * EXTENT / 2, down * EXTENT / 2])
            )
    changed = above.symmetric_difference(shapely.union_all(below)).area
    assert changed < 0.005 * EXTENT**2  # a coast thinned to a quarter and an eighth of a pixel


def test_every_tag_of_a_tile_is_told_of(tiles: VectorTiles, catalogue: Catalogue) -> None:
    for layer, collection in catalogue.collections.items():
        found = features(tiles.tile([layer], GRIDS["WebMercatorQuad"], 0, 0, 0)).get(layer, [])
        assert {key for one in found for key in one["properties"]} <= set(fields_of(collection))


def test_a_tile_says_who_uses_a_name(tiles: VectorTiles) -> None:
    found = features(tiles.tile(["corridor"], GRIDS["WebMercatorQuad"], 0, 0, 0))["corridor"]
    assert any("(az; " in one["properties"].get("other_names", "") for one in found)


def test_ids_are_the_same_in_every_tile(tiles: VectorTiles) -> None:
    seen: dict[str, set[int]] = {}
    for _, tile in walk(tiles, "arctic_zones", GRIDS["Arctic3995Quad"], 2):
        for one in features(tile)["arctic_zones"]:
            seen.setdefault(one["properties"]["id"], set()).add(one["id"])
    assert seen
    assert all(len(ids) == 1 for ids in seen.values())


def test_many_points_and_lines_lose_none(made_collection: Make, tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    at = np.column_stack([rng.uniform(-170, 170, 3000), rng.uniform(-70, 80, 3000)])
    points = {f"p{n}": Point(one) for n, one in enumerate(at)}
    lines = {f"l{n}": LineString([(x, y), (x + 0.5, y + 0.5)]) for n, (x, y) in enumerate(at[:500])}
    made = small(tmp_path, made_collection("points", points), made_collection("lines", lines))
    found = features(made.tile(["points", "lines"], GRIDS["WebMercatorQuad"], 0, 0, 0))
    assert (len(found["points"]), len(found["lines"])) == (3000, 500)


@pytest.mark.parametrize("grid", GRIDS)
@pytest.mark.parametrize("zoom", [2, 5])
def test_lines_and_points_are_where_they_are_whole(
    made_collection: Make, tmp_path: Path, grid: str, zoom: int
) -> None:
    """Against the geometry itself in units of the tile: nothing beyond the buffer, none missing."""
    rng = np.random.default_rng(6)
    at = np.column_stack([rng.uniform(-179, 179, 900), rng.uniform(64, 84, 900)])
    points = {f"p{n}": Point(one) for n, one in enumerate(at)}
    lines = {f"l{n}": LineString([(x, y), (x + 0.3, y + 0.2)]) for n, (x, y) in enumerate(at)}
    made = small(tmp_path, made_collection("points", points), made_collection("lines", lines))
    row, col, _ = place(GRIDS[grid], zoom, 20.0, 75.0)
    cell = Cell(GRIDS[grid], zoom, row, col)
    wanted = cell.units(cell.grid.plane.forward(at))
    tile = made.tile(["points", "lines"], cell.grid, zoom, row, col)
    for name in ("points", "lines"):
        found = shapes(tile, name)
        whole = shapely.get_coordinates(list(found.values()))
        assert (np.abs(whole - EXTENT / 2) <= EXTENT / 2 + BUFFER + 2).all()
        inside = ((wanted >= 0) & (wanted <= EXTENT)).all(axis=1)
        assert {f"{name[0]}{n}" for n in np.flatnonzero(inside)} <= set(found)
        for n in np.flatnonzero(inside):
            assert found[f"{name[0]}{n}"].distance(Point(wanted[n])) < 3
