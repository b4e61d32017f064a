"""Other people's programs read our vector tiles: vtvalidate, GDAL, and MapLibre's reader."""

import hashlib
import json
import shutil
import struct
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest
import shapely

from geo.grid import Grid
from layers.catalogue import Catalogue
from layers.grids import load_grids
from layers.lock import only_one
from layers.planes import Planes
from layers.vectortiles import VectorTiles

Gdal = Callable[..., str]
pytestmark = pytest.mark.slow
HERE = Path(__file__).parent / "vtvalidate"
NODE = HERE.parent.parent / "node"
GRIDS = load_grids()
DEEPEST = 6
VTVALIDATE, VTZERO = "@mapbox/vtvalidate@0.3.1", "vtzero==0.0.1b5"
SHARE = 16  # of the tiles of the deepest zoom one in so many is read
Judge = Callable[[list[bytes]], list[str]]


@pytest.fixture(scope="module")
def tiles(catalogue: Catalogue, cache: Path) -> VectorTiles:
    return VectorTiles(catalogue, Planes(catalogue, cache))


@pytest.fixture(scope="module")
def vtvalidate(node: Path, cache: Path) -> Judge:
    """What vtvalidate says of each of many tiles."""
    kept = cache / "vtvalidate"
    kept.mkdir(parents=True, exist_ok=True)
    built = kept / hashlib.sha256((VTVALIDATE + VTZERO).encode()).hexdigest()[:16] / "module.node"
    with only_one(kept / "lock"):
        if not built.is_file():
            compile_vtvalidate(node, kept / "work", built)

    def judge(bodies: list[bytes]) -> list[str]:
        sent = b"".join(struct.pack("<I", len(one)) + one for one in bodies)
        words = ["node", str(HERE / "ask.js"), str(built)]
        done = subprocess.run(words, input=sent, capture_output=True, check=True, timeout=300)
        said: list[str] = json.loads(done.stdout)
        return said

    return judge


