"""A grid of tiles (OGC tile matrix set) over one of the planes of `geo.plane`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.plane import Plane, Points, similarity

if TYPE_CHECKING:
    from morecantile import TileMatrixSet

TILE_PX = 256
Bounds = tuple[float, float, float, float]  # left, bottom, right, top; metres of the stored plane


@dataclass(frozen=True)
class Grid:
    """Square tiles of 256 px, in rows counted from the top and columns from the left.

    A point of the grid's ``crs`` is k * (x + iy) + t of the same point in the stored ``plane``.
    ``left``, ``top`` (the corner of every matrix) and ``cells`` (m per px, by zoom) belong to the
    grid's crs. ``definition`` is the tile matrix set as OGC 17-083r4 writes it in JSON.
    """

    id: str
    title: str
    crs: str
    plane: Plane
    k: complex
    t: complex
    left: float
    top: float
    cells: tuple[float, ...]
    definition: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    def of(cls, definition: Mapping[str, Any], plane: Plane) -> "Grid":
        """The grid that a tile matrix set describes. Raises `NotSimilar` for a foreign crs."""
        matrices = definition["tileMatrices"]
        left, top = matrices[0]["pointOfOrigin"]
        code = definition["crs"].rsplit("/", 1)[-1]
        crs = f"EPSG:{code}"
        k, t = (1 + 0j, 0j) if crs == plane.crs else similarity(plane, crs)
        cells = tuple(float(matrix["cellSize"]) for matrix in matrices)
        told = (definition["id"], definition["title"], crs, plane)
        return cls(*told, k, t, float(left), float(top), cells, definition)

    @property
    def cell(self) -> float:
        """Metres of the grid's crs per pixel at zoom 0."""
        return self.cells[0]

    @property
    def min_zoom(self) -> int:
        return 0

    @property
    def max_zoom(self) -> int:
        return len(self.cells) - 1

    @cached_property
    def tms(self) -> "TileMatrixSet":
        """The same as morecantile's class, which takes a good part of a second to import."""
        from morecantile import TileMatrixSet  # noqa: PLC0415  # see above

        return TileMatrixSet.model_validate(self.definition)

    def resolution(self, z: int) -> float:
        """Metres of the stored plane per pixel."""
        return self.cells[z] / abs(self.k)

    def pixels(self, z: int, points: Points) -> Points:
        """Points of the stored plane, shape (n, 2), to pixels from the corner of the matrix."""
        made = np.empty(points.shape)
        x, y = points[:, 0], points[:, 1]
        if self.k != 1 or self.t:
            w = self.k * (x + 1j * y) + self.t
            x, y = w.real, w.imag
        np.subtract(x, self.left, out=made[:, 0])
        np.subtract(self.top, y, out=made[:, 1])
        made /= self.cells[z]
        return made

    def points(self, z: int, pixels: Points) -> Points:
        """The inverse of `pixels`: points of the stored plane, shape (n, 2)."""
        x = self.left + pixels[:, 0] * self.cells[z]
        y = self.top - pixels[:, 1] * self.cells[z]
        w = (x + 1j * y - self.t) / self.k
        return np.column_stack([w.real, w.imag])

    def window(self, z: int, col: int, row: int, buffer_px: float = 0.0, span: int = 1) -> Bounds:
        """The bounds in the stored plane of ``span`` x ``span`` tiles and a buffer around them.

        Where the grid is turned against its plane by other than quarters they are those of the
        turned square.
        """
        low = np.array([col, row]) * TILE_PX - buffer_px
        high = np.array([col + span, row + span]) * TILE_PX + buffer_px
        corners = [low, [high[0], low[1]], high, [low[0], high[1]]]
        at = self.points(z, np.array(corners, dtype=float))
        (left, bottom), (right, top) = at.min(axis=0), at.max(axis=0)
        return (float(left), float(bottom), float(right), float(top))

    def holds(self, z: int, row: int, col: int) -> bool:
        """Whether there is such a tile."""
        return 0 <= z <= self.max_zoom and 0 <= row < 2**z and 0 <= col < 2**z

    @cached_property
    def lonlat(self) -> Bounds:
        """West, south, east, north in degrees; a polar grid holds every meridian."""
        size = float(TILE_PX)
        corners = self.points(0, np.array([[0, 0], [size, 0], [size, size], [0, size]]))
        at = self.plane.inverse(corners)
        south, north = float(at[:, 1].min()), float(at[:, 1].max())
        return (-180.0, south, 180.0, 90.0 if self.plane.polar else north)
