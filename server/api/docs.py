"""The API for people: what `/api` says to programs, as a page of our own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from server.ask import Ask, page_ask
from server.framework import Router
from server.openapi import openapi_document
from server.prepared import Prepared
from server.writer import answered, as_page

router = Router()
CONFORMANCE: tuple[str, ...] = ()
_ONE = re.compile(r"^/collections/([^/{]+)")
_EVERY = "/collections/{collectionId}"


@dataclass(frozen=True, slots=True)
class Operation:
    """One address: what may be asked of it, and in which forms it answers."""

    path: str
    summary: str
    parameters: tuple[dict[str, Any], ...]
    forms: tuple[str, ...]


@router.get("/docs")
async def docs(request: Request) -> Response:
    """Every address, as a page; an address that all collections have stands there once."""
    return await answered(replace(page_ask(request), page=True), _docs)


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    """The addresses of an OpenAPI document in its order, without what one collection has alone."""
    shared = document["components"]["parameters"]
    seen = set[str]()
    for path, item in document["paths"].items():
        one = _ONE.match(path)
        shown = _ONE.sub(_EVERY, path)
        if shown in seen:
            continue
        seen.add(shown)
        about = item["get"]
        title = document["paths"][one[0]]["get"]["summary"] if one else ""
        named = [ref["$ref"].rsplit("/", 1)[-1] for ref in about["parameters"] if "$ref" in ref]
        summary = about["summary"].replace(title, "a collection") if title else about["summary"]
        forms = tuple(about["responses"]["200"]["content"])
        yield Operation(shown, summary, tuple(shared[name] for name in named), forms)


def _docs(ask: Ask) -> Prepared:
    document = openapi_document(ask.site, ask.links)
    every = [one.id for one in ask.site.catalogue.collections.values()]
    context = {"operations": list(operations(document)), "example": every[0] if every else ""}
    return as_page(ask, context, "docs.html")
