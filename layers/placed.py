"""One collection made ready to be asked about positions."""

import math
from collections.abc import Iterable, Set

from shapely.geometry.base import BaseGeometry

from geo.edges import EdgeType
from geo.eye import Eye
from geo.feature import Feature
from geo.near import Near
from geo.nearest import Wanted
from geo.vocabulary import Evidence
from layers.collection import Collection
from layers.whereabouts import LEAST_M, LINES, Beside, Bounds, Held, Relation

REACH_M = 3_000_000.0  # a limit further away says nothing about a position
BASE_M = 3_000.0  # a general data set without a figure: the largest error known of the base map
AREA = 2  # dimensions


class Placed:
    """One collection, and what is asked of it."""

    def __init__(self, collection: Collection) -> None:
        self.id, self.features = collection.id, collection.features
        self._base = base = collection.spec.role == "base"
        self.kind: EdgeType = "lonlat" if base else "geodesic"  # claims are drawn along geodesics
        self._margins = [_margin_m(feature) for feature in self.features]
        self._widest = max(self._margins, default=0.0)
        self._places = {feature.id: place for place, feature in enumerate(self.features)}
        self._south = collection.extent.south if collection.extent else math.inf

    @property
    def areas(self) -> list[BaseGeometry | None]:
        """The areas, each in the place of its feature."""
        return [_area_of(one) for one in self.features]

    @property
    def lines(self) -> list[BaseGeometry | None]:
        """The lines that are asked of it, likewise; those of `land` are the edges of its areas."""
        return [_line_of(one) if _is_asked(self.id, one) else None for one in self.features]

    @property
    def has_lines(self) -> bool:
        """Whether it has any that are asked of it."""
        return any(_is_line(one) and _is_asked(self.id, one) for one in self.features)

    def named(self, count: int, accuracy_m: float) -> Wanted:
        """To be asked of its lines: the nearest, and all that are too near to decide.

        A coast is named however far it is, other lines up to 3 000 km.
        """
        return Wanted(count, math.inf if self._base else REACH_M, self._widest + accuracy_m)

    def bounding(self, accuracy_m: float) -> Wanted:
        """To be asked of its edges: those that are too near to decide."""
        return Wanted(0, 0.0, self._widest + accuracy_m)

    def beside(self, found: Iterable[Near], count: int, accuracy_m: float) -> list[Beside]:
        """What was found of its lines: the ``count`` nearest and all too near to decide."""
        near = [self._beside(one, accuracy_m) for one in found]
        return near[:count] + [one for one in near[count:] if one.undecided]

    def bounds(self, found: Iterable[Near], accuracy_m: float) -> Bounds:
        """What was found of its edges, those too near to decide, by the ids of the areas."""
        near = (self._beside(one, accuracy_m) for one in found)
        return {one.feature.id: one for one in near if one.undecided}

    def holding(self, drawn: Set[int], near: Bounds) -> list[Held]:
        """The areas that hold the position or may do so, those that are decided first.

        ``drawn`` are the numbers of those that hold it as they are drawn, ``near`` the lines too
        near to decide, under the ids of the areas that they bound.
        """
        close = {self._places[one] for one in near if one in self._places}
        found = [self._held(n, n in drawn, near.get(self.features[n].id)) for n in drawn | close]
        return sorted(found, key=lambda one: (one.relation, not one.drawn_inside, one.feature.id))

    def ends_before(self, eye: Eye) -> bool:
        """Whether the position lies south of all that an overlay shows."""
        return not self._base and eye.at[1] < self._south

    def _beside(self, near: Near, accuracy_m: float) -> Beside:
        margin = self._margins[near.owner] + accuracy_m
        return Beside(self.id, self.features[near.owner], near, margin)

    def _held(self, place: int, drawn: bool, line: Beside | None) -> Held:
        relation: Relation = "undecided" if line else "inside"
        return Held(self.id, self.features[place], relation, drawn, line)


def _is_asked(collection: str, feature: Feature) -> bool:
    """Whether the feature is one of the lines that are asked of its collection."""
    return all(role.takes(feature) for role in LINES if role.collection == collection)


def _line_of(feature: Feature) -> BaseGeometry | None:
    return feature.geometry if _is_line(feature) else None


def _area_of(feature: Feature) -> BaseGeometry | None:
    return feature.geometry if feature.dimensions == AREA else None


def _is_line(feature: Feature) -> bool:
    return 0 <= feature.dimensions < AREA


def _margin_m(feature: Feature) -> float:
    """How near to its edge a feature decides nothing: its own accuracy, and at least 300 m."""
    own = feature.properties
    if own.accuracy_m is None:
        return BASE_M if own.evidence is Evidence.DATASET else LEAST_M
    return max(LEAST_M, own.accuracy_m)
