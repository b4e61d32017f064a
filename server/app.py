"""The only wiring: settings and a catalogue go in, an application comes out."""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.exceptions import HTTPException

from layers.catalogue import Catalogue
from layers.store import MemoryStore
from server.answers import Answers
from server.errors import KINDS
from server.headers import LastResort, Methods, SafeHeaders
from server.links import Links
from server.problems import problem
from server.settings import Settings
from server.state import Site

_GROUPS = (
    "server.api.landing",
    "server.api.collections",
    "server.api.items",
    "server.api.licences",
    "server.api.schemas",
    "server.api.health",
    "server.maps.routes",
    "server.maps.static",
    "server.embeds.routes",
)


def create_app(
    settings: Settings, catalogue: Catalogue, maps: Mapping[str, Any] | None = None
) -> FastAPI:
    """The application over ``catalogue``; nothing is read from disk or environment here."""
    groups = [import_module(name) for name in _GROUPS if _exists(name)]
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.site = Site(
        settings=settings,
        catalogue=catalogue,
        store=MemoryStore(catalogue),
        maps=maps or {},
        links=Links(urlsplit(settings.base_url or "").path),
        answers=Answers(settings.answers_mb * 1_000_000),
        conformance=tuple(uri for group in groups for uri in group.CONFORMANCE),
    )
    for group in groups:
        app.include_router(group.router)
    for refused in (*KINDS, HTTPException):
        app.add_exception_handler(refused, problem)
    app.add_middleware(Methods)  # the last added is the outermost
    app.add_middleware(LastResort, answer=problem)
    app.add_middleware(SafeHeaders)
    return app


def _exists(name: str) -> bool:
    package = name.rpartition(".")[0]
    return find_spec(package) is not None and find_spec(name) is not None
