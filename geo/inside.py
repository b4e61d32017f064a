"""Which of many areas hold a position, on 180° and at the poles too.

Nothing is kept but arrays without a pointer in them, so that they can lie in a file, be mapped, and
be shared by every process that asks: the vertices, and for each row of the plane the edges that
reach into it. A ray from the position to the right crosses the edges of its row alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geo.balls import ranges
from geo.clean import polygons_of
from geo.edges import EdgeSet
from geo.eye import Eye
from geo.polar import to_plane
from geo.position import Point

NORTH = 30.0  # areas of geodesics wholly north of this are asked in the polar plane
ROWS = 4096  # at most
CROWD = 64  # edges for which a row is worth while
_ROUNDED = 4 * 2.0**-53  # of a sum of two products of differences (Shewchuk, 1997: 3 + 16 ε)

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Arrays = Mapping[str, npt.NDArray[np.generic]]


class AreaIndex:
    """The polygons of many sets of geometries, ready to be asked; lines and points hold nothing.

    Edges that are geodesics are straight lines of the polar plane, where the north is; all other
    areas are asked in longitude and latitude, as RFC 7946 reads them. Edges belong to an area.
    """

    def __init__(self, polar: "Plane", flat: "Plane", offsets: Places) -> None:
        self._polar, self._flat = polar, flat
        self._offsets = offsets

    @classmethod
    def of(cls, given: Sequence[EdgeSet]) -> "AreaIndex":
        """An index over the geometries of all sets."""
        polar: list[tuple[int, Polygon]] = []
        flat: list[tuple[int, Polygon]] = []
        every = ((one, each.edge) for each in given for one in each.geometries)
        for owner, (one, edge) in enumerate(every):
            in_plane = edge == "geodesic" and one is not None and _is_northern(one)
            for part in polygons_of(one) if one is not None else ():
                (polar if in_plane else flat).append((owner, part))
        moved = [(own, shapely.transform(part, _polar)) for own, part in polar]
        offsets = np.cumsum([0, *(len(one.geometries) for one in given)])
        return cls(Plane.of(moved), Plane.of(flat), offsets)

    def arrays(self) -> Arrays:
        """Everything by name, as `from_arrays` takes it."""
        planes = {"polar": self._polar, "flat": self._flat}
        return {"offsets": self._offsets} | {
            f"{name}.{part.name}": getattr(plane, part.name)
            for name, plane in planes.items()
            for part in fields(Plane)
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "AreaIndex":
        """What `arrays` gave, wherever it lies."""
        polar, flat = (
            Plane(*(arrays[f"{name}.{part.name}"] for part in fields(Plane)))  # type: ignore[arg-type]
            for name in ("polar", "flat")
        )
        return cls(polar, flat, arrays["offsets"])  # type: ignore[arg-type]

    def holding(self, eye: Eye) -> list[set[int]]:
        """For each set the numbers of its geometries that hold the position.

        Longitude means nothing at a pole: there, what reaches the pole on any meridian is found.
        ±180° are one meridian.
        """
        found = [*self._polar.holding(eye.polar), *self._flat.holding(eye.flat)]
        if abs(eye.at[1]) == 90:
            found += self._flat.reaching(eye.at[1])
        made: list[set[int]] = [set() for _ in self._offsets[1:]]
        for owner in found:
            number = int(self._offsets.searchsorted(owner, side="right")) - 1
            made[number].add(owner - int(self._offsets[number]))
        return made


@dataclass(frozen=True, slots=True)
class Plane:
    """Polygons in one plane.

    The vertices of all rings stand polygon by polygon, those of each from ``starts`` on, and
    ``owners`` are the numbers of their geometries. ``edges`` are the vertices at which edges begin,
    row by row, those of each row from ``first`` on; the rows lie evenly between the two ``ends``.
    """

    vertices: Numbers
    starts: Places
    owners: Places
    ends: Numbers
    first: Places
    edges: npt.NDArray[np.int32]

    @classmethod
    def of(cls, parts: Sequence[tuple[int, Polygon]]) -> "Plane":
        """The polygons, each with the number of its geometry."""
        shapes = np.array([part for _, part in parts], dtype=object)
        owners = np.array([owner for owner, _ in parts], dtype=np.int64)
        rings, part = shapely.get_rings(shapes, return_index=True)
        vertices, ring = shapely.get_coordinates(rings, return_index=True)
        starts = np.searchsorted(part[ring], np.arange(len(parts)))
        begins = np.flatnonzero(ring[1:] == ring[:-1])
        y = vertices[:, 1]
        ends = np.array([y.min(), y.max()]) if len(y) else np.zeros(2)
        count = max(1, min(ROWS, len(begins) // CROWD))
        low = _rows(np.minimum(y[begins], y[begins + 1]), ends, count)
        high = _rows(np.maximum(y[begins], y[begins + 1]), ends, count)
        reached = ranges(low, high + 1)
        order = np.argsort(reached, kind="stable")
        first = np.searchsorted(reached[order], np.arange(count + 1))
        edges = np.repeat(begins, high + 1 - low)[order].astype(np.int32)
        return cls(vertices, starts, owners, ends, first, edges)

    def holding(self, spots: Sequence[Point]) -> list[int]:
        """Whose polygons hold any of the positions, on their edges too; as often as they do."""
        return [owner for spot in spots for owner in self._holding(*spot)]

    def reaching(self, pole: float) -> list[int]:
        """Whose polygons reach a latitude that nothing lies beyond."""
        at = np.flatnonzero(self.vertices[:, 1] == pole)
        return self._owners(np.unique(self._polygons(at)))

    def _holding(self, x: float, y: float) -> list[int]:
        low, high = self.ends.tolist()
        if not len(self.owners) or not low <= y <= high:
            return []
        row = int(_rows(np.array([y]), self.ends, len(self.first) - 1)[0])
        edges = self.edges[self.first[row] : self.first[row + 1]]
        a, b = self.vertices[edges], self.vertices[edges + 1]
        across = (a[:, 1] > y) != (b[:, 1] > y)
        near = np.flatnonzero(across | (a[:, 1] == y) | (b[:, 1] == y))
        across, polygons, a, b = across[near], self._polygons(edges[near]), a[near], b[near]
        side = _sides(a, b, x, y)
        beside = (np.minimum(a, b) <= (x, y)) & ((x, y) <= np.maximum(a, b))
        touched = polygons[(side == 0) & beside.all(axis=1)]
        crossed = polygons[across & (np.where(b[:, 1] > a[:, 1], side, -side) > 0)]
        found, counts = np.unique(crossed, return_counts=True)
        return self._owners(np.append(found[counts % 2 == 1], touched))

    def _polygons(self, vertices: npt.NDArray[np.integer]) -> Places:
        return np.searchsorted(self.starts, vertices, side="right") - 1

    def _owners(self, polygons: Places) -> list[int]:
        found: list[int] = self.owners[polygons].tolist()
        return found


def _rows(y: Numbers, ends: Numbers, count: int) -> Places:
    """The row of each y, which never falls while y rises, whatever is rounded."""
    low, high = ends
    found = np.floor((y - low) / max(high - low, 1e-9) * count).astype(np.int64)
    return np.asarray(np.clip(found, 0, count - 1))


def _sides(a: Numbers, b: Numbers, x: float, y: float) -> Places:
    """1 where the position lies to the left of the line from a to b, -1 to the right, 0 on it."""
    one = (a[:, 0] - x) * (b[:, 1] - y)
    other = (a[:, 1] - y) * (b[:, 0] - x)
    found = np.sign(one - other).astype(np.int64)
    unsure = np.abs(one - other) <= _ROUNDED * (np.abs(one) + np.abs(other))
    for place in np.flatnonzero(unsure).tolist():
        found[place] = _side(a[place].tolist(), b[place].tolist(), (x, y))
    return found


def _side(a: Sequence[float], b: Sequence[float], at: Point) -> int:
    """The same for one line, with numbers that nothing is rounded in."""
    x, y = (Fraction(one) for one in at)
    cross = (Fraction(a[0]) - x) * (Fraction(b[1]) - y) - (Fraction(a[1]) - y) * (
        Fraction(b[0]) - x
    )
    return (cross > 0) - (cross < 0)


def _polar(points: Numbers) -> Numbers:
    """Metres in the polar plane, the pole exactly at its middle."""
    return np.where((points[:, 1] >= 90)[:, None], 0.0, to_plane(points))


def _is_northern(geometry: BaseGeometry) -> bool:
    return bool(not geometry.is_empty and geometry.bounds[1] >= NORTH)