def compile_vtvalidate(node: Path, work: Path, built: Path) -> None:
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    tool(work, "npm", "pack", "--silent", VTVALIDATE)
    download = ["-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "vtzero", VTZERO]
    tool(work, sys.executable, *download)
    for archive in (*work.glob("*.tgz"), *work.glob("*.tar.gz")):
        with tarfile.open(archive) as packed:
            packed.extractall(work, filter="data")
    (vendor,) = work.glob("vtzero-*/vendor")
    modules = node / "node_modules"
    include = [
        *(HERE, vendor / "vtzero" / "include", vendor / "protozero" / "include"),
        *(modules / "node-addon-api", modules / "node-api-headers" / "include"),
    ]
    source = work / "package" / "src"
    built.parent.mkdir(exist_ok=True)
    words = ["g++", "-O1", "-std=c++14", "-fPIC", "-shared", "-DNODE_GYP_MODULE_NAME=module"]
    words += [f"-I{one}" for one in include] + [str(one) for one in sorted(source.glob("*.cpp"))]
    tool(work, *words, "-o", str(built))


def tool(where: Path, *words: str) -> None:
    done = subprocess.run(
        words, cwd=where, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr


def filled(tiles: VectorTiles, layer: str, grid: Grid) -> Iterator[bytes]:
    """Every tile with something in it; of the last zoom, which has most of them, a share."""
    wanted = [(0, 0, 0)]
    while wanted:
        z, row, col = wanted.pop()
        last = z == DEEPEST
        if last and (3 * row + col) % SHARE:
            continue
        tile = tiles.tile([layer], grid, z, row, col)
        if tile:
            yield tile
        if not last and (tile or not tiles.bare([layer], grid, z, row, col)):
            wanted += [(z + 1, 2 * row + a, 2 * col + b) for a in (0, 1) for b in (0, 1)]


@pytest.mark.parametrize("grid", GRIDS)
def test_vtvalidate_finds_nothing(
    tiles: VectorTiles, catalogue: Catalogue, vtvalidate: Judge, grid: str
) -> None:
    for layer in catalogue.collections:
        bodies = list(filled(tiles, layer, GRIDS[grid]))
        said = vtvalidate(bodies)
        assert len(said) == len(bodies)
        assert not any(said), (layer, [one for one in said if one][:3])


def test_vtvalidate_can_find_something(vtvalidate: Judge, tiles: VectorTiles) -> None:
    good = tiles.tile(["land"], GRIDS["WebMercatorQuad"], 0, 0, 0)
    said = vtvalidate([good, good[: len(good) // 2], b"\x1a\x05abcde"])
    assert [bool(one) for one in said] == [False, True, True]


def test_the_reader_of_maplibre_finds_the_same_as_ours(tiles: VectorTiles, node: Path) -> None:
    ids = ["countries", "arctic_boundaries", "airbases", "arctic_base_points"]
    tile = tiles.tile(ids, GRIDS["WebMercatorQuad"], 1, 0, 1)
    words = ["node", str(NODE / "read.js"), str(node)]
    done = subprocess.run(words, input=tile, capture_output=True, check=True, timeout=120)
    theirs = json.loads(done.stdout)
    ours = mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})
    assert list(theirs) == list(ours) == ids
    for name, features in theirs.items():
        same = ours[name]["features"]
        assert [one["id"] for one in features] == [one["id"] for one in same]
        assert [one["properties"] for one in features] == [one["properties"] for one in same]
        for one, other in zip(features, same, strict=True):
            wanted = shapely.get_coordinates(shapely.geometry.shape(other["geometry"]))
            found = np.array([point for part in one["shape"] for point in part])
            assert {tuple(p) for p in found} == {tuple(p) for p in wanted}


def collection(gdal: Gdal, path: Path, layer: str, *options: str) -> list[dict[str, Any]]:
    out = path.with_suffix(f".{layer}.geojson")
    gdal("ogr2ogr", *options, "-f", "GeoJSON", str(out), str(path), layer)
    found: list[dict[str, Any]] = json.loads(out.read_text())["features"]
    return found


def test_gdal_reads_a_tile_where_it_lies(
    gdal: Gdal, tiles: VectorTiles, catalogue: Catalogue, tmp_path: Path
) -> None:
    tile = tiles.tile(["countries", "airbases"], GRIDS["WebMercatorQuad"], 3, 3, 5)
    place = tmp_path / "3" / "5"
    place.mkdir(parents=True)
    (place / "3.pbf").write_bytes(tile)  # GDAL finds the place in the path: zoom, column, row
    found = collection(gdal, place / "3.pbf", "airbases", "-t_srs", "EPSG:4326")
    held = catalogue["airbases"].by_id
    assert {"manas", "karshi_khanabad"} & {one["properties"]["id"] for one in found} or found
    for one in found:
        there = shapely.geometry.shape(one["geometry"])
        here = held[one["properties"]["id"]].geometry
        assert here is not None
        assert here.distance(there) < 0.02
    assert collection(gdal, place / "3.pbf", "countries")


def test_gdal_finds_every_polygon_valid(gdal: Gdal, tiles: VectorTiles, tmp_path: Path) -> None:
    for z, row, col in ((0, 0, 0), (2, 1, 2), (4, 4, 8), (6, 17, 36)):
        path = tmp_path / f"{z}.pbf"
        path.write_bytes(tiles.tile(["countries"], GRIDS["WebMercatorQuad"], z, row, col))
        query = "SELECT COUNT(*) AS n FROM countries WHERE NOT ST_IsValid(geometry)"
        told = gdal("ogrinfo", "-q", "-dialect", "SQLite", "-sql", query, str(path))
        assert "n (Integer) = 0" in told


def test_gdal_reads_a_tile_over_http(
    gdal: Gdal, address: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    """Named outright: before 3.8 its driver for OGC API – Tiles reads no grid of version 2."""
    out = tmp_path / "airbases.geojson"
    source = f"MVT:{address}collections/airbases/tiles/WebMercatorQuad/0/0/0.mvt"
    place = ["-oo", "Z=0", "-oo", "X=0", "-oo", "Y=0"]
    gdal("ogr2ogr", *place, "-t_srs", "EPSG:4326", "-f", "GeoJSON", str(out), source)
    found = json.loads(out.read_text())["features"]
    assert {one["properties"]["id"] for one in found} == set(catalogue["airbases"].by_id)
