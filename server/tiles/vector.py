"""Vector tiles: of one collection, or of several in one tile (``a,b,c``)."""

import re
from collections.abc import Sequence
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from geo.grid import Grid
from layers.collection import Collection
from server.ask import asked
from server.errors import NoSuchGrid, NoSuchTile
from server.framework import Router
from server.state import Site
from server.tiles.kept import address

router = Router()
CONFORMANCE = (
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
)
SUFFIX = ".mvt"
_NUMBER = re.compile(r"[0-9]{1,9}")


@router.get("/collections/{id}/tiles/{tms}/{z}/{row}/{col}")
async def tile(request: Request, id: str, tms: str) -> Response:
    """A vector tile. One in which nothing lies has no bytes, which is a tile without layers.

    ``.mvt`` may stand behind the column, for programs that go by the names of files.
    """
    site = asked(request, ()).site
    ids = [one.id for one in chosen(site, id)]
    grid = grid_of(site, tms)
    place = [request.path_params[one] for one in ("z", "row", "col")]
    z, row, col = _place(grid, [*place[:2], place[2].removesuffix(SUFFIX)])
    at = address(f"/collections/{','.join(ids)}/tiles/{grid.id}/{z}/{row}/{col}", {})
    make = partial(site.vectors.prepared, ids, grid, z, row, col)
    return await site.tiles.answer(request, at, make)


def chosen(site: Site, ids: str) -> list[Collection]:
    """The collections of ``a,b,c``, each once. Raises `NoSuchLayer`."""
    return [site.catalogue[one] for one in dict.fromkeys(ids.split(","))]


def joined(collections: Sequence[Collection]) -> str:
    """Their ids as `chosen` reads them."""
    return ",".join(one.id for one in collections)


def grid_of(site: Site, tms: str) -> Grid:
    """The tile matrix set. Raises `NoSuchGrid`."""
    grid = site.drawing.grids.get(tms)
    if grid is None:
        known = ", ".join(site.drawing.grids)
        raise NoSuchGrid(f"no tile matrix set {tms[:80]!r}; there are: {known}")
    return grid


def _place(grid: Grid, place: Sequence[str]) -> tuple[int, int, int]:
    """Zoom, row and column. Raises `NoSuchTile`."""
    written = "/".join(place)
    if not all(_NUMBER.fullmatch(part) for part in place):
        raise NoSuchTile(f"{written[:80]!r} is no tile; write zoom/row/column in digits")
    z, row, col = (int(part) for part in place)
    if not grid.holds(z, row, col):
        raise NoSuchTile(
            f"{grid.id} has the zooms {grid.min_zoom} to {grid.max_zoom} and at zoom z the rows "
            f"and columns 0 to 2^z - 1; there is no tile {written}"
        )
    return z, row, col
