"""TileJSON of collections and of maps."""

from collections.abc import Sequence
from functools import partial
from html import escape

from starlette.requests import Request
from starlette.responses import Response

from geo.grid import Grid
from geo.tilejson import Tileset, VectorLayer
from layers.attribution import BETWEEN, attributions
from layers.collection import Collection
from layers.vectortags import fields_of
from server.ask import Ask, asked
from server.errors import BadParameter
from server.framework import Router
from server.maps.routes import find_map
from server.prepared import Prepared
from server.state import site_of
from server.tiles.vector import chosen, grid_of, joined
from server.writer import answered, as_json

router = Router()
CONFORMANCE: tuple[str, ...] = ()
COVER = (-180.0, -85.051129, 180.0, 85.051129)  # what Web Mercator holds
_DEFAULT = "WebMercatorQuad"
_FORMS = ("mvt", "png", "webp")


@router.get("/collections/{id}/tiles/{tms}/tiles.json")
async def collection_tilejson(request: Request, id: str, tms: str) -> Response:
    """The vector tiles of a collection, or of several."""
    site = site_of(request)
    make = partial(_of_collections, chosen(site, id), grid_of(site, tms))
    return await answered(asked(request), make)


@router.get("/maps/{id}/tiles.json")
async def map_tilejson(request: Request, id: str) -> Response:
    """The tiles of a map; ``tms`` names the grid, ``form`` is mvt (the default), png or webp."""
    return await answered(asked(request, ("tms", "form")), partial(_of_map, id))


def depth_of(collections: Sequence[Collection], grid: Grid) -> int:
    """The zoom beyond which tiles show nothing new."""
    return min(grid.max_zoom, max((one.spec.zoom.max for one in collections), default=0))


def said_once(collections: Sequence[Collection]) -> str:
    """Whom to name, each once; as HTML, which clients take an attribution for."""
    return escape(BETWEEN.join(attributions(collections)), False)


def about(collections: Sequence[Collection]) -> tuple[str, str]:
    """Name and description of several collections together."""
    specs = [one.spec for one in collections]
    return ", ".join(one.title for one in specs), "\n\n".join(one.description for one in specs)


def layers_of(collections: Sequence[Collection], grid: Grid) -> list[VectorLayer]:
    """What vector tiles of the collections hold."""
    return [_layer(one, grid) for one in collections]


def _of_collections(collections: list[Collection], grid: Grid, ask: Ask) -> Prepared:
    return as_json(_vector(ask, collections, grid, *about(collections)).document())


def _vector(
    ask: Ask, collections: list[Collection], grid: Grid, name: str, description: str
) -> Tileset:
    return Tileset(
        name=name,
        description=description,
        attribution=said_once(collections),
        tiles=ask.links.vector_tile(joined(collections), grid.id, "{z}/{y}/{x}"),
        min_zoom=grid.min_zoom,
        max_zoom=depth_of(collections, grid),
        bounds=box_of(collections, grid),
        layers=layers_of(collections, grid),
        more=_more(ask, grid),
    )


def _layer(collection: Collection, grid: Grid) -> VectorLayer:
    deepest = depth_of([collection], grid)
    fields, title = fields_of(collection), collection.spec.title
    return VectorLayer(collection.id, title, fields, grid.min_zoom, deepest)


def _of_map(id: str, ask: Ask) -> Prepared:
    spec, form = find_map(ask.site, id), ask.values.get("form", _FORMS[0])
    if form not in _FORMS:
        raise BadParameter(f"form is {form[:40]!r}; it is one of: {', '.join(_FORMS)}")
    grid = grid_of(ask.site, ask.values.get("tms", _DEFAULT))
    shown = [one for one in spec.shown(ask.site.catalogue) if one.extent is not None]
    if form == "mvt":
        return as_json(_vector(ask, shown, grid, spec.title, spec.description).document())
    pictures = Tileset(
        name=spec.title,
        description=spec.description,
        attribution=said_once(shown),
        tiles=ask.links.map_tile(spec.id, grid.id, f"{{z}}/{{y}}/{{x}}.{form}"),
        min_zoom=grid.min_zoom,
        max_zoom=min(grid.max_zoom, round(spec.zoom.max)),
        bounds=_cover(grid),
        more=_more(ask, grid),
    )
    return as_json(pictures.document())


def box_of(collections: Sequence[Collection], grid: Grid) -> tuple[float, float, float, float]:
    """The extent of one collection within the grid; of several, all that the grid holds."""
    west, south, east, north = _cover(grid)
    box = collections[0].extent if len(collections) == 1 else None
    if box is None or box.crosses or grid.plane.polar:
        return (west, south, east, north)
    return (box.west, max(south, box.south), box.east, min(north, box.north))


def _cover(grid: Grid) -> tuple[float, float, float, float]:
    return grid.lonlat if grid.plane.polar else COVER


def _more(ask: Ask, grid: Grid) -> dict[str, str]:
    """The grid, which TileJSON itself takes to be Web Mercator."""
    return {
        "tileMatrixSet": grid.id,
        "tileMatrixSetURI": ask.links.tile_matrix_set(grid.id),
        "crs": str(grid.definition["crs"]),
    }
