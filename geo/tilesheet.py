"""The areas of a whole zoom level on the lattice of its tiles, so that a tile is only cut out.

Rounding a large area and making it valid again costs more than the rest of a tile. For the first
zooms, whose tiles show much of the world, it is done once for all tiles of the zoom.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from geo.mvtgeometry import Geometries, Paths
from geo.mvttags import spread
from geo.tilepaths import MARK, Mask, in_order, rings, with_marks
from geo.varint import Integers

_NEAR = 2.0  # units from the edge of a window within which cutting may change something


@dataclass(frozen=True)
class Sheet:
    """Rings in units of the whole zoom, y down. Part i has the rings parts[i] to parts[i + 1]."""

    points: npt.NDArray[np.int32]
    rings: Integers  # ring j has the points rings[j] to rings[j + 1], the first not repeated
    parts: Integers
    numbers: Integers  # of each part, in order
    boxes: npt.NDArray[np.float64]  # of each part: left, top, right, bottom

    @classmethod
    def of(cls, geometries: Geometries, numbers: Integers) -> "Sheet":
        """The sheet of polygons in units of the zoom; what rounding folds is mended here."""
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

    @property
    def size(self) -> int:
        """Bytes held."""
        return sum(one.nbytes for one in (self.points, self.rings, self.parts, self.boxes))

    def cut(self, window: tuple[float, float, float, float]) -> Paths:
        """What lies in the window (left, top, right, bottom), in units from the sheet's corner."""
        left, top, right, bottom = window
        box = self.boxes
        hit = (box[:, 0] <= right) & (box[:, 2] >= left)
        hit &= (box[:, 1] <= bottom) & (box[:, 3] >= top)
        deep = (box[:, 0] >= left + _NEAR) & (box[:, 2] <= right - _NEAR)
        deep &= (box[:, 1] >= top + _NEAR) & (box[:, 3] <= bottom - _NEAR)
        inside = self._paths(hit & deep)
        polygons = shapely.clip_by_rect(self._polygons(hit & ~deep), *window)
        numbers = self.numbers[hit & ~deep]
        held = shapely.area(polygons) > 0
        edge = rings(polygons[held], numbers[held])
        lost = held & ~np.isin(numbers, np.concatenate([inside.numbers, edge.numbers]))
        edge = with_marks(edge, *_first_of_each(polygons[lost], numbers[lost]), MARK)
        return in_order(inside, edge)

    def _paths(self, which: Mask) -> Paths:
        sizes = (self.parts[1:] - self.parts[:-1])[which]
        at = spread(self.parts[:-1][which], sizes)
        counts = self.rings[at + 1] - self.rings[at]
        points = self.points[spread(self.rings[at], counts)]
        owners = np.repeat(self.numbers[which], sizes)
        return Paths(points.astype(np.int64), counts, owners)

    def _polygons(self, which: Mask) -> Geometries:
        paths = self._paths(which)
        ends = np.cumsum(paths.counts)
        at = np.insert(np.arange(len(paths.points)), ends, ends - paths.counts)
        starts = np.concatenate(([0], ends + np.arange(1, len(ends) + 1)))
        sizes = (self.parts[1:] - self.parts[:-1])[which]
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


def _first_of_each(geometries: Geometries, numbers: Integers) -> tuple[Geometries, Integers]:
    _, first = np.unique(numbers, return_index=True)
    return geometries[first], numbers[first]
