"""One collection in one plane at one resolution, and what of it lies in a window."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.cutout import areas_in, lines_in, rings_in, strings_in, stroked
from geo.grid import Bounds
from geo.plane import Plane
from geo.subdivide import Chains
from layers.shelved import Arrays

Geometries = npt.NDArray[np.object_]
Numbers = npt.NDArray[np.int64]
Metres = npt.NDArray[np.float64]


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

    def areas(self, window: Bounds) -> tuple[Geometries, Numbers]:
        """Polygons and multipolygons clipped to the window, to be filled; and whose they are."""
        found = [
            (self._metres(shapes, shift), owner)
            for part, shift in self._windows(window)
            for shapes, owner in [areas_in(self._rings, part)]
        ]
        return _joined([shapes for shapes, _ in found]), _numbers([owner for _, owner in found])

    def fills(self, window: Bounds) -> tuple[Metres, Numbers, Numbers]:
        """What fills the window by the even-odd rule: points of closed rings, shape (n, 2), where
        each ring begins (and after them all, the end), and whose it is.

        Rings are not cut at the window but reduced outside of it: quicker than `areas`.
        """
        points, starts, owners, total = [], [np.zeros(1, dtype=np.int64)], [], 0
        for part, shift in self._windows(window):
            at, begins, owner = rings_in(self._rings, part)
            points.append((at + np.array([shift, 0])) * self.plane.quantum)
            starts.append(begins[1:] + total)
            owners.append(owner)
            total += len(at)
        return np.concatenate(points), np.concatenate(starts), _numbers(owners)

    def lines(self, window: Bounds) -> tuple[Geometries, Numbers, Metres]:
        """Line strings clipped to the window: lines, and outlines of areas without cut edges.

        The third array is the distance in the plane from the start of the whole line to the start
        of each piece, so that dashes go on across pieces and tiles. An outline of a coverage
        begins anew where another neighbour begins. What two areas share comes once for each of
        them, both times the same.
        """
        rims, sides, start = self._rims(window, shared=False)
        both = sides[:, 1] >= 0
        lines, owner, along = self.own_lines(window)
        return (
            _joined([lines, rims, rims[both]]),
            _numbers([owner, sides[:, 0], sides[both, 1]]),
            np.concatenate([along, start, start[both]]),
        )

    def borders(self, window: Bounds) -> tuple[Geometries, Numbers, Metres]:
        """As `lines`, but only what two areas share, once; the numbers have shape (n, 2)."""
        return self._rims(window, shared=True)

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
            _gathered(*self._valid(*self.areas(window)), shapely.multipolygons),
            _gathered(lines, line_owner, shapely.multilinestrings),
            _gathered(np.asarray(shapely.points(points)), point_owner, shapely.multipoints),
        ]
        return _joined([shapes for shapes, _ in found]), _numbers([owner for _, owner in found])

    def own_lines(self, window: Bounds) -> tuple[Geometries, Numbers, Metres]:
        """As `lines`, without the outlines of areas."""
        return self._pieces(self._lines, window, False)[:3]

    def strings(self, window: Bounds) -> tuple[Metres, Numbers, Numbers]:
        """As `own_lines`, as coordinates: points (n, 2), the piece of each, and whose each is."""
        points, which, owners = [np.zeros((0, 2))], list[Numbers](), list[Numbers]()
        for part, shift in self._windows(window):
            hit = stroked(self._lines, part)
            if not hit.any():
                continue
            pieces = strings_in(self._lines, part, hit)
            points.append((pieces.points + np.array([shift, 0])) * self.plane.quantum)
            which.append(pieces.which + sum(len(one) for one in owners))
            owners.append(self._lines.run_owner[pieces.run])
        return np.concatenate(points), _numbers(which), _numbers(owners)

    def _rims(self, window: Bounds, *, shared: bool) -> tuple[Geometries, Numbers, Metres]:
        pieces, owner, along, run = self._pieces(self._rings, window, shared)
        other = self._rings.beyond[run].astype(np.int64)
        return pieces, np.column_stack([owner, other]).astype(np.int64), along

    def _pieces(
        self, chains: Chains, window: Bounds, shared: bool
    ) -> tuple[Geometries, Numbers, Metres, Numbers]:
        found = []
        for part, shift in self._windows(window):
            hit = stroked(chains, part) & ((chains.beyond >= 0) | (not shared))
            pieces, run, along = lines_in(chains, part, hit)
            found.append((self._metres(pieces, shift), run, along * self.plane.quantum))
        run = _numbers([one[1] for one in found])
        along = np.concatenate([one[2] for one in found])
        return _joined([one[0] for one in found]), chains.run_owner[run], along, run

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

    def _valid(self, shapes: Geometries, owner: Numbers) -> tuple[Geometries, Numbers]:
        bad = ~shapely.is_valid(shapes)
        if bad.any():
            shapes[bad] = shapely.make_valid(shapes[bad], method="structure", keep_collapsed=False)
        return shapes, owner


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


def _gathered(
    shapes: Geometries, owner: Numbers, multi: Callable[..., Any]
) -> tuple[Geometries, Numbers]:
    """The single parts of each owner as one geometry."""
    parts, index = shapely.get_parts(shapes, return_index=True)
    held = owner[index]
    order = np.argsort(held, kind="stable")
    if not len(order):
        return parts, held
    owners, which = np.unique(held[order], return_inverse=True)
    return np.asarray(multi(parts[order], indices=which)), owners
