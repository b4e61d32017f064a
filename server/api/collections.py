"""The collections: what each holds, where it lies, when it is valid, under which licence."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from geo.moment import Interval
from layers.collection import Collection
from server.api.downloads import download_links
from server.api.layer_page import layer_context
from server.ask import Ask, asked
from server.framework import Router
from server.links import Link, Links, link
from server.negotiate import GEOJSON, HTML, JSON, SCHEMA
from server.prepared import Prepared
from server.queryables import queryables_document
from server.state import Site
from server.writer import Document, answered, as_json, written

router = Router()
CONFORMANCE = (
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
)
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
TILESETS = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"


@router.get("/collections")
async def collections(request: Request) -> Response:
    """Every collection."""
    return await answered(asked(request), _collections)


@router.get("/collections/{id}")
async def collection(request: Request, id: str) -> Response:
    """One collection."""
    return await answered(asked(request), partial(_collection, id))


@router.get("/collections/{id}/queryables")
async def queryables(request: Request, id: str) -> Response:
    """What the items of one collection can be filtered by."""
    return await answered(asked(request), partial(_queryables, id))


def _collections(ask: Ask) -> Prepared:
    return written(ask, collections_document(ask.site, ask.links), "collections.html")


def _collection(id: str, ask: Ask) -> Prepared:
    collection = ask.site.catalogue[id]
    document = collection_document(collection, ask.links)
    if ask.page:
        document |= layer_context(ask, collection)
    return written(ask, document, "collection.html")


def _queryables(id: str, ask: Ask) -> Prepared:
    collection = ask.site.catalogue[id]
    return as_json(queryables_document(collection, ask.links.queryables(id)), SCHEMA)


def collections_document(site: Site, links: Links) -> Document:
    """The list of collections as OGC API – Common part 2 writes it."""
    every = site.catalogue.collections.values()
    return {
        "links": [
            link(links.collections(f="json"), "self", JSON, "This document"),
            link(links.collections(f="html"), "alternate", HTML, "This document as a page"),
            link(links.landing(), "root", JSON, "The landing page"),
        ],
        "collections": [collection_document(one, links) for one in every],
    }


def collection_document(collection: Collection, links: Links) -> Document:
    """One collection as OGC API – Features writes it, with licence, attribution and gaps."""
    spec = collection.spec
    return {
        "id": collection.id,
        "title": spec.title,
        "description": spec.description,
        "keywords": spec.keywords,
        "attribution": spec.attribution,
        "license": spec.licence,
        "missing": spec.missing,
        "role": spec.role,
        "itemType": "feature",
        "numberOfItems": len(collection.features),
        "version": collection.digest,
        "extent": _extent(collection),
        "crs": [CRS84],
        "links": _links(collection, links),
    }


def _extent(collection: Collection) -> Document:
    box, span = collection.extent, collection.interval
    extent: Document = {"temporal": {"interval": [_days(span)], "trs": GREGORIAN}}
    if box is not None:
        extent = {"spatial": {"bbox": [box.as_list()], "crs": CRS84}, **extent}
    return extent


def _days(span: Interval) -> list[str | None]:
    start = f"{span.start.isoformat()}T00:00:00Z" if span.start else None
    end = f"{span.end.isoformat()}T23:59:59Z" if span.end else None
    return [start, end]


def _links(collection: Collection, links: Links) -> list[Link]:
    own, spec = collection.id, collection.spec
    made = [
        link(links.collection(own, f="json"), "self", JSON, "This document"),
        link(links.collection(own, f="html"), "alternate", HTML, "This document as a page"),
        link(links.items(own, f="json"), "items", GEOJSON, f"Items of {spec.title}"),
        link(links.items(own, f="html"), "items", HTML, f"Items of {spec.title} as a page"),
        link(links.queryables(own), QUERYABLES, SCHEMA, "What items can be filtered by"),
        link(links.feature_schema(), "describedby", SCHEMA, "The schema of every feature"),
        link(links.collections(), "parent", JSON, "All collections"),
        link(links.tilesets(own), TILESETS, JSON, f"Vector tiles of {spec.title}"),
        *download_links(links, collection),
    ]
    if spec.licence_url:
        made.append(link(spec.licence_url, "license", HTML, spec.licence))
    return made
