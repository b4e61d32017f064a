"""Tile packs: what is written is read, by us and by the reference reader, and stays the same."""

import gzip
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from pmtiles.reader import MmapSource, Reader

from layers.errors import BadPack
from layers.pack import MVT, PNG, Pack
from layers.packing import Contents, Tile, write_pack

EMPTY: frozenset[Tile] = frozenset({(1, 0, 0), (2, 3, 3)})


def body(tile: Tile) -> bytes:
    return b"" if tile in EMPTY else b"tile %d %d %d " % tile * 40


def contents(max_zoom: int = 3, **said: Any) -> Contents:
    plain: dict[str, Any] = {
        "make": body,
        "barren": lambda tile: tile == (1, 0, 0),
        "max_zoom": max_zoom,
        "kind": MVT,
        "bounds": (-180.0, -85.0, 180.0, 85.0),
        "metadata": {"name": "A test", "attribution": "us"},
    }
    return Contents(**{**plain, **said})


def written(path: Path, made: Contents) -> Path:
    write_pack(path, made, lambda z, count: None)
    return path


def tiles(max_zoom: int) -> list[Tile]:
    return [(z, y, x) for z in range(max_zoom + 1) for y in range(2**z) for x in range(2**z)]


def below_the_barren_one(tile: Tile) -> bool:
    z, row, col = tile
    return z >= 1 and row >> (z - 1) == 0 and col >> (z - 1) == 0


def wanted(tile: Tile) -> bytes | None:
    return None if below_the_barren_one(tile) else body(tile) or None


def uneven(tile: Tile) -> bytes:
    name = b"%d %d %d" % tile
    return name + bytes(crc32(name) % 200)


def test_what_was_packed_is_read(tmp_path: Path) -> None:
    pack = Pack(written(tmp_path / "a.pmtiles", contents()))
    for tile in tiles(3):
        found = pack.tile(*tile)
        assert (gzip.decompress(found) if found else None) == wanted(tile)


def test_the_reference_reader_reads_the_same(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pmtiles", contents())
    with path.open("rb") as file:
        reader, pack = Reader(MmapSource(file)), Pack(path)
        for z, row, col in tiles(3):
            assert reader.get(z, col, row) == pack.tile(z, row, col)
        assert reader.metadata() == pack.metadata == {"name": "A test", "attribution": "us"}
        header = reader.header()
        assert (header["min_zoom"], header["max_zoom"]) == (0, 3)
        assert header["max_lat_e7"] == 850_000_000
        assert header["clustered"]


def test_a_tile_deeper_than_the_pack_is_not_there(tmp_path: Path) -> None:
    pack = Pack(written(tmp_path / "a.pmtiles", contents(max_zoom=1)))
    assert pack.tile(2, 3, 0) is None
    assert pack.tile(9, 3, 0) is None


def test_directories_in_several_files_deep_are_followed(tmp_path: Path) -> None:
    """More tiles than fit into the first directory: 87 000 of them, each with other bytes."""
    made = contents(max_zoom=8, make=uneven, kind=PNG)
    path = written(tmp_path / "a.pmtiles", made)
    pack = Pack(path)
    assert all(pack.tile(8, n, 255 - n) == uneven((8, n, 255 - n)) for n in range(256))
    with path.open("rb") as file:
        assert Reader(MmapSource(file)).header()["leaf_directory_length"] > 0


def test_the_same_tiles_make_the_same_bytes(tmp_path: Path) -> None:
    one = written(tmp_path / "a.pmtiles", contents()).read_bytes()
    other = written(tmp_path / "b.pmtiles", contents()).read_bytes()
    assert one == other


def test_equal_tiles_are_kept_once(tmp_path: Path) -> None:
    made = contents(max_zoom=6, make=lambda tile: bytes(10_000), kind=PNG)
    assert written(tmp_path / "a.pmtiles", made).stat().st_size < 20_000


def test_pictures_are_kept_as_they_are(tmp_path: Path) -> None:
    pack = Pack(written(tmp_path / "a.pmtiles", contents(kind=PNG)))
    assert not pack.zipped
    assert pack.tile(0, 0, 0) == body((0, 0, 0))


def test_nothing_to_pack_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadPack, match="empty"):
        written(tmp_path / "a.pmtiles", contents(make=lambda tile: b""))
    assert not list(tmp_path.iterdir())


def test_a_failure_while_packing_leaves_no_file(tmp_path: Path) -> None:
    def fails(tile: Tile) -> bytes:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        written(tmp_path / "a.pmtiles", contents(make=fails))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("keep", [0, 50, 300])
def test_a_damaged_file_is_refused(tmp_path: Path, keep: int) -> None:
    path = written(tmp_path / "a.pmtiles", contents())
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(BadPack, match=r"a\.pmtiles"):
        Pack(path)


def test_a_directory_that_was_written_into_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pmtiles", contents())
    data = bytearray(path.read_bytes())
    data[130:150] = bytes(20)  # the root directory begins at 127
    path.write_bytes(data)
    with pytest.raises(BadPack, match=r"a\.pmtiles is damaged"):
        Pack(path)


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pmtiles"
    path.write_bytes(b"not a pack at all " * 50)
    with pytest.raises(BadPack, match="no PMTiles file"):
        Pack(path)
