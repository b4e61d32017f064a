"""What the tiles of a square share: areas, lines and points of a collection, ready to be cut."""

from dataclasses import dataclass

import numpy as np
import shapely

from geo.creases import Indices
from geo.mvt import BUFFER, EXTENT
from geo.mvtgeometry import POLYGON, Commands, Part, Paths, path_commands
from geo.tilecell import UNITS_PER_PX, Cell
from geo.tilelines import Lines
from geo.tilesheet import Sheet
from geo.tilestrewn import Spots
from layers.level import Level


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheet of each kind of geometry that the collection has there."""

    areas: Sheet | None
    lines: Lines | None
    spots: Spots | None

    @property
    def size(self) -> int:
        """Bytes held, about."""
        return sum(one.size for one in (self.areas, self.lines, self.spots) if one is not None)

    def count(self, row: int, col: int) -> int:
        """How many edges and points a tile has, those on its sides included."""
        return sum(
            one.count(row, col) for one in (self.areas, self.lines, self.spots) if one is not None
        )

    def tile(self, row: int, col: int) -> list[Part]:
        """A tile by its row and column in the square: areas, lines, points."""
        corner = np.array([col, row], dtype=np.int32) * np.int32(EXTENT)
        found: list[Part] = []
        if self.areas:
            found.append(_rings(self.areas.cut(row, col), corner))
        if self.lines:
            found.append(self.lines.cut(row, col))
        if self.spots:
            found.append(self.spots.cut(row, col, corner))
        return found


def sheets_of(level: Level, first: Cell, span: int) -> Sheets:
    """The sheets of ``span`` x ``span`` tiles from ``first`` on, and of the buffer around them."""
    window = first.grid.window(first.zoom, first.col, first.row, BUFFER / UNITS_PER_PX, span=span)
    areas = lines = spots = None
    if level.has_areas:
        shapes, numbers = level.areas(window)
        areas = Sheet.of(shapely.transform(shapes, first.units), numbers, span)
    if level.has_lines:
        points, which, numbers = level.strings(window)
        lines = Lines.of(first.units(points), which, numbers, span)
    if level.has_points:
        points, numbers = level.points(window)
        spots = Spots.of(first.units(points), numbers, span)
    return Sheets(areas, lines, spots)


def _rings(paths: Paths, corner: Indices) -> Commands:
    return path_commands(POLYGON, Paths(paths.points - corner, paths.counts, paths.numbers))
