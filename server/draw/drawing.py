"""The drawing room: what every picture needs, opened when the first one is drawn.

What it is made of is imported then too: a server that draws nothing yet is ready half a second
sooner.
"""

# ruff: noqa: PLC0415 - see above

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.moment import Interval
from layers.catalogue import Catalogue
from layers.damage import Damage
from layers.maps import MapSpec

if TYPE_CHECKING:
    from geo.grid import Grid
    from geo.labels import Placed
    from geo.shaping import Fonts
    from layers.planes import Planes, PlaneStore
    from layers.remembered import Remembered
    from layers.themes import Theme
    from server.draw.looks import Looks
    from server.draw.room import Room
    from server.draw.traits import Boxes, Traits


@dataclass(frozen=True)
class Drawing:
    """Catalogue and maps, and opened lazily: projected stores, fonts, grids and themes."""

    catalogue: Catalogue
    maps: Mapping[str, MapSpec]
    cache: Path

    @cached_property
    def planes(self) -> Planes:
        """The projected, simplified and indexed stores, in the cache folder."""
        from layers.better import drawn
        from layers.planes import Planes

        return Planes(drawn(self.catalogue), self.cache)

    @property
    def faults(self) -> list[Damage]:
        """The files of the cache that cannot be used; none before anything is drawn."""
        return self.planes.faults if "planes" in self.__dict__ else []

    def store(self, collection: str, plane: str) -> PlaneStore:
        """What pictures draw of a collection; of countries, with better borders where known."""
        from layers.better import COUNTRIES, DRAWN

        better = collection == COUNTRIES and DRAWN in self.planes.catalogue.collections
        return self.planes.store(DRAWN if better else collection, plane)

    @cached_property
    def fonts(self) -> Fonts:
        """The faces that all text is set in."""
        from layers.fonts import load_fonts

        return load_fonts()

    @cached_property
    def grids(self) -> Mapping[str, Grid]:
        """The tile matrix sets by id."""
        from layers.grids import load_grids

        return load_grids()

    @cached_property
    def themes(self) -> Mapping[str, Theme]:
        """``light`` and ``dark``."""
        from layers.themes import load_themes

        return load_themes()

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that any feature of the catalogue has a name in, sorted."""
        every = (one for c in self.catalogue.collections.values() for one in c.features)
        return tuple(sorted({"en", *(name.lang for one in every for name in one.properties.names)}))

    def looks(self, collection: str, at: Interval | None = None, view: str | None = None) -> Looks:
        """How the features of a collection look, at a time and for a party; kept."""
        return self._looks(collection, at, view)

    def traits(self, collection: str) -> Traits:
        """What is the same in every picture of a collection; kept."""
        return self._traits(collection)

    def contested(self, collection: str, plane: str) -> Boxes:
        """Where what is contested as a whole lies in a plane; kept."""
        return self._contested(collection, plane)

    def under_land(self, collection: str) -> bool:
        """Whether a collection of areas at sea is to be covered by the land; kept."""
        return self._under_land(collection)

    def rooms(self, collection: str, plane: str) -> list[Room]:
        """Where the areas of a collection have room for names; kept."""
        return self._rooms(collection, plane)

    def broken(self) -> dict[Hashable, Any]:
        """Texts of keys in lines, by what they hang on: set for each layout that is tried; kept."""
        if len(self._broken) > TEXTS_KEPT:
            self._broken.clear()
        return self._broken

    def placed(self, key: Hashable, make: Callable[[], Placed]) -> Placed:
        """The names placed under ``key``; made when first asked for, and kept as room allows."""
        return self._placements.get(key, make)

    @cached_property
    def _looks(self) -> Callable[[str, Interval | None, str | None], Looks]:
        from server.draw.looks import looks_of

        held = self.catalogue
        return lru_cache(LOOKS_KEPT)(lambda one, at, view: looks_of(held[one], at, view))

    @cached_property
    def _traits(self) -> Callable[[str], Traits]:
        from server.draw.traits import traits_of

        return lru_cache(LOOKS_KEPT)(lambda one: traits_of(self.catalogue[one]))

    @cached_property
    def _contested(self) -> Callable[[str, str], Boxes]:
        from server.draw.traits import Boxes

        def boxes(one: str, plane: str) -> Boxes:
            return Boxes(self.catalogue[one], self.traits(one).contested, plane)

        return lru_cache(LOOKS_KEPT)(boxes)

    @cached_property
    def _under_land(self) -> Callable[[str], bool]:
        from server.draw.under import is_under

        held = self.catalogue
        return lru_cache(LOOKS_KEPT)(lambda one: is_under(held[one], held["land"]))

    @cached_property
    def _rooms(self) -> Callable[[str, str], list[Room]]:
        from server.draw.room import rooms

        return lru_cache(LOOKS_KEPT)(lambda one, plane: rooms(self.store(one, plane)))

    @cached_property
    def _broken(self) -> dict[Hashable, Any]:
        return {}

    @cached_property
    def _placements(self) -> Remembered[Placed]:
        from layers.remembered import Remembered

        return Remembered(LABELS_KEPT, lambda one: len(one.labels))


LABELS_KEPT = 5_000  # of 4 kB each: some hundred on each zoom of a grid, map, theme and language
TEXTS_KEPT = 4_000  # of half a kB each: some 300 on a map of many layers
LOOKS_KEPT = 256  # sets of looks: collections times dates and parties that somebody asks for
