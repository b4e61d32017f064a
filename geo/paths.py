"""Many lines or rings in one array of points, as all of geometry in a picture is held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self, TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

Points: TypeAlias = npt.NDArray[np.float64]
Offsets: TypeAlias = npt.NDArray[np.int64]
_LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.LINEARRING)


@dataclass(frozen=True, eq=False, slots=True)
class Paths:
    """Many lines or rings at once: path ``i`` is ``points[offsets[i]:offsets[i + 1]]``.

    ``points`` has shape (n, 2), ``offsets`` one entry more than there are paths. A ring repeats
    its first point.
    """

    points: Points
    offsets: Offsets

    @classmethod
    def of(cls, geometries: BaseGeometry | Iterable[BaseGeometry]) -> Self:
        """The rings of all polygons, or the lines, of geometries in pixels; points are left out."""
        given = [geometries] if isinstance(geometries, BaseGeometry) else geometries
        array = given if isinstance(given, np.ndarray) else np.array(list(given), dtype=object)
        return cls.of_lines(_lines(array))

    @classmethod
    def of_lines(cls, lines: npt.NDArray[np.object_]) -> Self:
        """The paths of an array of LineStrings or LinearRings, one path for each."""
        points, index = shapely.get_coordinates(lines, return_index=True)
        starts = np.flatnonzero(np.diff(index, prepend=-1))
        return cls(points, np.append(starts, len(points)).astype(np.int64))

    @classmethod
    def each(cls, paths: Iterable[npt.ArrayLike]) -> Self:
        """Paths from arrays of shape (n, 2), one path for each."""
        arrays = [np.asarray(path, dtype=np.float64).reshape(-1, 2) for path in paths]
        offsets = np.cumsum([0, *(len(array) for array in arrays)], dtype=np.int64)
        return cls(np.concatenate([np.empty((0, 2)), *arrays]), offsets)

    @classmethod
    def none(cls) -> Self:
        """No path at all."""
        return cls(np.empty((0, 2)), np.zeros(1, dtype=np.int64))

    @classmethod
    def box(cls, left: float, top: float, right: float, bottom: float) -> Self:
        """One closed rectangle."""
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        return cls(np.array(corners, dtype=np.float64), np.array([0, 5], dtype=np.int64))

    @classmethod
    def joined(cls, several: Sequence[Paths]) -> Self:
        """The paths of all, in their order; there must be one at least."""
        sizes = [np.diff(one.offsets) for one in several]
        offsets = np.concatenate([[0], np.cumsum(np.concatenate(sizes))]).astype(np.int64)
        return cls(np.concatenate([one.points for one in several]), offsets)

    def chosen(self, which: npt.NDArray[np.bool_]) -> Paths:
        """The paths for which ``which`` holds."""
        if which.all():
            return self
        sizes = np.diff(self.offsets)
        offsets = np.concatenate([[0], np.cumsum(sizes[which])]).astype(np.int64)
        return Paths(self.points[np.repeat(which, sizes)], offsets)

    def parted(self, longest: float) -> Paths:
        """The same with points between, so that no edge is longer."""
        steps = np.diff(self.points, axis=0, append=self.points[-1:])
        steps[self.offsets[1:] - 1] = 0.0  # no edge leads from the end of a path to the next one
        parts = np.maximum(1, np.ceil(np.hypot(*steps.T) / longest)).astype(np.int64)
        first = np.concatenate([[0], np.cumsum(parts)])
        if first[-1] == len(parts):
            return self
        of = np.repeat(np.arange(len(parts)), parts)
        share = (np.arange(first[-1]) - first[of]) / parts[of]
        return Paths(self.points[of] + share[:, None] * steps[of], first[self.offsets])

    @property
    def empty(self) -> bool:
        return len(self.points) == 0

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __iter__(self) -> Iterator[Points]:
        return (self.points[start:end] for start, end in pairwise(self.offsets))


def _lines(geometries: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Rings of polygons and lines, in the order of the geometries, collections opened."""
    parts = geometries
    while np.any(shapely.get_type_id(parts) >= shapely.GeometryType.MULTIPOINT):
        parts = shapely.get_parts(parts)
    polygons = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    if polygons.any():
        rings, owner = shapely.get_rings(parts[polygons], return_index=True)
        at = np.concatenate([np.flatnonzero(polygons)[owner], np.flatnonzero(~polygons)])
        parts = np.concatenate([rings, parts[~polygons]])[np.argsort(at, kind="stable")]
    return parts[np.isin(shapely.get_type_id(parts), _LINES)]
