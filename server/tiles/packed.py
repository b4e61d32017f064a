"""What goes into a tile pack: vector tiles of collections, or the pictures of a map."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from geo.grid import Grid
from layers.collection import Collection
from layers.maps import MapSpec
from layers.pack import MVT, PNG, WEBP
from layers.packing import Contents, Tile
from layers.packs import mark_of, picture_marks
from server.draw.spot import Spot
from server.errors import BadParameter
from server.maps.routes import find_map
from server.state import Site
from server.tiles.raster import plain_picture
from server.tiles.tilejson import about, box_of, layers_of, said_once
from server.tiles.vector import chosen, grid_of

KINDS = {"mvt": MVT, "png": PNG, "webp": WEBP}


@dataclass(frozen=True, slots=True)
class Wanted:
    """``what`` is a collection, several with commas, or a map; pictures are of maps only."""

    what: str
    tms: str
    max_zoom: int
    form: str


def contents_of(site: Site, wanted: Wanted) -> Contents:
    """The tiles to pack. Raises `NoSuchLayer`, `NoSuchMap`, `NoSuchGrid` or `BadParameter`."""
    grid = grid_of(site, wanted.tms)
    if wanted.max_zoom > grid.max_zoom:
        raise BadParameter(f"{grid.id} ends at zoom {grid.max_zoom}; write a lower --max-zoom")
    return _vectors(site, grid, wanted) if wanted.form == "mvt" else _pictures(site, grid, wanted)


def _vectors(site: Site, grid: Grid, wanted: Wanted) -> Contents:
    collections = _collections(site, wanted.what)
    ids = [one.id for one in collections]
    made = site.vectors.made
    own = {"collections": ids, "tms": grid.id, "marks": [mark_of(one) for one in collections]}
    told = {"vector_layers": [one.document() for one in layers_of(collections, grid)]}
    return Contents(
        make=lambda tile: made.tile(ids, grid, *tile),
        barren=lambda tile: made.bare(ids, grid, *tile),
        max_zoom=wanted.max_zoom,
        kind=MVT,
        bounds=box_of(collections, grid),
        metadata=_metadata(*about(collections), said_once(collections), grid, own) | told,
    )


def _collections(site: Site, what: str) -> list[Collection]:
    """The collections of that name, else those of the map."""
    if what in site.maps and what not in site.catalogue.collections:
        return [one for one in site.maps[what].shown(site.catalogue) if one.extent is not None]
    return chosen(site, what)


def _pictures(site: Site, grid: Grid, wanted: Wanted) -> Contents:
    shown = find_map(site, wanted.what)
    held = shown.shown(site.catalogue)
    own = {"map": shown.id, "tms": grid.id, "marks": picture_marks(shown, held)}
    return Contents(
        make=partial(_picture, site, shown, grid, wanted.form),
        barren=lambda tile: False,
        max_zoom=wanted.max_zoom,
        kind=KINDS[wanted.form],
        bounds=box_of(held, grid),
        metadata=_metadata(shown.title, shown.description, said_once(held), grid, own),
    )


def _picture(site: Site, shown: MapSpec, grid: Grid, form: str, tile: Tile) -> bytes:
    return plain_picture(site, shown, Spot(grid, *tile), form).body


def _metadata(
    name: str, description: str, attribution: str, grid: Grid, own: dict[str, Any]
) -> dict[str, Any]:
    """As PMTiles viewers read it, with the grid, which they take to be Web Mercator."""
    return {
        "name": name,
        "description": description,
        "attribution": attribution,
        "type": "overlay",
        "tileMatrixSet": grid.id,
        "crs": str(grid.definition["crs"]),
        "marchland": own,
    }
