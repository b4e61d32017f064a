"""Vector tiles of collections, made from the projected stores."""

from collections.abc import Sequence
from threading import Lock

from geo.grid import Grid
from geo.mvt import encoded
from geo.mvttags import Tags
from geo.tilecell import Cell
from layers.catalogue import Catalogue
from layers.planes import Planes
from layers.remembered import Remembered
from layers.sheets import Sheets, sheets_of
from layers.vectortags import tags_of

SHEET = 8  # tiles along a side of what is kept ready to be cut
SHEETS_MB = 24  # of them are kept
_LONG = 3_000  # edges and points that take a millisecond or two
Place = tuple[str, int, int, int]  # grid, zoom, row and column


class VectorTiles:
    """Tiles of one catalogue. The tags of a collection are encoded once, when first asked for."""

    def __init__(self, catalogue: Catalogue, planes: Planes) -> None:
        self.catalogue = catalogue
        self.planes = planes
        self._tags: dict[str, Tags] = {}
        self._sheets = Remembered[Sheets](SHEETS_MB * 1e6, lambda one: one.size)
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
        place, row, col = _first(cell)
        sheet = self._sheets.get((id, *place), lambda: self._sheet(id, cell, row, col))
        return encoded(id, self._tags_of(id), sheet.tile(row, col))

    def _sheet(self, id: str, cell: Cell, row: int, col: int) -> Sheets:
        first = Cell(cell.grid, cell.zoom, cell.row - row, cell.col - col)
        level = self.planes.store(id, first.grid.plane.id).level(first.grid.resolution(first.zoom))
        return sheets_of(level, first, min(SHEET, 2**first.zoom))

    def at_hand(self, ids: Sequence[str], grid: Grid, z: int, row: int, col: int) -> bool:
        """Whether a tile is cut from kept sheets alone, in a few milliseconds at most."""
        place, down, right = _first(Cell(grid, z, row, col))
        found = [self._sheets.look((one, *place)) for one in ids]
        return sum(_LONG if one is None else one.count(down, right) for one in found) < _LONG

    def _tags_of(self, id: str) -> Tags:
        with self._lock:
            if id not in self._tags:
                self._tags[id] = tags_of(self.catalogue[id])
            return self._tags[id]


def _first(cell: Cell) -> tuple[Place, int, int]:
    """The tile in the left top corner of the sheet, and row and column within that."""
    down, right = cell.row % SHEET, cell.col % SHEET
    return (cell.grid.id, cell.zoom, cell.row - down, cell.col - right), down, right
