"""The only wiring: settings and a catalogue go in, an application comes out."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException

from layers.catalogue import Catalogue
from layers.maps import MapSpec
from layers.perspective import parties_in_dispute
from layers.store import MemoryStore
from layers.where import Where
from server.answers import Answers
from server.api import (
    articles,
    collections,
    docs,
    downloads,
    health,
    items,
    landing,
    licences,
    schemas,
    where,
)
from server.draw.drawing import Drawing
from server.embeds import routes as embed_routes
from server.errors import KINDS
from server.framework import FastAPI
from server.headers import LastResort, Methods, SafeHeaders
from server.links import Links
from server.maps import routes as map_routes
from server.maps import sources, static
from server.pictures import routes as picture_routes
from server.problems import problem
from server.settings import Settings
from server.state import Site
from server.tiles import raster, style, tilejson, tilesets, vector
from server.tiles.kept import Kept
from server.tiles.vectors import Vectors

GROUPS = (
    vector,  # tiles first: routes are tried in order, and these are asked for most
    raster,
    landing,
    collections,
    items,
    downloads,
    articles,
    docs,
    licences,
    schemas,
    health,
    where,
    map_routes,
    picture_routes,
    tilesets,
    tilejson,
    style,
    sources,
    static,
    embed_routes,
)


def create_app(
    settings: Settings, catalogue: Catalogue, maps: Mapping[str, MapSpec] | None = None
) -> FastAPI:
    """The application over ``catalogue``; nothing is read from disk or environment here."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    drawing = Drawing(catalogue, maps or {}, settings.cache)
    app.state.site = Site(
        settings=settings,
        catalogue=catalogue,
        store=MemoryStore(catalogue),
        where=Where(catalogue, settings.cache),
        parties=parties_in_dispute(catalogue),
        maps=maps or {},
        links=Links(urlsplit(settings.base_url or "").path),
        answers=Answers(settings.answers_mb * 1_000_000),
        tiles=Kept(settings.tiles_mb * 1_000_000),
        drawing=drawing,
        vectors=Vectors(catalogue, drawing, settings.cache / "packs"),
        conformance=tuple(uri for group in GROUPS for uri in group.CONFORMANCE),
    )
    for group in GROUPS:
        app.include_router(group.router)
    for refused in (*KINDS, HTTPException):
        app.add_exception_handler(refused, problem)
    app.add_middleware(Methods)  # the last added is the outermost
    app.add_middleware(LastResort, answer=problem)
    app.add_middleware(SafeHeaders)
    return app
