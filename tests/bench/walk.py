"""Every tile of every grid: no error, and no growth of memory once everything was seen."""

import io
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from figures import Row, Spread
from load import fetch
from peers import Server
from PIL import Image
from rooms import Unavailable

from layers.grids import load_grids

GROWTH_MB = 30  # between two passes over the same tiles: the noise of an allocator
PICTURES = {
    "raster": "/maps/arctic/tiles",
    "overlay": "/maps/arctic/overlay/tiles",
    "base": "/tiles/base",
}
COLLECTIONS = "countries,land,arctic_zones,arctic_boundaries"


def tiles(deepest: int) -> Iterator[tuple[str, int, int, int]]:
    """Grid, zoom, row and column of every tile up to a zoom."""
    for grid in load_grids().values():
        for z in range(grid.min_zoom, min(deepest, grid.max_zoom) + 1):
            for row in range(2**z):
                for col in range(2**z):
                    if grid.holds(z, row, col):
                        yield grid.id, z, row, col


def paths(deepest: int, sample: int | None) -> dict[str, list[str]]:
    """The addresses of vector tiles, and of raster tiles whole, without base, and of the base
    alone; ``sample`` takes that many of each, the same always."""
    every = list(tiles(deepest))
    if sample is not None:
        every = random.Random(7).sample(every, min(sample, len(every)))  # noqa: S311
    vector = [f"/collections/{COLLECTIONS}/tiles/{g}/{z}/{r}/{c}" for g, z, r, c in every]
    pictures = {
        name: [f"{folder}/{g}/{z}/{r}/{c}.png" for g, z, r, c in every]
        for name, folder in PICTURES.items()
    }
    return {"vector": vector, **pictures}


def walk(server: Server, deepest: int, sample: int | None) -> Iterator[Row]:
    """Two passes over the vector tiles, then over each kind of raster tiles."""
    for name, these in paths(deepest, sample).items():
        first = _pass(server, these)
        second = _pass(server, these)
        grown = second - first
        mapped = server.child.memory_mb("VmRSS")
        note = f"{len(these)} tiles; {second:.0f} MB, {mapped:.0f} MB with mapped files"
        spread = Spread(grown, grown, grown)
        yield Row(f"walk {name}, growth", "–", "MB", spread, None, None, GROWTH_MB, note)


def _pass(server: Server, these: Sequence[str]) -> float:
    """Ask for every address, two at once; the memory of its own then."""
    half = len(these) // 2
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda part: _ask(server, part), (these[:half], these[half:])))
    return server.child.memory_mb("RssAnon")


def _ask(server: Server, these: Sequence[str]) -> None:
    for begin in range(0, len(these), 200):  # bodies are not kept longer than that
        part = these[begin : begin + 200]
        for path, answer in zip(part, fetch(server.port, part, {}), strict=True):
            if answer.status != 200:
                log = Path(server.child.log).read_text(encoding="utf-8")[-2000:]
                raise Unavailable(f"{path}: {answer.status} {answer.body[:300]!r}\n{log}")
            if path.endswith(".png"):
                _look(path, answer.body)


def _look(path: str, body: bytes) -> None:
    """Raises `Unavailable` for what is no PNG of 256 px."""
    with Image.open(io.BytesIO(body), formats=("PNG",)) as picture:
        picture.load()
        if picture.size != (256, 256):
            raise Unavailable(f"{path}: {picture.size}")
