"""One collection made ready to be asked about positions."""

import math
from functools import cached_property

from shapely.geometry.base import BaseGeometry

from geo.clean import polygons_of
from geo.edges import EdgeType
from geo.feature import Feature
from geo.inside import AreaIndex
from geo.near import Near
from geo.nearest import LineIndex
from geo.position import Point
from geo.vocabulary import Evidence
from layers.collection import Collection
from layers.whereabouts import LEAST_M, Beside, Bounds, Held, Relation

REACH_M = 3_000_000.0  # a limit further away says nothing about a position
BASE_M = 3_000.0  # a general data set without a figure: the largest error known of the base map


class Placed:
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

    def holding(self, at: Point, accuracy_m: float, bounds: Bounds | None = None) -> list[Held]:
        """The areas that hold the position or may do so, those that are decided first.

        ``bounds`` are the lines too near to decide, under the ids of the areas that they bound;
        without them the area's own edge and accuracy decide.
        """
        drawn = set(self.inside.holding(at))
        near = self._own_bounds(at, accuracy_m) if bounds is None else bounds
        close = {self._places[one] for one in near if one in self._places}
        found = [self._held(n, n in drawn, near.get(self.features[n].id)) for n in drawn | close]
        return sorted(found, key=lambda one: (one.relation, not one.drawn_inside, one.feature.id))

    def undecided(self, at: Point, accuracy_m: float) -> list[Beside]:
        """The lines that are too near to say on which side the position is, the nearest first."""
        return self._close(self.lines, at, accuracy_m)

    def beside(self, at: Point, accuracy_m: float, count: int) -> tuple[Beside, ...]:
        """The nearest lines; a coast however far, others up to 3 000 km."""
        reach_m = math.inf if self._base else REACH_M
        found = self.lines.nearest(at, count, reach_m)
        return tuple(self._beside(one, accuracy_m) for one in found)

    def ends_before(self, at: Point) -> bool:
        """Whether the position lies south of all that an overlay shows."""
        return not self._base and (self._extent is None or at[1] < self._extent.south)

    def _own_bounds(self, at: Point, accuracy_m: float) -> Bounds:
        return {one.feature.id: one for one in self._close(self.edges, at, accuracy_m)}

    def _close(self, index: LineIndex, at: Point, accuracy_m: float) -> list[Beside]:
        found = (
            self._beside(one, accuracy_m) for one in index.within(at, self._widest + accuracy_m)
        )
        return [one for one in found if one.undecided]

    def _beside(self, near: Near, accuracy_m: float) -> Beside:
        margin = self._margins[near.owner] + accuracy_m
        return Beside(self.id, self.features[near.owner], near, margin)

    def _held(self, place: int, drawn: bool, line: Beside | None) -> Held:
        relation: Relation = "undecided" if line else "inside"
        return Held(self.id, self.features[place], relation, drawn, line)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {feature.id: place for place, feature in enumerate(self.features)}

    @cached_property
    def _widest(self) -> float:
        return max(self._margins, default=0.0)


def _is_area(geometry: BaseGeometry | None) -> bool:
    return bool(polygons_of(geometry)) if geometry is not None else False


def _margin_m(feature: Feature) -> float:
    """How near to its edge a feature decides nothing: its own accuracy, and at least 300 m."""
    own = feature.properties
    if own.accuracy_m is None:
        return BASE_M if own.evidence is Evidence.DATASET else LEAST_M
    return max(LEAST_M, own.accuracy_m)
