"""Vector tiles of collections, made from the projected stores."""

from collections.abc import Sequence
from threading import Lock

import numpy as np
import shapely

from geo.grid import Grid
from geo.mvt import BUFFER, EXTENT, encoded, strings
from geo.mvtgeometry import LINE, POLYGON, Commands, Paths, of_kind, path_commands, point_commands
from geo.mvttags import Tags
from geo.tilecell import UNITS_PER_PX, Cell
from geo.tilepaths import strings as paths_of
from geo.tilesheet import Sheet
from layers.catalogue import Catalogue
from layers.level import Level
from layers.planes import Planes
from layers.remembered import Remembered
from layers.vectortags import tags_of

SHEET = 8  # tiles along a side of what is kept ready to be cut
SHEETS_MB = 24  # of them are kept
_LARGE = 4  # down to this zoom a tile can hold a good part of the world
FAR = BUFFER + 2  # units beyond a side where a line may end without being cut
Place = tuple[Grid, int, int, int]  # zoom, row and column


class VectorTiles:
    """Tiles of one catalogue. The tags of a collection are encoded once, when first asked for."""

    def __init__(self, catalogue: Catalogue, planes: Planes) -> None:
        self.catalogue = catalogue
        self.planes = planes
        self._tags: dict[str, Tags] = {}
        self._sheets = Remembered[Sheet](SHEETS_MB * 1e6, lambda one: one.size)
        self._lock = Lock()

    def tile(self, ids: Sequence[str], grid: Grid, z: int, row: int, col: int) -> bytes:
        """The tile with a layer for each collection that has something in it, in this order.

        No bytes where none has. Raises `NoSuchLayer`.
        """
        return b"".join(self._layer(one, Cell(grid, z, row, col)) for one in ids)

    def bare(self, ids: Sequence[str], grid: Grid, z: int, row: int, col: int) -> bool:
        """Whether nothing is in the tile or in any below it: asked of the full geometry."""
        window = Cell(grid, z, row, col).window
        stores = [self.planes.store(one, grid.plane.id) for one in ids]
        return not any(len(store.level(0.0).whole(window)[0]) for store in stores)

    def _layer(self, id: str, cell: Cell) -> bytes:
        level = self._level(id, cell.grid, cell.zoom)
        parts = [self._areas(id, level, cell), _lines(level, cell), _points(level, cell)]
        return encoded(id, self._tags_of(id), [part for part in parts if part is not None])

    def _areas(self, id: str, level: Level, cell: Cell) -> Commands | None:
        if not level.has_areas:
            return None
        first = _first(cell)
        sheet = self._sheets.get((id, *first), lambda: _sheet(level, Cell(*first)))
        left, top = (cell.col - first[3]) * EXTENT, (cell.row - first[2]) * EXTENT
        far = EXTENT + BUFFER
        found = sheet.cut((left - BUFFER, top - BUFFER, left + far, top + far))
        if not len(found.points):
            return None
        points = found.points - np.array([left, top])
        return path_commands(POLYGON, Paths(points, found.counts, found.numbers))

    def at_hand(self, ids: Sequence[str], grid: Grid, z: int, row: int, col: int) -> bool:
        """Whether a tile is cut from kept sheets alone, in less than it takes to ask a thread."""
        if z <= _LARGE:
            return False
        first = _first(Cell(grid, z, row, col))
        return all((one, *first) in self._sheets and not self._strewn(one, first) for one in ids)

    def _strewn(self, id: str, first: Place) -> bool:
        level = self._level(id, first[0], first[1])
        return level.has_lines or level.has_points

    def _level(self, id: str, grid: Grid, z: int) -> Level:
        return self.planes.store(id, grid.plane.id).level(grid.resolution(z))

    def _tags_of(self, id: str) -> Tags:
        with self._lock:
            if id not in self._tags:
                self._tags[id] = tags_of(self.catalogue[id])
            return self._tags[id]


def _first(cell: Cell) -> Place:
    """The tile in the left top corner of the sheet."""
    row, col = cell.row - cell.row % SHEET, cell.col - cell.col % SHEET
    return cell.grid, cell.zoom, row, col


def _sheet(level: Level, first: Cell) -> Sheet:
    """The areas of the tiles from ``first`` on, and of the buffer around them."""
    span = min(SHEET, 2**first.zoom)
    window = first.grid.window(first.zoom, first.col, first.row, BUFFER / UNITS_PER_PX, span=span)
    shapes, numbers = level.areas(window)
    return Sheet.of(shapely.transform(shapes, first.units), numbers)


def _lines(level: Level, cell: Cell) -> Commands | None:
    if not level.has_lines:
        return None
    points, which, numbers = level.strings(cell.window)
    if not len(numbers):
        return None
    at = cell.units(points)
    spills = (at < -FAR).any() or (at > EXTENT + FAR).any()
    if spills or (numbers[1:] < numbers[:-1]).any():  # the latter at 180°, from both sides
        return _cut_lines(level, cell)
    return path_commands(LINE, paths_of(at, which, numbers))


def _cut_lines(level: Level, cell: Cell) -> Commands | None:
    """The same, cut once more: in a grid that is turned the window holds more than the tile."""
    pieces, numbers, _ = level.own_lines(cell.window)
    shapes, numbers = cell.shapes(pieces, numbers)
    thin = of_kind(shapes, LINE)
    return strings(shapes[thin], numbers[thin]) if thin.any() else None


def _points(level: Level, cell: Cell) -> Commands | None:
    if not level.has_points:
        return None
    at, numbers = cell.spots(*level.points(cell.window))
    return point_commands(at, numbers) if len(at) else None
