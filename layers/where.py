"""What lies at a position, and what is nearest to it, from every collection that can say so."""

from collections.abc import Iterable, Mapping
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.feature import Feature
from geo.position import Point
from layers.catalogue import Catalogue
from layers.whereabouts import (
    AREAS,
    BETWEEN,
    BOUNDED,
    DISPUTES,
    LINES,
    Beside,
    Bounds,
    Held,
    Linked,
    Whereabouts,
)

if TYPE_CHECKING:
    from layers.placed import Placed


class Where:
    """The indices over one catalogue, made when first asked for and then kept."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._made: dict[str, Placed] = {}
        self._lock = Lock()

    def prepare(self) -> None:
        """Make every index now (about a second) instead of at the first question."""
        self.ask((0.0, 90.0))

    def ask(self, at: Point, accuracy_m: float = 0.0) -> Whereabouts:
        """What holds the position and what is nearest to it.

        ``at`` is lon, lat in degrees on the globe; at ±90° the longitude does not matter and ±180°
        are one meridian. ``accuracy_m`` is how far off the position itself may be.
        """
        lines = {
            role.name: placed.beside(at, accuracy_m, role.count)
            for role in LINES
            if (placed := self._placed(role.collection))
        }
        held = self._held(at, accuracy_m, self._bounds(at, accuracy_m, lines.get("coast", ())))
        areas = {
            role.name: tuple(one for one in held[role.collection] if role.takes(one.feature))
            for role in AREAS
            if role.collection in held
        }
        known = self._catalogue.collections
        roles = (*AREAS, *LINES, DISPUTES)
        missing = {one.name: one.collection for one in roles if one.collection not in known}
        outside = (one.id for one in self._made.values() if one.ends_before(at))
        return Whereabouts(
            at,
            accuracy_m,
            MappingProxyType(areas),
            MappingProxyType(lines),
            self._disputes(areas, lines),
            self._coast_of(lines.get("coast", ())),
            MappingProxyType(missing),
            tuple(sorted(outside)),
        )

    def _held(
        self, at: Point, accuracy_m: float, bounds: Bounds | None
    ) -> Mapping[str, Iterable[Held]]:
        """What holds the position, by collection, each asked once."""
        asked = dict.fromkeys(role.collection for role in AREAS)
        return {
            placed.id: placed.holding(at, accuracy_m, bounds if placed.id in BOUNDED else None)
            for placed in filter(None, map(self._placed, asked))
        }

    def _bounds(self, at: Point, accuracy_m: float, coast: Iterable[Beside]) -> Bounds | None:
        """The lines too near to decide by the ids of what they bound; None without limits.

        Each limit has an accuracy of its own, which is better than that of a whole zone.
        """
        limits = self._placed("arctic_limits")
        if limits is None:
            return None
        found: dict[str, Beside] = {}
        for line in limits.undecided(at, accuracy_m):
            for side in str(line.feature.properties.tags.get(BETWEEN, "")).split():
                found.setdefault(side, line)
        for line in (one for one in coast if one.undecided):
            for placed in filter(None, map(self._placed, BOUNDED)):
                # An area ends at this coast if its edge runs through the very point.
                for edge in placed.edges.within(line.near.point, 1.0):
                    found.setdefault(placed.features[edge.owner].id, line)
        return found

    def _disputes(
        self, areas: Mapping[str, Iterable[Held]], lines: Mapping[str, Iterable[Beside]]
    ) -> tuple[Linked, ...]:
        """The disputes about an area that may hold the position, or a line too near to decide."""
        collection = self._catalogue.collections.get(DISPUTES.collection)
        named = {f"{one.collection}/{one.feature.id}" for held in areas.values() for one in held}
        named |= {
            f"{one.collection}/{one.feature.id}"
            for near in lines.values()
            for one in near
            if one.undecided
        }
        pairs = [
            (one, tuple(sorted(named & set(str(one.properties.tags.get("features", "")).split()))))
            for one in (collection.features if collection else ())
        ]
        return tuple(Linked(DISPUTES.collection, one, found) for one, found in pairs if found)

    def _coast_of(self, coast: Iterable[Beside]) -> tuple[Feature, ...]:
        countries = self._placed("countries")
        if countries is None:
            return ()
        # The coast of `land` has the very vertices of the countries' edges.
        found = (near for one in coast for near in countries.edges.within(one.near.point, 1.0))
        return tuple(countries.features[near.owner] for near in found)

    def _placed(self, id: str) -> "Placed | None":
        collection = self._catalogue.collections.get(id)
        if collection is None:
            return None
        from layers.placed import Placed  # noqa: PLC0415  # pyproj: not before a position is asked

        with self._lock:
            if id not in self._made:
                self._made[id] = Placed(collection)
            return self._made[id]
