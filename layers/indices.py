"""The indices over every collection that is asked about positions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from geo import inside, runs
from geo.edges import EdgeSet
from geo.eye import Eye, eye_of
from geo.inside import AreaIndex
from geo.near import Near
from geo.nearest import LineIndex, Wanted
from geo.position import Point
from geo.runs import Runs
from layers import placed as placing
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.digest import code_of
from layers.mapped import below, mapped, named
from layers.placed import Placed
from layers.shelved import Arrays
from layers.whereabouts import AREAS, BOUNDED, LINES

TOUCHING_M = 1.0  # the coast of `land` and the areas that end there have the same vertices
RUNS, AREA = "runs", "area"  # what the names of arrays begin with


@dataclass(frozen=True, slots=True)
class Around:
    """The lines near a position, and the edges of areas too near to decide, by collection."""

    lines: dict[str, list[Near]]
    edges: dict[str, list[Near]]


class Indices:
    """One index over the lines and edges of all collections, and the areas of each.

    Both are mapped from a file in ``cache``, made where it is not there: what processes share is
    in memory once, and what nobody asks about is not.
    """

    def __init__(self, catalogue: Catalogue, cache: Path | None = None) -> None:
        asked = dict.fromkeys(role.collection for role in (*AREAS, *LINES))
        known = catalogue.collections
        self.placed = {name: Placed(known[name]) for name in asked if name in known}
        held = [known[name] for name in self.placed]
        self.arrays = _opened(held, list(self.placed.values()), cache)
        self._index = LineIndex(Runs.from_arrays(below(RUNS, self.arrays)))
        self._inside = AreaIndex.from_arrays(below(AREA, self.arrays))
        self._edges: dict[str, int] = {}
        self._lines: dict[str, int] = {}
        for number, (name, is_line) in enumerate(_sets(self.placed.values())):
            self._lines[name] = number
            if not is_line:
                self._edges[name] = number
        limited = LINES[0].collection in self.placed  # then limits bound the zones, not own edges
        bounded = BOUNDED if limited else ()
        self._own = [one for one in _areas(self.placed) if one not in bounded]
        self._roles = [role for role in LINES if role.collection in self.placed]

    @staticmethod
    def eye(at: Point) -> Eye:
        """The position made ready to be asked with."""
        return eye_of(at)

    def holding(self, eye: Eye) -> dict[str, set[int]]:
        """The numbers of the features whose areas hold the position as drawn, by collection."""
        return dict(zip(_areas(self.placed), self._inside.holding(eye), strict=True))

    def near(self, eye: Eye, accuracy_m: float) -> Around:
        """What every part of the answer needs to know of lines and edges, measured in one go."""
        wanted = {self._edges[name]: self.placed[name].bounding(accuracy_m) for name in self._own}
        for role in self._roles:
            told = self.placed[role.collection].named(role.count, accuracy_m)
            wanted[self._lines[role.collection]] = told
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


def _areas(known: Iterable[str]) -> list[str]:
    """The collections that are asked for areas, of those that are known."""
    return [one for one in dict.fromkeys(role.collection for role in AREAS) if one in set(known)]


def _sets(placed: Iterable[Placed]) -> list[tuple[str, bool]]:
    """The sets of lines in their order: the edges of each collection, and its lines if it has any.

    A coast is an edge of its land.
    """
    return [
        (one.id, kind) for one in placed for kind in ((False, True) if one.has_lines else (False,))
    ]


def _opened(held: Sequence[Collection], placed: Sequence[Placed], cache: Path | None) -> Arrays:
    make = partial(_arrays, placed)
    return mapped("where", _recipe(), held, make, cache) if cache else make()


def _recipe() -> set[Path]:
    """The code that decides what stands in the arrays."""
    modules = [Path(str(one.__file__)) for one in (inside, runs, placing)]
    return {Path(__file__), *modules, *(used for one in modules for used in code_of(one))}


def _arrays(placed: Sequence[Placed]) -> Arrays:
    """What both indices are made of, by name."""
    by_id = {one.id: one for one in placed}
    edges = {one: EdgeSet(by_id[one].areas, by_id[one].kind) for one in by_id}
    sets = [
        EdgeSet(by_id[one].lines, by_id[one].kind) if is_line else edges[one]
        for one, is_line in _sets(placed)
    ]
    areas = [edges[one] for one in _areas(by_id)]
    return named(RUNS, Runs.of(sets).arrays()) | named(AREA, AreaIndex.of(areas).arrays())
