"""Vector tiles of collections, made from the projected stores."""

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from threading import Lock

import shapely

from geo.grid import Grid
from geo.mvt import BUFFER, areas, encoded, strings
from geo.mvtgeometry import LINE, POLYGON, Commands, Paths, of_kind, path_commands, point_commands
from geo.mvttags import Tags
from geo.tilecell import UNITS_PER_PX, Cell
from geo.tilesheet import Sheet
from layers.catalogue import Catalogue
from layers.level import Level
from layers.planes import Planes
from layers.vectortags import tags_of

SHEETS = 4  # down to this zoom the areas of a whole zoom are kept ready to be cut
_SHEETS_KEPT = 160  # of collections times grids times zooms; most take some 100 kB


class VectorTiles:
    """Tiles of one catalogue. The tags of a collection are encoded once, when first asked for."""

    def __init__(self, catalogue: Catalogue, planes: Planes) -> None:
        self.catalogue = catalogue
        self.planes = planes
        self._tags: dict[str, Tags] = {}
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
        if cell.zoom <= SHEETS:
            found = self._sheets(id, cell.grid, cell.zoom).cut(cell.square)
            points = found.points - cell.corner
            paths = Paths(points, found.counts, found.numbers)
            return path_commands(POLYGON, paths) if len(points) else None
        shapes, numbers = cell.shapes(*level.areas(cell.window))
        flat = of_kind(shapes, POLYGON)
        return areas(shapes[flat], numbers[flat]) if flat.any() else None

    def _level(self, id: str, grid: Grid, z: int) -> Level:
        return self.planes.store(id, grid.plane.id).level(grid.resolution(z))

    @cached_property
    def _sheets(self) -> Callable[[str, Grid, int], Sheet]:
        return lru_cache(_SHEETS_KEPT)(self._sheet)

    def _sheet(self, id: str, grid: Grid, z: int) -> Sheet:
        """The areas of all tiles of a zoom, and of the buffer around the outermost."""
        corner = Cell(grid, z, 0, 0)
        window = grid.window(z, 0, 0, BUFFER / UNITS_PER_PX, span=2**z)
        shapes, numbers = self._level(id, grid, z).areas(window)
        return Sheet.of(shapely.transform(shapes, corner.units), numbers)

    def _tags_of(self, id: str) -> Tags:
        with self._lock:
            if id not in self._tags:
                self._tags[id] = tags_of(self.catalogue[id])
            return self._tags[id]


def _lines(level: Level, cell: Cell) -> Commands | None:
    if not level.has_lines:
        return None
    pieces, numbers, _ = level.own_lines(cell.window)
    if not len(pieces):
        return None
    shapes, numbers = cell.shapes(pieces, numbers)
    thin = of_kind(shapes, LINE)
    return strings(shapes[thin], numbers[thin]) if thin.any() else None


def _points(level: Level, cell: Cell) -> Commands | None:
    if not level.has_points:
        return None
    at, numbers = cell.spots(*level.points(cell.window))
    return point_commands(at, numbers) if len(at) else None
