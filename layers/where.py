"""What lies at a position, and what is nearest to it, from every collection that can say so.

The tables below are all that is known about collections here. One that is not in the catalogue
is said to be missing, never taken for empty.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from types import MappingProxyType
from typing import Literal

from shapely.geometry.base import BaseGeometry

from geo.clean import polygons_of
from geo.edges import EdgeType
from geo.feature import Feature
from geo.geodesic import Point
from geo.inside import AreaIndex
from geo.nearest import LineIndex, Near
from geo.vocabulary import Evidence
from layers.catalogue import Catalogue
from layers.collection import Collection

LEAST_M = 300.0  # nothing nearer to a line than this is decided, however well the line is known
BASE_M = 3_000.0  # a general data set without a figure: the largest error known of the base map
LIMITS = 3  # lines of one collection that are named


@dataclass(frozen=True, slots=True)
class Role:
    """A part of the answer, and the collection that gives it; ``kinds`` narrows its features."""

    name: str
    collection: str
    kinds: frozenset[str] = frozenset()
    others: bool = False  # every kind but these
    count: int = 1

    def takes(self, feature: Feature) -> bool:
        """Whether the feature belongs to this part."""
        return not self.kinds or (feature.properties.kind in self.kinds) is not self.others


_SPECIAL = frozenset({"special_area"})
AREAS = (
    Role("country", "countries"),
    Role("contested", "contested_areas"),
    Role("zones", "arctic_zones", _SPECIAL, others=True),
    Role("special_areas", "arctic_zones", _SPECIAL),
    Role("high_seas", "arctic_high_seas"),
    Role("shelf", "arctic_shelf"),
    Role("disputes", "arctic_disputes"),
    Role("routeing", "bering_transits"),
)
LINES = (
    Role("limits", "arctic_limits", count=LIMITS),
    Role("boundaries", "arctic_boundaries", count=LIMITS),
    Role("shelf_limits", "arctic_shelf", count=LIMITS),
    Role("coast", "land"),
)

Relation = Literal["inside", "undecided"]


@dataclass(frozen=True, slots=True)
class Held:
    """An area at the position. ``undecided``: its edge is nearer than ``margin_m``.

    An undecided area may lie on either side of its edge; ``drawn_inside`` says on which side the
    geometry has the position. ``edge`` is the nearest point of the edge, None beyond the margin.
    """

    collection: str
    feature: Feature
    relation: Relation
    drawn_inside: bool
    margin_m: float
    edge: Near | None


@dataclass(frozen=True, slots=True)
class Beside:
    """A line near the position; within ``margin_m`` of it no side is decided."""

    collection: str
    feature: Feature
    near: Near
    margin_m: float

    @property
    def undecided(self) -> bool:
        """Whether the position may lie on either side."""
        return self.near.distance_m <= self.margin_m


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The answer for one position (lon, lat). ``missing`` maps a part to the collection it lacks.

    ``outside`` names overlays that are there but begin north of here: they say nothing about it.
    """

    at: Point
    accuracy_m: float
    areas: Mapping[str, tuple[Held, ...]]
    lines: Mapping[str, tuple[Beside, ...]]
    coast_of: tuple[Feature, ...]  # the countries whose coast is the nearest one
    missing: Mapping[str, str]
    outside: tuple[str, ...]


