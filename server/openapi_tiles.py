"""The description of the tiles, as a part of the OpenAPI document.

Operation ids end as OGC API – Tiles asks (requirement oas30/operation-id): ``.getTile`` and others.
"""

from collections.abc import Iterable
from typing import Any

from geo.grid import Grid
from geo.mvt import MEDIA_TYPE
from layers.collection import Collection
from server.negotiate import JSON

Tree = dict[str, Any]
_PLACE = ("tileMatrix", "tileRow", "tileCol")


def tile_paths(collections: Iterable[Collection]) -> Tree:
    """The tile matrix sets, the tiles of every collection, TileJSON and styles."""
    paths = {
        "/tileMatrixSets": _get("getTileMatrixSetsList", "The grids of tiles", JSON, f=True),
        "/tileMatrixSets/{tileMatrixSetId}": _get(
            "getTileMatrixSet", "One grid of tiles", JSON, "tileMatrixSetId", f=True
        ),
        "/maps/{mapId}/tiles.json": _get(
            "mapTileJson",
            "The tiles of a map as TileJSON",
            JSON,
            "mapId",
            "tms",
            "tileForm",
            f=True,
        ),
        "/maps/{mapId}/style.json": _get(
            "mapStyle", "The MapLibre style of a map", JSON, "mapId", "theme", f=True
        ),
    }
    for kind, media in (("png", "image/png"), ("webp", "image/webp")):
        paths |= _raster(kind, media)
    for one in collections:
        paths |= _vector(f"/collections/{one.id}", one.id, one.spec.title)
    return paths


def _vector(home: str, name: str, title: str) -> Tree:
    end, tms = f"{name}.collection.vector", "tileMatrixSetId"
    tiles, own = f"{home}/tiles", f"{home}/tiles/{{{tms}}}"
    place = "/".join(f"{{{part}}}" for part in _PLACE)
    return {
        tiles: _get(f"{end}.getTileSetsList", f"Tilesets of {title}", JSON, f=True),
        own: _get(f"{end}.getTileSet", f"A tileset of {title}", JSON, tms, f=True),
        f"{own}/tiles.json": _get(f"tilejson_{name}", f"TileJSON of {title}", JSON, tms, f=True),
        f"{own}/{place}": _get(
            f"{end}.getTile", f"A vector tile of {title}", MEDIA_TYPE, tms, *_PLACE
        ),
    }


def _raster(kind: str, media: str) -> Tree:
    place = "/".join(f"{{{part}}}" for part in ("tileMatrixSetId", *_PLACE))
    where, look = ("tileMatrixSetId", *_PLACE), ("theme", "lang")
    seen = (*look, "view", "datetime")
    return {
        f"/maps/{{mapId}}/tiles/{place}.{kind}": _get(
            f"{kind}.map.getTile", "A raster tile of a map; @2x before the dot doubles its pixels",
            media, "mapId", *where, *seen,
        ),
        f"/maps/{{mapId}}/overlay/tiles/{place}.{kind}": _get(
            f"{kind}.overlay.map.getTile", "The overlays of a map alone, transparent elsewhere",
            media, "mapId", *where, *seen,
        ),
        f"/tiles/base/{place}.{kind}": _get(
            f"{kind}.base.map.getTile", "The base that all maps share", media, *where, *look
        ),
    }  # fmt: skip


def _get(name: str, summary: str, kind: str, *parameters: str, f: bool = False) -> Tree:
    used = [*parameters, *(["f"] if f else [])]
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": [{"$ref": f"#/components/parameters/{one}"} for one in used],
            "responses": {
                "200": {"description": summary, "content": {kind: {}}},
                "400": {"$ref": "#/components/responses/BadRequest"},
                "404": {"$ref": "#/components/responses/NotFound"},
            },
        }
    }


def tile_parameters(grids: Iterable[Grid], themes: Iterable[str]) -> Tree:
    """The parameters that only tiles have."""
    names = [grid.id for grid in grids]
    return {
        "tileMatrixSetId": _in_path("tileMatrixSetId", "The grid of tiles.", enum=names),
        "tileMatrix": _in_path("tileMatrix", "The zoom level, from 0."),
        "tileRow": _in_path("tileRow", "The row, 0 at the top.", type="integer", minimum=0),
        "tileCol": _in_path("tileCol", "The column, 0 at the left.", type="integer", minimum=0),
        "mapId": _in_path("mapId", "The id of the map."),
        "tms": _in_query("tms", "The grid of tiles.", names),
        "tileForm": _in_query("form", "What the tiles are.", ["mvt", "png", "webp"]),
        "theme": _in_query("theme", "The colours.", list(themes)),
        "lang": {
            "name": "lang",
            "in": "query",
            "description": "The language of names, where the data have them in it.",
            "schema": {"type": "string", "default": "en"},
        },
    }


def _in_path(name: str, about: str, type: str = "string", **schema: Any) -> Tree:
    schema = {"type": type, **schema}
    return {"name": name, "in": "path", "required": True, "description": about, "schema": schema}


def _in_query(name: str, about: str, values: list[str]) -> Tree:
    schema = {"type": "string", "enum": values}
    return {"name": name, "in": "query", "description": about, "schema": schema}
