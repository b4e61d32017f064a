"""The drawing room: what every picture needs, opened when the first one is drawn."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from geo.grid import Grid
from geo.labels import Placed
from geo.moment import Interval
from geo.shaping import Fonts
from layers.catalogue import Catalogue
from layers.fonts import load_fonts
from layers.grids import load_grids
from layers.maps import MapSpec
from layers.planes import Planes
from layers.themes import Theme, load_themes
from server.draw.looks import Looks, looks_of
from server.draw.placements import Placements
from server.draw.room import Room, rooms
from server.draw.under import is_under


@dataclass(frozen=True)
class Drawing:
    """Catalogue and maps, and opened lazily: projected stores, fonts, grids and themes."""

    catalogue: Catalogue
    maps: Mapping[str, MapSpec]
    cache: Path

    def looks(self, collection: str, at: Interval | None = None, view: str | None = None) -> Looks:
        """How the features of a collection look, at a time and for a party; kept."""
        return self._looks(collection, at, view)

    def under_land(self, collection: str) -> bool:
        """Whether a collection of areas at sea is to be covered by the land; kept."""
        return self._under_land(collection)

    def rooms(self, collection: str, plane: str) -> list[Room]:
        """Where the areas of a collection have room for names; kept."""
        return self._rooms(collection, plane)

    def placed(self, key: Hashable, make: Callable[[], Placed]) -> Placed:
        """The names placed under ``key``; made when first asked for, and kept as room allows."""
        return self._placements.get(key, make)

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages that any feature of the catalogue has a name in."""
        every = (one for c in self.catalogue.collections.values() for one in c.features)
        return frozenset({"en", *(name.lang for one in every for name in one.properties.names)})

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

    @cached_property
    def _looks(self) -> Callable[[str, Interval | None, str | None], Looks]:
        held = self.catalogue
        return lru_cache(LOOKS_KEPT)(lambda one, at, view: looks_of(held[one], at, view))

    @cached_property
    def _under_land(self) -> Callable[[str], bool]:
        held = self.catalogue
        return lru_cache(LOOKS_KEPT)(lambda one: is_under(held[one], held["land"]))

    @cached_property
    def _rooms(self) -> Callable[[str, str], list[Room]]:
        return lru_cache(LOOKS_KEPT)(lambda one, plane: rooms(self.planes.store(one, plane)))

    @cached_property
    def _placements(self) -> Placements:
        return Placements(PLACEMENTS_KEPT)


PLACEMENTS_KEPT = 96  # sets of names: zooms of grids times maps, themes and languages
LOOKS_KEPT = 256  # sets of looks: collections times dates and parties that somebody asks for
