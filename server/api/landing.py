"""The landing page and what the API says about itself: conformance and its description."""

from starlette.requests import Request
from starlette.responses import Response

from server.api.collections import collection_document
from server.ask import Ask, asked
from server.framework import Router
from server.links import Links, link
from server.maps.spoken import spoken
from server.negotiate import HTML, JSON, OPENAPI, SCHEMA
from server.openapi import openapi_document
from server.prepared import Prepared
from server.writer import Document, answered, as_json, as_page

router = Router()
CONFORMANCE = (
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/landing-page",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/json",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
)
SCHEMES = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"
TITLE = "marchland"
DESCRIPTION = (
    "Maps of contested and strategic places. Every feature says its status, its sources, "
    "its licence and how well its position is known."
)


@router.get("/")
async def landing(request: Request) -> Response:
    """What is here, for people as a page and for programs as links."""
    return await answered(asked(request), _landing)


@router.get("/conformance")
async def conformance(request: Request) -> Response:
    """The classes of the standards that this server follows."""
    return await answered(asked(request), _conformance)


@router.get("/api")
async def api(request: Request) -> Response:
    """The description of every address, as OpenAPI 3.0.3."""
    return await answered(asked(request), _api)


def landing_document(links: Links) -> Document:
    """The landing page of OGC API – Common: title, description and links."""
    return {
        "title": TITLE,
        "description": DESCRIPTION,
        "links": [
            link(links.landing(f="json"), "self", JSON, "This document"),
            link(links.landing(f="html"), "alternate", HTML, "This document as a page"),
            link(links.api(), "service-desc", OPENAPI, "Every address, as OpenAPI"),
            link(links.docs(), "service-doc", HTML, "Every address, as a page"),
            link(links.conformance(), "conformance", JSON, "Standards that are followed"),
            link(links.collections(), "data", JSON, "The collections"),
            link(links.collections(f="html"), "data", HTML, "The collections as a page"),
            link(links.tile_matrix_sets(), SCHEMES, JSON, "The grids of tiles"),
            link(links.maps(), "related", JSON, "The maps"),
            link(links.where(), "related", JSON, "What lies at a position"),
            link(links.licences(), "license", JSON, "Licences and attributions"),
            link(links.licences(f="html"), "license", HTML, "Licences and attributions as a page"),
            link(links.feature_schema(), "describedby", SCHEMA, "The schema of every feature"),
            link(links.health(), "status", JSON, "Whether every layer is served"),
        ],
    }


def _landing(ask: Ask) -> Prepared:
    document = landing_document(ask.links)
    if not ask.page:
        return as_json(document)
    every = ask.site.catalogue.collections.values()
    collections = [collection_document(one, ask.links) for one in every]
    context = {**document, "collections": collections, "maps": _maps(ask)}
    return as_page(ask, context, "catalogue.html")


def _maps(ask: Ask) -> list[Document]:
    return [
        {
            "id": one.id,
            "title": one.title,
            "description": one.description,
            "href": ask.links.map(one.id),
        }
        for one in (spoken(spec, ask.lang) for spec in ask.site.maps.values())
    ]


def _conformance(ask: Ask) -> Prepared:
    return as_json({"conformsTo": list(ask.site.conformance)})


def _api(ask: Ask) -> Prepared:
    return as_json(openapi_document(ask.site, ask.links), OPENAPI)
