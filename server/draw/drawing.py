"""The drawing room: what every picture needs, opened when the first one is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from geo.grid import Grid
from geo.shaping import Fonts
from layers.catalogue import Catalogue
from layers.fonts import load_fonts
from layers.grids import load_grids
from layers.maps import MapSpec
from layers.planes import Planes
from server.draw.theme import Theme, load_themes


@dataclass(frozen=True)
class Drawing:
    """Catalogue and maps, and opened lazily: projected stores, fonts, grids and themes."""

    catalogue: Catalogue
    maps: Mapping[str, MapSpec]
    cache: Path

    @cached_property
    def planes(self) -> Planes:
        """The projected, simplified and indexed stores, in the cache folder."""
        return Planes(self.catalogue, self.cache)

    @cached_property
    def fonts(self) -> Fonts:
        """The faces that all text is set in."""
        return load_fonts()

    @cached_property
    def grids(self) -> Mapping[str, Grid]:
        """The tile matrix sets by id."""
        return load_grids()

    @cached_property
    def themes(self) -> Mapping[str, Theme]:
        """``light`` and ``dark``."""
        return load_themes()
