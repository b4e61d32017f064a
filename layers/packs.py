"""The tile packs of a folder: which of them hold today's tiles, and what is in them."""

import gzip
from collections.abc import Iterable, Sequence
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from geo.grid import Grid
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.damage import Damage
from layers.errors import BadPack
from layers.maps import MapSpec
from layers.pack import MVT, Pack, sound

Key = TypeVar("Key")
SUFFIX = ".pmtiles"
ADVICE = "make it again with `marchland pack`, or remove it; the server makes its tiles meanwhile"
FORMAT = 1  # of what we write into a tile; a pack of another format is left alone


class Packs:
    """The packs in ``folder``, which need not exist; they are opened when first asked for.

    A pack counts only while it was made of the same collections: each says their marks.
    """

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.folder = folder
        self.catalogue = catalogue
        self._faults: dict[Path, str] = {}  # what is wrong with files that are left out

    def vector(self, ids: Sequence[str], grid: Grid, z: int) -> Pack | None:
        """The pack with the vector tiles of exactly these collections, if it reaches zoom z."""
        found = self._vector.get((tuple(ids), grid.id))
        return found if found is not None and found.min_zoom <= z <= found.max_zoom else None

    def picture(self, shown: MapSpec, grid: Grid, kind: int, z: int) -> Pack | None:
        """The pack with the pictures of a map in one format, if it reaches zoom z."""
        found = self._pictures.get((shown.id, grid.id, kind))
        if found is None or not found.min_zoom <= z <= found.max_zoom:
            return None
        marks = picture_marks(shown, shown.shown(self.catalogue))
        return found if found.metadata["marchland"].get("marks") == marks else None

    def leave_out(self, pack: Pack, error: BadPack) -> None:
        """Ask this pack no more: something in it cannot be read."""
        self._faults[pack.path] = str(error)
        _without(self._vector, pack)
        _without(self._pictures, pack)

    @property
    def faults(self) -> list[Damage]:
        """The files that are left out; of those that nobody has asked yet what their heads tell."""
        _ = self._opened
        told = self._faults.items()
        return [Damage(f"packs/{path.name}", text, ADVICE) for path, text in told]

    @cached_property
    def _pictures(self) -> dict[tuple[str, str, int], Pack]:
        found: dict[tuple[str, str, int], Pack] = {}
        for pack in self._opened:
            own = pack.metadata.get("marchland", {})
            if pack.kind != MVT and "map" in own:
                found.setdefault((str(own["map"]), str(own.get("tms")), pack.kind), pack)
        return found

    @cached_property
    def _vector(self) -> dict[tuple[tuple[str, ...], str], Pack]:
        found: dict[tuple[tuple[str, ...], str], Pack] = {}
        for pack in self._opened:
            own = pack.metadata.get("marchland", {})
            if pack.kind == MVT and own.get("marks") == self._marks(own.get("collections", [])):
                found.setdefault((tuple(own["collections"]), str(own.get("tms"))), pack)
        return found

    @cached_property
    def _opened(self) -> list[Pack]:
        found = []
        for path in sorted(self.folder.glob(f"*{SUFFIX}")):
            try:
                found.append(Pack(path))
            except BadPack as error:
                self._faults[path] = str(error)
            except OSError as error:
                self._faults[path] = f"{path.name} cannot be read ({error.strerror})"
        return found

    def _marks(self, ids: Sequence[str]) -> list[str] | None:
        held = self.catalogue.collections
        return [mark_of(held[one]) for one in ids] if all(one in held for one in ids) else None


def _without(held: dict[Key, Pack], pack: Pack) -> None:
    for key in [key for key, one in held.items() if one is pack]:
        held.pop(key, None)  # another thread may have been quicker


def mark_of(collection: Collection) -> str:
    """Tells the tiles of this state of a collection from others: data, rules, and our format."""
    rules = collection.spec.style.model_dump_json()
    return sha256(f"{FORMAT} {collection.digest} {rules}".encode()).hexdigest()


def picture_marks(shown: MapSpec, collections: Iterable[Collection]) -> list[str]:
    """Tells the pictures of a map from those of another state of the map, its data or our code."""
    own = f"{FORMAT} {version('marchland')} {shown.model_dump_json()}"
    return [sha256(own.encode()).hexdigest(), *(mark_of(one) for one in collections)]


def plain_bytes(pack: Pack, z: int, row: int, col: int) -> bytes:
    """A tile of the pack, unpacked; no bytes where it has none. Raises `BadPack`."""
    found = pack.tile(z, row, col) or b""
    with sound(pack.path):
        return gzip.decompress(found) if found and pack.zipped else found
