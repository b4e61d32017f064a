"""The description of the API as an OpenAPI 3.0.3 document.

FastAPI writes 3.1, which OGC's class ``oas30`` does not know; so it is written here. Each
collection has paths of its own, because clients (GDAL among them) look up there which
properties they may filter by.
"""

from importlib.metadata import version
from typing import Any

from geo.query import MAX_LIMIT, Query
from layers.collection import Collection
from server.api.downloads import FORMS
from server.links import Links
from server.negotiate import GEOJSON, HTML, JSON, OPENAPI, SCHEMA
from server.openapi_tiles import tile_parameters, tile_paths
from server.problems import PROBLEM
from server.queryables import queryables
from server.speech import LANGUAGES
from server.state import Site

Tree = dict[str, Any]


def openapi_document(site: Site, links: Links) -> Tree:
    """Every address of the API, with its parameters and its answers."""
    paths = _common()
    for collection in site.catalogue.collections.values():
        paths |= _collection(collection)
    paths |= tile_paths(site.catalogue.collections.values())
    grids, themes = site.drawing.grids.values(), site.drawing.themes
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "marchland",
            "version": version("marchland"),
            "description": "Overlays of contested and strategic places with their sources.",
            "license": {"name": "Apache-2.0 (code); see /licences for the data"},
        },
        "servers": [{"url": links.base or "/"}],
        "paths": paths,
        "components": {
            "parameters": _PARAMETERS | tile_parameters(grids, themes),
            "schemas": {"Problem": _PROBLEM},
            "responses": {
                "BadRequest": _answer("The request cannot be read", PROBLEM, _ref("Problem")),
                "NotFound": _answer("There is no such thing", PROBLEM, _ref("Problem")),
            },
        },
    }


def _common() -> Tree:
    return {
        "/": _get("landing", "The landing page", JSON, HTML),
        "/conformance": _get("conformance", "Standards that are followed", JSON),
        "/api": _get("api", "Every address, as OpenAPI", OPENAPI),
        "/collections": _get("collections", "Every collection", JSON, HTML),
        "/docs": _get("docs", "Every address, as a page", HTML),
        "/licences": _get("licences", "Licences and attributions", JSON, HTML),
        "/schemas/feature.json": _get("schema", "The schema of every feature", SCHEMA),
        "/healthz": _get("health", "Whether every layer is served", JSON),
        "/maps": _get("maps", "Every map", JSON, HTML),
        "/where": _where(),
    }


def _where() -> Tree:
    """Without a position the answer says how to ask."""
    made = _get("where", "What lies at a position, and what is nearest to it", JSON, HTML)
    made["get"]["parameters"] += [_use(name) for name in ("lon", "lat", "accuracy_m", "view")]
    return made


def _collection(one: Collection) -> Tree:
    home, title = f"/collections/{one.id}", one.spec.title
    items = _get(f"items_{one.id}", f"Items of {title}", GEOJSON, HTML)
    filters = [_filter(name, schema) for name, schema in queryables(one).items()]
    items["get"]["parameters"] += [
        _use(name) for name in ("bbox", "datetime", "limit", "offset", "view")
    ]
    items["get"]["parameters"] += filters
    item = _get(f"item_{one.id}", f"One item of {title}", GEOJSON, HTML)
    item["get"]["parameters"] += [_use("featureId"), _use("view")]
    item["get"]["responses"]["404"] = {"$ref": "#/components/responses/NotFound"}
    return {
        home: _get(f"collection_{one.id}", title, JSON, HTML),
        f"{home}/queryables": _get(f"queryables_{one.id}", f"Filters of {title}", SCHEMA),
        f"{home}/items": items,
        f"{home}/items/{{featureId}}": item,
        **_downloads(one),
    }


def _downloads(one: Collection) -> Tree:
    """The whole layer as a file, an address for each form; there is nothing to ask for."""
    made = {
        f"/collections/{one.id}/download.{form}": _get(
            f"download_{form}_{one.id}", f"{one.spec.title} as {name}", kind
        )
        for form, (name, kind, _) in FORMS.items()
    }
    for path in made.values():
        path["get"]["parameters"] = []
    return made


def _get(name: str, summary: str, *types: str) -> Tree:
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": [_use("f"), _use("pageLang")],
            "responses": {
                "200": {"description": summary, "content": {one: {} for one in types}},
                "400": {"$ref": "#/components/responses/BadRequest"},
            },
        }
    }


def _filter(name: str, schema: Tree) -> Tree:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": schema["description"],
        "schema": {key: schema[key] for key in ("type", "enum") if key in schema},
        "style": "form",
        "explode": False,
    }


def _use(name: str) -> Tree:
    return {"$ref": f"#/components/parameters/{name}"}


def _ref(name: str) -> Tree:
    return {"$ref": f"#/components/schemas/{name}"}


def _answer(description: str, type: str, schema: Tree) -> Tree:
    return {"description": description, "content": {type: {"schema": schema}}}


def _query(name: str, description: str, schema: Tree) -> Tree:
    return {"name": name, "in": "query", "description": description, "schema": schema}


_PARAMETERS: Tree = {
    "f": _query("f", "The form of the answer.", {"type": "string", "enum": ["json", "html"]}),
    "pageLang": _query(
        "lang",
        "The language of the page, before Accept-Language; one that there is not is passed over "
        "there, and refused where the answer is JSON, which is in English.",
        {"type": "string", "enum": list(LANGUAGES)},
    ),
    "bbox": {
        **_query(
            "bbox",
            "west,south,east,north in CRS84 degrees; west above east runs across 180°.",
            {
                "type": "array",
                "items": {"type": "number"},
                "oneOf": [{"minItems": n, "maxItems": n} for n in (4, 6)],
            },
        ),
        "style": "form",
        "explode": False,
    },
    "datetime": {
        **_query("datetime", "A date, or an interval D/D, ../D or D/..", {"type": "string"}),
        "style": "form",
        "explode": False,
    },
    "limit": _query(
        "limit",
        f"The most items in one answer; above {MAX_LIMIT} counts as {MAX_LIMIT}.",
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": Query().limit},
    ),
    "offset": _query(
        "offset", "How many items to pass over.", {"type": "integer", "minimum": 0, "default": 0}
    ),
    "view": _query(
        "view",
        "neutral, or the party (ISO 3166-1 alpha-2) whose stated position is told of features "
        "that are claimed or disputed; nothing is taken away.",
        {"type": "string", "default": "neutral"},
    ),
    "lon": _query(
        "lon", "Longitude in degrees, -180 to 180; also as 168°58'12\"W.", {"type": "string"}
    ),
    "lat": _query("lat", "Latitude in degrees, -90 to 90; also as 65°47'N.", {"type": "string"}),
    "accuracy_m": _query(
        "accuracy_m",
        "How far off the position itself may be, in metres.",
        {"type": "number", "minimum": 0, "maximum": 1_000_000, "default": 0},
    ),
    "featureId": {
        "name": "featureId",
        "in": "path",
        "required": True,
        "description": "The id of the feature.",
        "schema": {"type": "string"},
    },
}
_PROBLEM: Tree = {
    "type": "object",
    "description": "A problem of RFC 9457; advice says what to do.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "advice": {"type": "string"},
    },
}
