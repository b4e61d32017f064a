"""What is asked of which collection about a position, and how the answer is kept.

The tables below are all that is known about collections here. One that is not in the catalogue
is said to be missing, never taken for empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from geo.feature import Feature
from geo.near import Near
from geo.position import Point

LEAST_M = 300.0  # nothing nearer to a line than this is decided, however well the line is known
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


SPECIAL = frozenset({"special_area"})
COAST = frozenset({"coast"})
AREAS = (
    Role("country", "countries"),
    Role("contested", "contested_areas"),
    Role("zones", "arctic_zones", SPECIAL, others=True),
    Role("special_areas", "arctic_zones", SPECIAL),
    Role("high_seas", "arctic_high_seas"),
    Role("shelf", "arctic_shelf"),
    Role("routeing", "bering_transits"),
)
LINES = (
    Role("limits", "arctic_limits", COAST, others=True, count=LIMITS),  # `coast` is a part itself
    Role("boundaries", "arctic_boundaries", count=LIMITS),
    Role("shelf_limits", "arctic_shelf", count=LIMITS),
    Role("coast", "land"),
)
BOUNDED = ("arctic_zones", "arctic_high_seas")  # their edges are the lines of arctic_limits,
BETWEEN = "between"  # whose tag of this name holds the ids of what lies on either side
DISPUTES = Role("disputes", "arctic_disputes")  # has no geometry: its tag `features` names others
ROLES = (*AREAS, *LINES, DISPUTES)

Relation = Literal["inside", "undecided"]


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


Bounds = Mapping[str, Beside]  # lines by the ids of the areas that they bound


@dataclass(frozen=True, slots=True)
class Held:
    """An area at the position: ``inside``, or ``undecided`` because ``line`` is too near.

    An undecided area may lie on either side of that line, which is a limit, the coast or the
    area's own edge; ``drawn_inside`` says on which side the geometry has the position.
    """

    collection: str
    feature: Feature
    relation: Relation
    drawn_inside: bool
    line: Beside | None


@dataclass(frozen=True, slots=True)
class Linked:
    """A dispute about something that is named here: ``through`` are collection/id of that."""

    collection: str
    feature: Feature
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The answer for one position (lon, lat). ``missing`` maps a part to the collection it lacks.

    ``outside`` names overlays that are there but begin north of here: they say nothing about it.
    """

    at: Point
    accuracy_m: float
    areas: Mapping[str, tuple[Held, ...]]
    lines: Mapping[str, tuple[Beside, ...]]
    disputes: tuple[Linked, ...]
    coast_of: tuple[Feature, ...]  # the countries whose coast is the nearest one
    missing: Mapping[str, str]
    outside: tuple[str, ...]
