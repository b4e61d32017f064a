"""The areas of a square of tiles on the lattice of these tiles, so that a tile is only cut out.

Finding what lies somewhere, rounding it and making it valid again costs more than the rest of a
tile. It is done once for all tiles of the square, which are mostly looked at together. Rings have
a vertex wherever they cross a side of a tile (`geo.creases`), so that a tile is cut by choosing
edges.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely

from geo.covering import covering
from geo.creases import Creases, Filed, Indices
from geo.mvtgeometry import Geometries, Paths
from geo.tilechains import Chains, Cutting
from geo.tilepaths import MARK, in_order, rings, with_marks
from geo.tilerim import Rim
from geo.varint import Integers

_VERTEX = 24  # bytes of a polygon of GEOS for each


@dataclass(frozen=True)
class Sheet:
    """Rings in units from its corner, y down. Part i has the rings parts[i] to parts[i + 1]."""

    points: Indices
    rings: Integers  # ring j has the points rings[j] to rings[j + 1], the first one repeated
    parts: Integers
    numbers: Integers  # of each part, in order
    filed: Filed  # edges, each by the point with which it begins
    covers: dict[tuple[int, int], list[int]]  # the parts that hold the corner of a tile's window
    loose: list[int]  # parts with an edge that crosses a side where it has no vertex

    @classmethod
    def of(cls, geometries: Geometries, numbers: Integers, span: int) -> "Sheet":
        """The sheet of polygons in units, of ``span`` x ``span`` tiles.

        What rounding folds is mended here.
        """
        creases = Creases(span)
        order = np.argsort(numbers, kind="stable")
        geometries, numbers = geometries[order], numbers[order]
        found = rings(geometries, numbers, creases.folded)
        paths = with_marks(found, geometries, numbers, MARK)
        points, ends = _closed(paths)
        shells = np.flatnonzero(_turns(points, ends) > 0)
        parts = np.append(shells, len(paths.counts))
        edges = np.delete(np.arange(len(points)), ends[1:] - 1)
        cells, held = creases.cells(points[edges], points[edges + 1])
        part = np.repeat(np.arange(len(shells)), ends[parts[1:]] - ends[parts[:-1]])
        loose = np.unique(part[edges[~held]]).tolist()
        tight = ~np.isin(part[edges], loose)
        filed = Filed.of(creases, cells[tight], edges[tight])
        covers = covering(points, edges[tight], part, span)
        numbers = paths.numbers[shells]
        return cls(points.astype(np.int32), ends, parts, numbers, filed, covers, loose)

    @cached_property
    def part_of(self) -> Indices:
        """The part of each ring."""
        sizes = self.parts[1:] - self.parts[:-1]
        return np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)

    @cached_property
    def _shapes(self) -> dict[int, shapely.Geometry]:
        """Parts as polygons, each made when it is first wanted."""
        return {}

    @property
    def size(self) -> int:
        """Bytes held, about, once each tile was cut: loose parts are polygons by then."""
        own = self.points.nbytes + self.rings.nbytes + self.parts.nbytes + self.filed.size
        which = np.array(self.loose, dtype=np.int64)
        loose = int((self.rings[self.parts[which + 1]] - self.rings[self.parts[which]]).sum())
        return own + loose * _VERTEX

    def count(self, row: int, col: int) -> int:
        """How many edges a tile has, those on its sides included."""
        return self.filed.count(row, col)

    def cut(self, row: int, col: int) -> Paths:
        """What lies in the window of a tile, in units from the sheet's corner."""
        rim = Rim(*Creases(0).corner(row, col))
        chains = Chains.of(self.filed.inside(row, col), self.points, self.rings)
        cutting = Cutting(chains, self.points, self.rings, self.parts, self.part_of)
        made = cutting.cut(self.covers.get((row, col), ()), rim)
        rest = [*made.rest, *self.loose]
        paths = made.paths
        paths = Paths(paths.points, paths.counts, self.numbers[paths.numbers])
        return self._clipped(paths, sorted(rest), rim) if rest else paths

    def _clipped(self, paths: Paths, which: list[int], rim: Rim) -> Paths:
        """With what these parts have in the window, as GEOS cuts it: checked and mended."""
        polygons = np.array([self._polygon(one) for one in which], dtype=object)
        cut = shapely.clip_by_rect(polygons, *rim.corners[0], *rim.corners[2])
        held = shapely.area(cut) > 0
        shapes, numbers = cut[held], self.numbers[which][held]
        found = with_marks(rings(shapes, numbers), shapes, numbers, MARK)
        return in_order(paths, found)

    def _polygon(self, part: int) -> shapely.Geometry:
        made = self._shapes.get(part)
        if made is None:
            ends = self.rings[self.parts[part] : self.parts[part + 1] + 1].tolist()
            shell, *holes = [self.points[a:b].astype(float) for a, b in pairwise(ends)]
            made = self._shapes[part] = shapely.Polygon(shell, holes)
        return made


def _closed(paths: Paths) -> tuple[Integers, Integers]:
    """The points with the first of each ring repeated at its end, and where each begins."""
    ends = np.concatenate(([0], np.cumsum(paths.counts + 1)))
    first = ends[:-1] - np.arange(len(paths.counts))
    at = np.insert(np.arange(len(paths.points)), first + paths.counts, first)
    return paths.points[at], ends


def _turns(points: Integers, ends: Integers) -> npt.NDArray[np.int64]:
    """Twice the area of each closed ring; positive for a shell."""
    x, y = points[:, 0], points[:, 1]
    cross = np.zeros(len(x) + 1, dtype=np.int64)
    cross[1:-1] = np.cumsum(x[:-1] * y[1:] - x[1:] * y[:-1])
    cross[-1] = cross[-2] if len(x) else 0
    return np.asarray(cross[ends[1:] - 1] - cross[ends[:-1]])
