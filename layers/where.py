"""What lies at a position, and what is nearest to it, from every collection that can say so."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.feature import Feature
from geo.near import Near
from geo.position import Point
from layers.catalogue import Catalogue
from layers.whereabouts import (
    AREAS,
    BETWEEN,
    BOUNDED,
    DISPUTES,
    LINES,
    ROLES,
    Beside,
    Bounds,
    Held,
    Linked,
    Whereabouts,
)

if TYPE_CHECKING:
    from geo.eye import Eye
    from layers.indices import Indices

LIMITS = LINES[0]


class Where:
    """The indices over one catalogue, opened or made when first asked for and then kept.

    ``cache`` is the folder in which they lie ready for the next time; without one they are made in
    memory.
    """

    def __init__(self, catalogue: Catalogue, cache: Path | None = None) -> None:
        self._catalogue = catalogue
        self._cache = cache
        self._made: Indices | None = None
        self._lock = Lock()
        known = catalogue.collections
        self._missing = {one.name: one.collection for one in ROLES if one.collection not in known}
        disputes = known.get(DISPUTES.collection)
        self._disputes = [(one, _named_by(one)) for one in (disputes.features if disputes else ())]

    @property
    def ready(self) -> bool:
        """Whether a question is answered in milliseconds."""
        return self._made is not None

    def prepare(self) -> "Indices":
        """Open every index now instead of at the first question, or make it, in a second or two."""
        from layers.indices import Indices  # noqa: PLC0415  # pyproj: not before it is needed

        with self._lock:
            self._made = self._made or Indices(self._catalogue, self._cache)
            return self._made

    def ask(self, at: Point, accuracy_m: float = 0.0) -> Whereabouts:
        """What holds the position and what is nearest to it.

        ``at`` is lon, lat in degrees on the globe; at ±90° the longitude does not matter and ±180°
        are one meridian. ``accuracy_m`` is how far off the position itself may be.
        """
        made = self._made or self.prepare()
        eye = made.eye(at)
        near = made.near(eye, accuracy_m)
        beside = {
            role.name: made.placed[role.collection].beside(found, role.count, accuracy_m)
            for role in LINES
            if (found := near.lines.get(role.collection)) is not None
        }
        lines = {
            role.name: tuple(beside[role.name][: role.count])
            for role in LINES
            if role.name in beside
        }
        held = self._held(made, eye, near.edges, accuracy_m, self._bounds(made, beside))
        areas = {
            role.name: tuple(one for one in held[role.collection] if role.takes(one.feature))
            for role in AREAS
            if role.collection in held
        }
        return Whereabouts(
            at,
            accuracy_m,
            MappingProxyType(areas),
            MappingProxyType(lines),
            self._linked(areas, lines),
            tuple(self._ending_at(made, lines.get("coast", ()), ("countries",))),
            MappingProxyType(self._missing),
            tuple(sorted(one.id for one in made.placed.values() if one.ends_before(eye))),
        )

    @staticmethod
    def _held(
        made: "Indices",
        eye: "Eye",
        edges: Mapping[str, Iterable[Near]],
        accuracy_m: float,
        limits: Bounds | None,
    ) -> Mapping[str, Iterable[Held]]:
        """What holds the position, by collection, each asked once."""
        told, drawn = {}, made.holding(eye)
        for name in dict.fromkeys(role.collection for role in AREAS):
            if placed := made.placed.get(name):
                own = limits if name in BOUNDED else None
                told[name] = placed.holding(
                    drawn[name],
                    placed.bounds(edges[name], accuracy_m) if own is None else own,
                )
        return told

    def _bounds(self, made: "Indices", beside: Mapping[str, Iterable[Beside]]) -> Bounds | None:
        """The lines too near to decide by the ids of what they bound; None without limits.

        Each limit has an accuracy of its own, which is better than that of a whole zone.
        """
        if LIMITS.name not in beside:
            return None
        found: dict[str, Beside] = {}
        for line in (one for one in beside[LIMITS.name] if one.undecided):
            for side in str(line.feature.properties.tags.get(BETWEEN, "")).split():
                found.setdefault(side, line)
        for line in (one for one in beside.get("coast", ()) if one.undecided):
            for area in self._ending_at(made, (line,), BOUNDED):
                found.setdefault(area.id, line)
        return found

    @staticmethod
    def _ending_at(
        made: "Indices", lines: Iterable[Beside], collections: Iterable[str]
    ) -> Iterator[Feature]:
        """The areas that end at a line where it is nearest: their edge has the very point."""
        for line in lines:
            for name, found in made.at(line.near.point, collections).items():
                yield from (made.placed[name].features[one.owner] for one in found)

    def _linked(
        self, areas: Mapping[str, Iterable[Held]], lines: Mapping[str, Iterable[Beside]]
    ) -> tuple[Linked, ...]:
        """The disputes about an area that may hold the position, or a line too near to decide."""
        named = {f"{one.collection}/{one.feature.id}" for held in areas.values() for one in held}
        named |= {
            f"{one.collection}/{one.feature.id}"
            for near in lines.values()
            for one in near
            if one.undecided
        }
        pairs = ((one, named & about) for one, about in self._disputes)
        return tuple(
            Linked(DISPUTES.collection, one, tuple(sorted(found))) for one, found in pairs if found
        )


def _named_by(dispute: Feature) -> frozenset[str]:
    """What a dispute is about, each as collection/id."""
    return frozenset(str(dispute.properties.tags.get("features", "")).split())