class Where:
    """The indices over one catalogue, made when first asked for and then kept."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._shelves: dict[str, _Shelf] = {}
        self._lock = Lock()

    def prepare(self) -> None:
        """Make every index now (about a second) instead of at the first question."""
        self.ask((0.0, 90.0))

    def ask(self, at: Point, accuracy_m: float = 0.0) -> Whereabouts:
        """What holds the position and what is nearest to it.

        ``at`` is lon, lat in degrees on the globe; at ±90° the longitude does not matter and ±180°
        are one meridian. ``accuracy_m`` is how far off the position itself may be.
        """
        shelves = {role.collection: self._shelf(role.collection) for role in (*AREAS, *LINES)}
        areas = {
            role.name: _of(role, shelf.holding(at, accuracy_m))
            for role in AREAS
            if (shelf := shelves[role.collection])
        }
        lines = {
            role.name: shelf.beside(at, accuracy_m, role.count)
            for role in LINES
            if (shelf := shelves[role.collection])
        }
        roles = (*AREAS, *LINES)
        missing = {one.name: one.collection for one in roles if not shelves[one.collection]}
        outside = (shelf.id for shelf in shelves.values() if shelf and shelf.ends_before(at))
        return Whereabouts(
            at,
            accuracy_m,
            MappingProxyType(areas),
            MappingProxyType(lines),
            self._coast_of(lines.get("coast", ())),
            MappingProxyType(missing),
            tuple(outside),
        )

    def _coast_of(self, coast: Iterable[Beside]) -> tuple[Feature, ...]:
        countries = self._shelf("countries")
        if countries is None:
            return ()
        # The coast of `land` has the very vertices of the countries' edges.
        found = (near for one in coast for near in countries.edges.within(one.near.point, 1.0))
        return tuple(countries.features[near.owner] for near in found)

    def _shelf(self, id: str) -> "_Shelf | None":
        collection = self._catalogue.collections.get(id)
        if collection is None:
            return None
        with self._lock:
            if id not in self._shelves:
                self._shelves[id] = _Shelf(collection)
            return self._shelves[id]


class _Shelf:
    """One collection with its indices."""

    def __init__(self, collection: Collection) -> None:
        self.id, self.features = collection.id, collection.features
        self._base = base = collection.spec.role == "base"
        kind: EdgeType = "lonlat" if base else "geodesic"  # layers draw claims along geodesics
        shapes = [feature.geometry for feature in self.features]
        self.inside = AreaIndex(shapes, kind)
        self.edges = LineIndex([one if _is_area(one) else None for one in shapes], kind)
        lines = LineIndex([None if _is_area(one) else one for one in shapes], kind)
        self.lines = lines if len(lines) else self.edges  # a coast is the edge of its land
        self._margins = [_margin_m(feature) for feature in self.features]
        self._extent = collection.extent

    def holding(self, at: Point, accuracy_m: float) -> list[Held]:
        drawn = set(self.inside.holding(at))
        edges = {one.owner: one for one in self.edges.within(at, self._widest + accuracy_m)}
        found = [self._held(n, n in drawn, edges.get(n), accuracy_m) for n in drawn | edges.keys()]
        kept = [one for one in found if one.drawn_inside or one.relation == "undecided"]
        return sorted(kept, key=lambda one: (one.relation, not one.drawn_inside, one.feature.id))

    def beside(self, at: Point, accuracy_m: float, count: int) -> tuple[Beside, ...]:
        return tuple(
            Beside(self.id, self.features[n.owner], n, self._margins[n.owner] + accuracy_m)
            for n in self.lines.nearest(at, count)
        )

    def ends_before(self, at: Point) -> bool:
        """Whether the position lies south of all that an overlay shows."""
        return not self._base and (self._extent is None or at[1] < self._extent.south)

    def _held(self, place: int, drawn: bool, edge: Near | None, accuracy_m: float) -> Held:
        margin = self._margins[place] + accuracy_m
        close = edge is not None and edge.distance_m <= margin
        relation: Relation = "undecided" if close else "inside"
        return Held(self.id, self.features[place], relation, drawn, margin, edge if close else None)

    @cached_property
    def _widest(self) -> float:
        return max(self._margins, default=0.0)


def _of(role: Role, held: list[Held]) -> tuple[Held, ...]:
    return tuple(one for one in held if role.takes(one.feature))


def _is_area(geometry: BaseGeometry | None) -> bool:
    return bool(polygons_of(geometry)) if geometry is not None else False


def _margin_m(feature: Feature) -> float:
    """How near to its edge a feature decides nothing: its own accuracy, and at least 300 m."""
    own = feature.properties
    if own.accuracy_m is None:
        return BASE_M if own.evidence is Evidence.DATASET else LEAST_M
    return max(LEAST_M, own.accuracy_m)
