"""The indices over every collection that is asked about positions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geo.eye import Eye, eye_of
from geo.near import Near
from geo.nearest import LineIndex, LineSet, Wanted
from geo.position import Point
from layers.catalogue import Catalogue
from layers.placed import Placed
from layers.whereabouts import AREAS, BOUNDED, LINES

TOUCHING_M = 1.0  # the coast of `land` and the areas that end there have the same vertices


@dataclass(frozen=True, slots=True)
class Around:
    """The lines near a position, and the edges of areas too near to decide, by collection."""

    lines: Mapping[str, list[Near]]
    edges: Mapping[str, list[Near]]


class Indices:
    """One index over the lines and edges of all collections, and the areas of each."""

    def __init__(self, catalogue: Catalogue) -> None:
        asked = dict.fromkeys(role.collection for role in (*AREAS, *LINES))
        known = catalogue.collections
        self.placed = {name: Placed(known[name]) for name in asked if name in known}
        sets: list[LineSet] = []
        self._edges: dict[str, int] = {}
        self._lines: dict[str, int] = {}
        for name, one in self.placed.items():
            self._edges[name] = self._lines[name] = len(sets)
            sets.append(one.edges)
            if one.lines:
                self._lines[name] = len(sets)
                sets.append(one.lines)
        self._index = LineIndex(sets)
        limited = LINES[0].collection in self.placed  # then limits bound the zones, not own edges
        bounded = BOUNDED if limited else ()
        self._own = [
            one
            for one in dict.fromkeys(role.collection for role in AREAS)
            if one in self.placed and one not in bounded
        ]
        self._roles = [role for role in LINES if role.collection in self.placed]

    @staticmethod
    def eye(at: Point) -> Eye:
        """The position made ready to be asked with."""
        return eye_of(at)

    def near(self, eye: Eye, accuracy_m: float) -> Around:
        """What every part of the answer needs to know of lines and edges, measured in one go."""
        wanted = {self._edges[name]: self.placed[name].bounding(accuracy_m) for name in self._own}
        for role in self._roles:
            named = self.placed[role.collection].named(role.count, accuracy_m)
            wanted[self._lines[role.collection]] = named
        found = self._index.nearest(eye, wanted)
        lines = {role.collection: found[self._lines[role.collection]] for role in self._roles}
        return Around(lines, {name: found[self._edges[name]] for name in self._own})

    def at(self, point: Point, collections: Iterable[str]) -> dict[str, list[Near]]:
        """The edges of areas that run through a point, by collection."""
        here = [name for name in collections if name in self.placed]
        touching = Wanted(0, 0.0, TOUCHING_M)
        found = self._index.nearest(
            eye_of(point, areas=False), {self._edges[name]: touching for name in here}
        )
        return {name: found[self._edges[name]] for name in here}
