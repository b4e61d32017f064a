"""One collection in one plane at one resolution, and what of it lies in a window."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import shapely

from geo.boxes import torn
from geo.cutout import areas_in, strings_in, strings_of, stroked
from geo.filling import rings_in
from geo.gathering import gathered, made_valid
from geo.grid import Bounds
from geo.paths import Paths
from geo.plane import Plane
from geo.strings import Strings
from geo.subdivide import Chains
from layers.shelved import Arrays

Geometries = npt.NDArray[np.object_]
Numbers = npt.NDArray[np.int64]
Metres = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Level:
    """What of a collection is to be drawn at a ``resolution`` (m per px), in metres of the plane.

    Windows are (left, bottom, right, top). One that reaches across 180° in Mercator gets what lies
    on the other side, shifted by the width of the world. Feature numbers count
    ``collection.features``.
    """

    def __init__(self, plane: Plane, resolution: float, arrays: Arrays) -> None:
        self.plane = plane
        self.resolution = resolution
        self._rings = Chains.read(_below("rings.", arrays))
        self._lines = Chains.read(_below("lines.", arrays))
        self._points = np.asarray(arrays["points"], dtype=np.int32)
        self._owners = np.asarray(arrays["owners"], dtype=np.int32)

    @property
    def has_areas(self) -> bool:
        """Whether there is any area."""
        return len(self._rings.points) > 0

    @property
    def has_lines(self) -> bool:
        """Whether any line is drawn, outlines of areas aside."""
        return len(self._lines.points) > 0

    @property
    def has_points(self) -> bool:
        """Whether any point is drawn."""
        return len(self._points) > 0

    def areas(
        self, window: Bounds, wanted: Sequence[int] | None = None
    ) -> tuple[Geometries, Numbers]:
        """Polygons and multipolygons clipped to the window, to be filled; and whose they are.

        ``wanted`` are the numbers of the features that are asked for; None means all.
        """
        found = [
            (self._metres(shapes, shift), owner)
            for part, shift in self._windows(window)
            for shapes, owner in [areas_in(self._rings, part, wanted)]
        ]
        return _joined([shapes for shapes, _ in found]), _numbers([owner for _, owner in found])

    def fills(self, window: Bounds, wanted: Flags | None = None) -> tuple[Metres, Numbers, Numbers]:
        """What fills the window by the even-odd rule: points of closed rings, shape (n, 2), where
        each ring begins (and after them all, the end), and whose it is.

        Rings are not cut at the window but reduced outside of it: quicker than `areas`. Of the
        features for which ``wanted`` holds alone, if given.
        """
        found = [(rings_in(self._rings, part, wanted), by) for part, by in self._windows(window)]
        found = [one for one in found if len(one[0][2])]
        if not found:
            return np.zeros((0, 2)), np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64)
        points = [(at + np.array([by, 0])) * self.plane.quantum for (at, _, _), by in found]
        if len(found) == 1:
            return points[0], *found[0][0][1:]
        sizes = np.concatenate([np.diff(starts) for (_, starts, _), _ in found])
        starts = np.concatenate([[0], np.cumsum(sizes)])
        return np.concatenate(points), starts, _numbers([owner for (_, _, owner), _ in found])

    def torn(self, window: Bounds) -> bool:
        """Whether areas have an edge there that is none of theirs, where the plane ends."""
        return any(torn(self._rings, part) for part, _ in self._windows(window))

    def lines(self, window: Bounds) -> tuple[Geometries, Numbers, Metres]:
        """Line strings clipped to the window: lines, and outlines of areas without cut edges.

        The third array is the distance in the plane from the start of the whole line to the start
        of each piece, so that dashes go on across pieces and tiles. An outline of a coverage
        begins anew where another neighbour begins. What two areas share comes once for each of
        them, both times the same.
        """
        found = self.outlines(window)
        return found.shapes, found.numbers, found.along

    def outlines(self, window: Bounds, *, cut: bool = True, wanted: Flags | None = None) -> Strings:
        """As `lines`, as coordinates.

        Without ``cut`` every edge that comes near the window is whole, and nothing is said of the
        distance along a line: quicker, for lines without dashes. Features for which ``wanted``,
        if given, does not hold may be left out.
        """
        found = [self._own(window, cut, wanted)] if self.has_lines else []
        if self.has_areas:
            rims = self._rims(window, cut, wanted)
            first = Strings(rims.paths, rims.numbers[:, 0], rims.along)
            both = rims.numbers[:, 1] >= 0
            second = rims.chosen(both) if both.any() else None
            found += [first]
            found += [Strings(second.paths, second.numbers[:, 1], second.along)] if second else []
        return Strings.joined(found) if found else Strings.none()

    def borders(self, window: Bounds, *, cut: bool = True) -> Strings:
        """As `outlines`, but only what two areas share, once; the numbers have shape (n, 2)."""
        return self._rims(window, cut, shared=True)

    def points(self, window: Bounds) -> tuple[Metres, Numbers]:
        """Positions, shape (n, 2), of points in the window, and whose they are."""
        places, owners = [np.zeros((0, 2))], [np.zeros(0, dtype=np.int64)]
        for (left, bottom, right, top), shift in self._windows(window) if self.has_points else ():
            # they lie in the file from west to east
            first, end = np.searchsorted(self._points[:, 0], (np.ceil(left), np.floor(right) + 1))
            at = self._points[first:end]
            held = (at[:, 1] >= bottom) & (at[:, 1] <= top)
            places.append((at[held] + [shift, 0]) * self.plane.quantum)
            owners.append(self._owners[first:end][held].astype(np.int64))
        return np.concatenate(places), np.concatenate(owners)

    def whole(self, window: Bounds) -> tuple[Geometries, Numbers]:
        """For each feature what it has in the window, clipped and valid, for vector tiles.

        A feature with geometry of several dimensions comes once for each of them, as a multi type.
        """
        lines, line_owner, _ = self.own_lines(window)
        points, point_owner = self.points(window)
        found = [
            gathered(*made_valid(*self.areas(window)), shapely.multipolygons),
            gathered(lines, line_owner, shapely.multilinestrings),
            gathered(np.asarray(shapely.points(points)), point_owner, shapely.multipoints),
        ]
        return _joined([shapes for shapes, _ in found]), _numbers([owner for _, owner in found])

    def own_lines(self, window: Bounds) -> tuple[Geometries, Numbers, Metres]:
        """As `lines`, without the outlines of areas."""
        found = self._own(window, cut=True)
        return found.shapes, found.numbers, found.along

    def strings(self, window: Bounds) -> tuple[Metres, Numbers, Numbers]:
        """As `own_lines`, as coordinates: points (n, 2), the piece of each, and whose each is."""
        points, which, owners = [np.zeros((0, 2))], list[Numbers](), list[Numbers]()
        for part, shift in self._windows(window):
            run = stroked(self._lines, part)
            if not len(run):
                continue
            pieces = strings_in(self._lines, part, run)
            points.append((pieces.points + np.array([shift, 0])) * self.plane.quantum)
            which.append(pieces.which + sum(len(one) for one in owners))
            owners.append(self._lines.run_owner[pieces.run])
        return np.concatenate(points), _numbers(which), _numbers(owners)

    def _own(self, window: Bounds, cut: bool, wanted: Flags | None = None) -> Strings:
        return self._pieces(self._lines, window, cut, wanted)

    def _rims(
        self, window: Bounds, cut: bool, wanted: Flags | None = None, *, shared: bool = False
    ) -> Strings:
        return self._pieces(self._rings, window, cut, wanted, shared=shared)

    def _pieces(
        self,
        chains: Chains,
        window: Bounds,
        cut: bool,
        wanted: Flags | None = None,
        *,
        shared: bool = False,
    ) -> Strings:
        """What is stroked; of rings the two sides, of which the second may be nobody's."""
        found = []
        for part, shift in self._windows(window):
            run = stroked(chains, part)
            run = run[chains.beyond[run] >= 0] if shared and len(run) else run
            if wanted is not None and len(run):
                run = run[wanted[chains.run_owner[run]] | (chains.beyond[run] >= 0)]
            if len(run):
                found.append((*strings_of(chains, part, run, cut), shift))
        if not found:
            return Strings.none(2 if chains is self._rings else 1)
        made = [
            Strings(
                Paths((points + np.array([shift, 0])) * self.plane.quantum, starts),
                self._sides(chains, run),
                along * self.plane.quantum,
            )
            for points, starts, run, along, shift in found
        ]
        return Strings.joined(made)

    def _sides(self, chains: Chains, run: Numbers) -> Numbers:
        """Whose each run is, and of rings who is on its other side."""
        owner = chains.run_owner[run]
        if chains is not self._rings:
            return owner
        return np.column_stack([owner, chains.beyond[run].astype(np.int64)])

    def _windows(self, window: Bounds) -> Iterator[tuple[Bounds, int]]:
        """The window in quanta, as seen from each world that it may reach into, and how far what
        is found there has to be shifted.
        """
        left, bottom, right, top = (one / self.plane.quantum for one in window)
        turn = self.plane.turn
        if not turn:
            yield (left, bottom, right, top), 0
            return
        # Parts lie between half a world to the west and, joined at 180°, one and a half east.
        first, last = math.ceil(left / turn - 1.5), math.floor(right / turn + 0.5)
        for shift in range(first * turn, (last + 1) * turn, turn):
            yield (left - shift, bottom, right - shift, top), shift

    def _metres(self, shapes: Geometries, shift: int) -> Geometries:
        if not len(shapes):
            return shapes
        return np.asarray(
            shapely.transform(shapes, lambda at: (at + np.array([shift, 0])) * self.plane.quantum)
        )


def _below(prefix: str, arrays: Arrays) -> Arrays:
    return {
        name.removeprefix(prefix): array
        for name, array in arrays.items()
        if name.startswith(prefix)
    }


def _joined(found: list[Geometries]) -> Geometries:
    return np.concatenate([*found, np.zeros(0, dtype=object)])


def _numbers(found: list[Numbers]) -> Numbers:
    return np.concatenate([*found, np.zeros(0, dtype=np.int64)])
