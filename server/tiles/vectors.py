"""Vector tiles as answers: from a pack where one holds them, else made."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from geo.grid import Grid
from geo.mvt import MEDIA_TYPE
from layers.catalogue import Catalogue
from layers.maps import MapSpec
from layers.pack import PNG, WEBP
from layers.packs import Packs, plain_bytes
from layers.vectortiles import VectorTiles
from server.draw.drawing import Drawing
from server.draw.spot import Spot
from server.prepared import Prepared, prepare, unzipped

_KINDS = {"png": PNG, "webp": WEBP}


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

    def prepared(self, ids: Sequence[str], grid: Grid, z: int, row: int, col: int) -> Prepared:
        """One tile with a layer for each collection, ready to be sent; an empty body if bare."""
        pack = self.packs.vector(ids, grid, z)
        found = pack.tile(z, row, col) if pack and pack.zipped else None
        if found:
            return unzipped(found, MEDIA_TYPE)
        body = b"".join(self._layer(one, grid, z, row, col) for one in ids)
        return prepare(body, MEDIA_TYPE)

    def picture(self, shown: MapSpec, spot: Spot, form: str) -> bytes | None:
        """A tile of a map's pictures, if a pack holds it."""
        pack = self.packs.picture(shown, spot.grid, _KINDS[form], spot.zoom)
        return pack.tile(spot.zoom, spot.row, spot.col) if pack else None

    def _layer(self, id: str, grid: Grid, z: int, row: int, col: int) -> bytes:
        pack = self.packs.vector((id,), grid, z)
        if pack:
            return plain_bytes(pack, z, row, col)
        return self.made.tile((id,), grid, z, row, col)
