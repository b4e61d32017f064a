"""What tiles there are: tile matrix sets, and the tilesets of collections (OGC API – Tiles)."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from geo.grid import Grid
from geo.mvt import MEDIA_TYPE
from layers.attribution import BETWEEN, attributions
from layers.collection import Collection
from server.ask import Ask, asked
from server.framework import Router
from server.links import Link, Links, link
from server.negotiate import JSON
from server.prepared import Prepared
from server.state import site_of
from server.tiles.vector import chosen, grid_of, joined
from server.writer import Document, answered, as_json

router = Router()
CONFORMANCE = (
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/tms/2.0/conf/json-tilematrixset",
    "http://www.opengis.net/spec/tms/2.0/conf/json-tilesetmetadata",
)
SCHEME = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


@router.get("/tileMatrixSets")
async def tile_matrix_sets(request: Request) -> Response:
    """Every grid of tiles."""
    return await answered(asked(request), _schemes)


@router.get("/tileMatrixSets/{tms}")
async def tile_matrix_set(request: Request, tms: str) -> Response:
    """One grid, as OGC 17-083r4 writes it."""
    grid = grid_of(site_of(request), tms)
    return await answered(asked(request), lambda ask: as_json(grid.definition))


@router.get("/collections/{id}/tiles")
async def tilesets(request: Request, id: str) -> Response:
    """The tilesets of a collection, or of several: one for each grid."""
    collections = chosen(site_of(request), id)
    return await answered(asked(request), partial(_tilesets, collections))


@router.get("/collections/{id}/tiles/{tms}")
async def tileset(request: Request, id: str, tms: str) -> Response:
    """One tileset: where its tiles are, and what is in them."""
    site = site_of(request)
    make = partial(_tileset, chosen(site, id), grid_of(site, tms))
    return await answered(asked(request), make)


def _schemes(ask: Ask) -> Prepared:
    links, every = ask.links, ask.site.drawing.grids.values()
    told = [
        {
            "id": grid.id,
            "title": grid.title,
            **_registered(grid, "uri"),
            "links": [_self(links, grid)],
        }
        for grid in every
    ]
    own = link(links.tile_matrix_sets(), "self", JSON, "This document")
    return as_json({"links": [own], "tileMatrixSets": told})


def _self(links: Links, grid: Grid, rel: str = "self") -> Link:
    return link(links.tile_matrix_set(grid.id), rel, JSON, grid.title)


def _registered(grid: Grid, name: str) -> Document:
    """The address of a grid that is in OGC's register, under a name."""
    return {name: grid.definition["uri"]} if "uri" in grid.definition else {}


def _tilesets(collections: list[Collection], ask: Ask) -> Prepared:
    links, ids = ask.links, joined(collections)
    own = link(links.tilesets(ids), "self", JSON, "This document")
    grids = ask.site.drawing.grids.values()
    return as_json({"links": [own], "tilesets": [_head(links, ids, grid) for grid in grids]})


def _head(links: Links, ids: str, grid: Grid) -> Document:
    """What the list says of each tileset."""
    return {
        "title": f"{ids} in {grid.title}",
        "dataType": "vector",
        "crs": grid.definition["crs"],
        **_registered(grid, "tileMatrixSetURI"),
        "links": [
            link(links.tileset(ids, grid.id), "self", JSON, "The tileset"),
            _self(links, grid, SCHEME),
        ],
    }


def _tileset(collections: list[Collection], grid: Grid, ask: Ask) -> Prepared:
    links, ids = ask.links, joined(collections)
    head = _head(links, ids, grid)
    item = link(links.vector_tile(ids, grid.id), "item", MEDIA_TYPE, "A tile")
    tilejson = link(links.tilejson(ids, grid.id), "alternate", JSON, "The same as TileJSON")
    return as_json(
        {
            **head,
            "attribution": BETWEEN.join(attributions(collections)),
            "license": ", ".join(dict.fromkeys(one.spec.licence for one in collections)),
            "links": [*head["links"], {**item, "templated": True}, tilejson],
            "boundingBox": _box(grid),
            "layers": [_layer(one, grid) for one in collections],
        }
    )


def _box(grid: Grid) -> Document:
    west, south, east, north = grid.lonlat
    return {"lowerLeft": [west, south], "upperRight": [east, north], "crs": _CRS84}


def _layer(collection: Collection, grid: Grid) -> Document:
    spec = collection.spec
    told: Document = {
        "id": collection.id,
        "title": spec.title,
        "description": spec.description,
        "dataType": "vector",
        "keywords": spec.keywords,
        "minTileMatrix": str(grid.min_zoom),
        "maxTileMatrix": str(grid.max_zoom),
    }
    if (box := collection.extent) is not None and not box.crosses:
        corners = {"lowerLeft": [box.west, box.south], "upperRight": [box.east, box.north]}
        told["boundingBox"] = {**corners, "crs": _CRS84}
    return told
