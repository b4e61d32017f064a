"""The tile packs of a folder: which of them hold today's tiles, and what is in them."""

import gzip
from collections.abc import Iterable, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from geo.grid import Grid
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.errors import BadPack
from layers.pack import MVT, Pack

SUFFIX = ".pmtiles"
FORMAT = 1  # of what we write into a tile; a pack of another format is left alone


class Packs:
    """The packs in ``folder``, which need not exist; they are opened when first asked for.

    A pack counts only while it was made of the same collections: each says their marks.
    """

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.folder = folder
        self.catalogue = catalogue
        self.faults: list[str] = []  # what is wrong with files that are left out

    def vector(self, ids: Sequence[str], grid: Grid, z: int) -> Pack | None:
        """The pack with the vector tiles of exactly these collections, if it reaches zoom z."""
        found = self._vector.get((tuple(ids), grid.id))
        return found if found is not None and found.min_zoom <= z <= found.max_zoom else None

    @cached_property
    def _vector(self) -> dict[tuple[tuple[str, ...], str], Pack]:
        found: dict[tuple[tuple[str, ...], str], Pack] = {}
        for pack in self._opened():
            own = pack.metadata.get("marchland", {})
            if pack.kind == MVT and own.get("marks") == self._marks(own.get("collections", [])):
                found.setdefault((tuple(own["collections"]), str(own.get("tms"))), pack)
        return found

    def _opened(self) -> Iterable[Pack]:
        for path in sorted(self.folder.glob(f"*{SUFFIX}")):
            try:
                yield Pack(path)
            except (BadPack, OSError) as error:
                self.faults.append(str(error))

    def _marks(self, ids: Sequence[str]) -> list[str] | None:
        held = self.catalogue.collections
        return [mark_of(held[one]) for one in ids] if all(one in held for one in ids) else None


def mark_of(collection: Collection) -> str:
    """Tells the tiles of this state of a collection from others: data, rules, and our format."""
    rules = collection.spec.style.model_dump_json()
    return sha256(f"{FORMAT} {collection.digest} {rules}".encode()).hexdigest()


def plain_bytes(pack: Pack, z: int, row: int, col: int) -> bytes:
    """A tile of the pack, unpacked; no bytes where it has none."""
    found = pack.tile(z, row, col) or b""
    return gzip.decompress(found) if found and pack.zipped else found
