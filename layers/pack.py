"""Tile packs: PMTiles version 3 files, mapped into memory, their directories read once.

Source: PMTiles version 3 specification. The same file can lie on object storage for a browser.
"""

import gzip
import mmap
import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import orjson

from geo.hilbert import tile_number
from geo.varint import read_varints
from layers.errors import BadPack

_HEAD = struct.Struct("<7sB11Q6B")  # up to the zooms; positions and counts of tiles follow
_NONE, _GZIP = 1, 2
MVT, PNG, WEBP = 1, 2, 4


@dataclass(frozen=True, slots=True)
class Directory:
    """Entries in order of their tile numbers; one of run 0 points to a further directory."""

    numbers: list[int]
    runs: list[int]
    lengths: list[int]
    offsets: list[int]

    @classmethod
    def read(cls, data: bytes) -> Self:
        """The directory in these (unpacked) bytes."""
        values = read_varints(data).tolist()
        count, columns = values[0], values[1:]
        gaps, runs, lengths, ends = (columns[n * count : (n + 1) * count] for n in range(4))
        numbers, at = [], 0
        for gap in gaps:
            at += gap
            numbers.append(at)
        offsets: list[int] = []
        for length, end in zip([0, *lengths], ends, strict=False):
            offsets.append(end - 1 if end else offsets[-1] + length)
        return cls(numbers, runs, lengths, offsets)

    def find(self, number: int) -> int | None:
        """The place of the entry that holds a tile or leads to it; None where there is none."""
        place = bisect_right(self.numbers, number) - 1
        if place < 0 or (self.runs[place] and number - self.numbers[place] >= self.runs[place]):
            return None
        return place


@contextmanager
def sound(path: Path) -> Iterator[None]:
    """What is read in here is as it was written, or the file is damaged: `BadPack`."""
    try:
        yield
    except (OSError, EOFError, IndexError, ValueError, zlib.error) as error:
        raise BadPack(f"{path.name} is damaged ({error})") from error


class Pack:
    """One file. ``zipped`` says that its tiles are gzip streams, ``kind`` what they are.

    Raises `BadPack` for a file that is no such pack, and `OSError`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            size = path.stat().st_size
            if size < _HEAD.size:
                raise BadPack(f"{path.name} is too short for a PMTiles file")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        head = _HEAD.unpack_from(self._map)
        if head[0] != b"PMTiles" or head[1] != 3:
            raise BadPack(f"{path.name} is no PMTiles file of version 3")
        root, self._meta, self._leaves, data = (head[2:4], head[4:6], head[6:8], head[8:10])
        self._internal, tiles, self.kind, self.min_zoom, self.max_zoom = head[14:19]
        if data[0] + data[1] > size or tiles not in {_NONE, _GZIP}:
            raise BadPack(f"{path.name} is cut short or packed in a way that we do not read")
        self.zipped = tiles == _GZIP
        self._data = data[0]
        with sound(path):
            self._root = Directory.read(self._unpacked(*root))
            told = orjson.loads(self._unpacked(*self._meta))
        self.metadata: dict[str, Any] = told if isinstance(told, dict) else {}  # of itself
        self._opened: dict[int, Directory] = {}

    def tile(self, z: int, row: int, col: int) -> bytes | None:
        """The bytes of a tile as they stand in the file; None where there is none.

        Raises `BadPack` where the directory on the way to it is damaged.
        """
        number = tile_number(z, col, row)
        directory, place = self._root, self._root.find(number)
        with sound(self.path):
            while place is not None and not directory.runs[place]:
                directory = self._leaf(directory.offsets[place], directory.lengths[place])
                place = directory.find(number)
        if place is None:
            return None
        start = self._data + directory.offsets[place]
        return self._map[start : start + directory.lengths[place]]

    def _leaf(self, offset: int, length: int) -> Directory:
        if offset not in self._opened:
            self._opened[offset] = Directory.read(self._unpacked(self._leaves[0] + offset, length))
        return self._opened[offset]

    def _unpacked(self, start: int, length: int) -> bytes:
        found = self._map[start : start + length]
        return gzip.decompress(found) if self._internal == _GZIP else found
