"""Writing tile packs: PMTiles version 3, the same bytes for the same tiles."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pmtiles.tile import Compression, TileType
from pmtiles.writer import Writer

from geo.hilbert import tile_number
from geo.mvt import zipped
from layers.errors import BadPack
from layers.pack import MVT
from layers.whole import whole

Tile = tuple[int, int, int]  # zoom, row, column
_E7 = 10_000_000


@dataclass(frozen=True)
class Contents:
    """What a pack is to hold: tiles by `make`, down to `max_zoom`, in the bounds (lon/lat).

    ``make`` gives no bytes for an empty tile. ``barren`` says whether nothing can be in any tile
    below an empty one; it is asked only for those.
    """

    make: Callable[[Tile], bytes]
    barren: Callable[[Tile], bool]
    max_zoom: int
    kind: int
    bounds: tuple[float, float, float, float]
    metadata: dict[str, Any]


def write_pack(path: Path, contents: Contents, told: Callable[[int, int], None]) -> int:
    """Write the file; how many tiles it holds. ``told`` hears each zoom and its number of tiles.

    Vector tiles are kept as gzip streams, pictures as they are. Raises `BadPack` when there is
    nothing to write, and `OSError`.
    """
    with whole(path) as file:
        count = _fill(Writer(file), contents, told)
        if not count:
            raise BadPack(f"there is no tile to write to {path}: the collections are empty")
    return count


def _fill(writer: Any, contents: Contents, told: Callable[[int, int], None]) -> int:
    count = 0
    try:
        for number, body in _tiles(contents, told):
            kept = zipped(body) if contents.kind == MVT else body
            writer.write_tile(number, kept)
            count += 1
        if count:
            writer.finalize(_header(contents), contents.metadata)
    finally:
        writer.tile_f.close()  # finalize closes it too; a second time does nothing
    return count


def _tiles(contents: Contents, told: Callable[[int, int], None]) -> Iterator[tuple[int, bytes]]:
    """Every tile that holds something with its number, in the order of the numbers."""
    wanted: list[Tile] = [(0, 0, 0)]
    for z in range(contents.max_zoom + 1):
        fruitful, count = [], 0
        for tile in sorted(wanted, key=_number):
            body = contents.make(tile)
            if body:
                count += 1
                yield _number(tile), body
            if body or not contents.barren(tile):
                fruitful.append(tile)
        told(z, count)
        wanted = [below for tile in fruitful for below in _below(tile)]


def _below(tile: Tile) -> list[Tile]:
    z, row, col = tile
    return [(z + 1, 2 * row + down, 2 * col + right) for down in (0, 1) for right in (0, 1)]


def _number(tile: Tile) -> int:
    z, row, col = tile
    return tile_number(z, col, row)


def _header(contents: Contents) -> dict[str, Any]:
    """What the writer does not find out itself; positions are in degrees times ten million."""
    coding = Compression.GZIP if contents.kind == MVT else Compression.NONE
    names = ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")
    box = {name: round(side * _E7) for name, side in zip(names, contents.bounds, strict=True)}
    return {"tile_type": TileType(contents.kind), "tile_compression": coding, **box}
