"""Under which licence each collection stands, and whom to name."""

from starlette.requests import Request
from starlette.responses import Response

from layers.collection import Collection
from server.ask import Ask, asked
from server.framework import Router
from server.links import Links, link
from server.negotiate import HTML, JSON
from server.prepared import Prepared
from server.writer import Document, answered, written

router = Router()
CONFORMANCE: tuple[str, ...] = ()


@router.get("/licences")
async def licences(request: Request) -> Response:
    """Licence, attribution and publishers of every collection."""
    return await answered(asked(request), _licences)


def _licences(ask: Ask) -> Prepared:
    every = ask.site.catalogue.collections.values()
    links = [
        link(ask.links.licences(f="json"), "self", JSON, "This document"),
        link(ask.links.licences(f="html"), "alternate", HTML, "This document as a page"),
    ]
    document = {"links": links, "collections": [licence_document(one, ask.links) for one in every]}
    return written(ask, document, "licences.html")


def licence_document(collection: Collection, links: Links) -> Document:
    """One collection; a feature with a licence of its own is counted under that."""
    spec = collection.spec
    own = [feature.properties for feature in collection.features]
    publishers = {source.publisher for one in own for source in one.sources}
    return {
        "id": collection.id,
        "title": spec.title,
        "license": spec.licence,
        "licenses_of_features": sorted({one.licence for one in own}),
        "attribution": spec.attribution,
        "attributions_of_features": sorted({one.attribution for one in own if one.attribution}),
        "publishers": sorted(publishers),
        "links": [link(links.collection(collection.id), "item", JSON, spec.title)],
    }
