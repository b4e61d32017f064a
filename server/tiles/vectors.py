"""Vector tiles as answers: from a pack where one holds them, else made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from geo.grid import Grid
from geo.mvt import MEDIA_TYPE
from layers.catalogue import Catalogue
from layers.errors import BadPack
from layers.maps import MapSpec
from layers.pack import PNG, WEBP, Pack, sound
from layers.packs import Packs, plain_bytes
from layers.vectortiles import VectorTiles
from server.draw.drawing import Drawing
from server.draw.spot import Spot
from server.prepared import Prepared, prepare, unzipped

_KINDS = {"png": PNG, "webp": WEBP}
T = TypeVar("T")


@dataclass(frozen=True)
class Vectors:
    """The vector tiles of a site, and the packs in the folder ``below``, looked at once."""

    catalogue: Catalogue
    drawing: Drawing
    below: Path

    @cached_property
    def packs(self) -> Packs:
        """The packs that hold today's tiles."""
        return Packs(self.below, self.catalogue)

    @cached_property
    def made(self) -> VectorTiles:
        """What makes the tiles that no pack holds."""
        return VectorTiles(self.catalogue, self.drawing.planes)

    def at_hand(self, ids: Sequence[str], grid: Grid, z: int, row: int, col: int) -> bool:
        """Whether a tile is made in less time than it takes to ask a thread for it."""
        return self.made.at_hand(ids, grid, z, row, col)

    def prepared(self, ids: Sequence[str], grid: Grid, z: int, row: int, col: int) -> Prepared:
        """One tile with a layer for each collection, ready to be sent; an empty body if bare."""
        packed = self._asked(
            self.packs.vector(ids, grid, z), lambda pack: _as_packed(pack, z, row, col)
        )
        if packed:
            return packed
        body = b"".join(self._layer(one, grid, z, row, col) for one in ids)
        return prepare(body, MEDIA_TYPE)

    def picture(self, shown: MapSpec, spot: Spot, form: str) -> bytes | None:
        """A tile of a map's pictures, if a pack holds it."""
        pack = self.packs.picture(shown, spot.grid, _KINDS[form], spot.zoom)
        return self._asked(pack, lambda one: one.tile(spot.zoom, spot.row, spot.col))

    def _layer(self, id: str, grid: Grid, z: int, row: int, col: int) -> bytes:
        pack = self.packs.vector((id,), grid, z)
        packed = self._asked(pack, lambda one: plain_bytes(one, z, row, col))
        return self.made.tile((id,), grid, z, row, col) if packed is None else packed

    def _asked(self, pack: Pack | None, read: Callable[[Pack], T | None]) -> T | None:
        """What a pack gives; None where there is none, or where it turns out to be damaged."""
        if pack is None:
            return None
        try:
            return read(pack)
        except BadPack as error:
            self.packs.leave_out(pack, error)
            return None


def _as_packed(pack: Pack, z: int, row: int, col: int) -> Prepared | None:
    """A tile as it stands in the pack; None where that has none, or none zipped."""
    found = pack.tile(z, row, col) if pack.zipped else None
    if not found:
        return None
    with sound(pack.path):
        return unzipped(found, MEDIA_TYPE)
