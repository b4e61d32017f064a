"""The areas of a square of tiles on the lattice of these tiles, so that a tile is only cut out.

Finding what lies somewhere, rounding it and making it valid again costs more than the rest of a
tile. It is done once for all tiles of the square, which are mostly looked at together.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from geo.mvtgeometry import Geometries, Paths
from geo.mvttags import spread
from geo.tilepaths import MARK, in_order, rings, with_marks
from geo.varint import Integers

_NEAR = 2.0  # units from the edge of a window within which cutting may change something


@dataclass(frozen=True)
class Sheet:
    """Rings in units from its corner, y down. Part i has the rings parts[i] to parts[i + 1]."""

    points: npt.NDArray[np.int32]
    rings: Integers  # ring j has the points rings[j] to rings[j + 1], the first not repeated
    parts: Integers
    numbers: Integers  # of each part, in order
    boxes: npt.NDArray[np.float64]  # of each part: left, top, right, bottom

    @classmethod
    def of(cls, geometries: Geometries, numbers: Integers) -> "Sheet":
        """The sheet of polygons in units; what rounding folds is mended here."""
        order = np.argsort(numbers, kind="stable")
        geometries, numbers = geometries[order], numbers[order]
        paths = with_marks(rings(geometries, numbers), geometries, numbers, MARK)
        ends = np.concatenate(([0], np.cumsum(paths.counts)))
        shells = np.flatnonzero(_turns(paths.points, ends) > 0)
        first = paths.points[:0] if not len(shells) else paths.points
        low, high = (
            (np.minimum.reduceat(first, ends[shells]), np.maximum.reduceat(first, ends[shells]))
            if len(shells)
            else (first.reshape(0, 2), first.reshape(0, 2))
        )
        parts = np.append(shells, len(paths.counts))
        boxes = np.hstack([low, high]).astype(np.float64)
        return cls(paths.points.astype(np.int32), ends, parts, paths.numbers[shells], boxes)

    @cached_property
    def _shapes(self) -> Geometries:
        """The parts as polygons, each made when a side of a window first crosses it."""
        return np.full(len(self.numbers), None, dtype=object)

    @property
    def size(self) -> int:
        """Bytes held, about: a point lies in the rings and maybe in a polygon too."""
        return 3 * self.points.nbytes + self.rings.nbytes + self.parts.nbytes + self.boxes.nbytes

    def cut(self, window: tuple[float, float, float, float]) -> Paths:
        """What lies in the window (left, top, right, bottom), in units from the sheet's corner."""
        near, far = self.boxes[:, :2], self.boxes[:, 2:]
        low, high = np.array(window[:2]), np.array(window[2:])
        hit = np.flatnonzero(((near <= high) & (far >= low)).all(axis=1))
        if not len(hit):
            return self._paths(hit)
        deep = ((near[hit] >= low + _NEAR) & (far[hit] <= high - _NEAR)).all(axis=1)
        if deep.all():
            return self._paths(hit)
        polygons = shapely.clip_by_rect(self._polygons(hit[~deep]), *window)
        held = shapely.area(polygons) > 0
        shapes, numbers = polygons[held], self.numbers[hit[~deep]][held]
        edge = rings(shapes, numbers)
        found = in_order(self._paths(hit[deep]), edge) if deep.any() else edge
        return with_marks(found, shapes, numbers, MARK)

    def _paths(self, which: Integers) -> Paths:
        sizes = self.parts[which + 1] - self.parts[which]
        at = spread(self.parts[which], sizes)
        counts = self.rings[at + 1] - self.rings[at]
        points = self.points[spread(self.rings[at], counts)]
        return Paths(points.astype(np.int64), counts, self.numbers[which].repeat(sizes))

    def _polygons(self, which: Integers) -> Geometries:
        found = self._shapes[which]
        new = np.array([one is None for one in found], dtype=bool)
        if new.any():
            found[new] = self._shapes[which[new]] = self._ragged(which[new])
        return found

    def _ragged(self, which: Integers) -> Geometries:
        paths = self._paths(which)
        ends = np.cumsum(paths.counts)
        at = np.insert(np.arange(len(paths.points)), ends, ends - paths.counts)
        starts = np.concatenate(([0], ends + np.arange(1, len(ends) + 1)))
        sizes = self.parts[which + 1] - self.parts[which]
        made = shapely.from_ragged_array(
            shapely.GeometryType.POLYGON,
            paths.points[at].astype(np.float64),
            (starts, np.concatenate(([0], np.cumsum(sizes)))),
        )
        return np.asarray(made)


def _turns(points: Integers, ends: Integers) -> npt.NDArray[np.float64]:
    """Twice the area of each ring; positive for a shell."""
    after = np.arange(1, len(points) + 1)
    after[ends[1:] - 1] = ends[:-1]
    x, y = points[:, 0], points[:, 1]
    total = np.concatenate(([0], np.cumsum(x * y[after] - x[after] * y)))
    return np.asarray(total[ends[1:]] - total[ends[:-1]], dtype=np.float64)
