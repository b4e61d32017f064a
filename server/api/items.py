"""The items of a collection: filtered by place, time and property, and one by one."""

from collections.abc import Sequence
from functools import partial

import orjson
from starlette.requests import Request
from starlette.responses import Response

from geo.feature import Feature
from geo.formats import feature_in_words
from geo.query import Query
from layers.area import within
from layers.collection import Collection
from layers.legend import is_drawn
from layers.maps import MapSpec, maps_of
from layers.store import Page
from server.ask import Ask, asked
from server.framework import Router
from server.links import Link, link
from server.maps.lexicon import party_names
from server.maps.spoken import spoken
from server.negotiate import GEOJSON, HTML, JSON
from server.params import ITEMS, items_query
from server.prepared import Prepared, prepare
from server.queryables import filter_names
from server.speech import msg
from server.state import site_of
from server.view import (
    headed,
    in_words,
    read_view,
    seen,
    view_headers,
    view_hrefs,
    view_object,
    view_of,
    with_view,
)
from server.writer import BOTH, Document, answered, as_page

router = Router()
CONFORMANCE = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
)


@router.get("/collections/{id}/items")
async def items(request: Request, id: str) -> Response:
    """The features of a collection that fit bbox, datetime and property filters."""
    collection = site_of(request).catalogue[id]
    ask = asked(request, (*ITEMS, *filter_names(collection)))
    return await answered(ask, partial(_items, collection, items_query(ask.values)))


@router.get("/collections/{id}/items/{feature:path}")
async def item(request: Request, id: str, feature: str) -> Response:
    """One feature. Its id may hold anything, a slash too: nothing follows it."""
    return await answered(asked(request, ("f", "view")), partial(_item, id, feature))


def _items(collection: Collection, query: Query, ask: Ask) -> Prepared:
    view = read_view(ask)
    page = ask.site.store.find(collection.id, query)
    bodies, changed = seen(page.bodies, collection.by_id, view)
    head = {**items_head(ask, collection, query, page), "view": view_object(view, changed)}
    if not ask.page:
        return prepare(_joined(head, bodies), GEOJSON, {**BOTH, **view_headers(view)})
    features = [in_words(ask, collection.id, feature_in_words(body)) for body in bodies]
    hrefs = view_hrefs(ask, collection.features, partial(ask.paths.items, collection.id))
    context = {**head, "features": features, "collection": _named(collection), "views": hrefs}
    context["called"] = party_names(ask.site, ask.site.parties, ask.lang)
    return headed(as_page(ask, context, "items.html"), view)


def _item(id: str, feature: str, ask: Ask) -> Prepared:
    view, collection = read_view(ask), ask.site.catalogue[id]
    body = ask.site.store.get(id, feature)
    links = item_links(ask, id, feature)
    told = view_of(collection.by_id[feature], view)
    if told:
        body = with_view(body, told)
    if not ask.page:  # the stored bytes end with the brace of the feature
        headers = {**BOTH, **view_headers(view)}
        return prepare(body[:-1] + b',"links":' + orjson.dumps(links) + b"}", GEOJSON, headers)
    context = _item_context(ask, collection, in_words(ask, id, feature_in_words(body)))
    context["answer_view"] = view_object(view, int(bool(told)))
    return headed(as_page(ask, context, "item.html"), view)


def _item_context(ask: Ask, collection: Collection, feature: Document) -> Document:
    """What the page of a feature says beside it: party names, source numbers, maps with it."""
    own = feature["properties"]
    found = collection.by_id[feature["id"]]
    every = maps_of(ask.site.catalogue, dict(ask.site.maps)).values()
    maps = [spoken(one, ask.lang) for one in every if collection.id in one.collections]
    return {
        **feature,
        "collection": _named(collection),
        "called": party_names(ask.site, {*ask.site.parties, *own.get("parties", [])}, ask.lang),
        "numbers": {one["id"]: n for n, one in enumerate(own["sources"], 1)},
        "views": view_hrefs(ask, [found], partial(ask.paths.item, collection.id, found.id)),
        "maps": maps,
        "picture": _pictured(collection, found, maps),
        "subject": f"{collection.id}/{found.id}",
        "absolute": ask.links,
    }


def _pictured(collection: Collection, feature: Feature, maps: Sequence[MapSpec]) -> MapSpec | None:
    """The map whose picture shows the feature: the first that does so from the start."""
    drawn = collection.spec.role == "overlay" and is_drawn(collection, feature)
    if not drawn or feature.box is None:
        return None
    shown = [one for one in maps if within(feature, one)]
    return min(shown or maps, key=lambda one: collection.id in one.off, default=None)


def items_head(ask: Ask, collection: Collection, query: Query, page: Page) -> Document:
    """The members of the answer beside its features; ``timeStamp`` is the data's, not today's."""
    head: Document = {
        "type": "FeatureCollection",
        "numberMatched": page.matched,
        "numberReturned": len(page.bodies),
        "links": items_links(ask, collection.id, query, page),
    }
    if collection.as_of:
        head["timeStamp"] = f"{collection.as_of.isoformat()}T00:00:00Z"
    return head


def items_links(ask: Ask, id: str, query: Query, page: Page) -> list[Link]:
    """Self, alternate and collection; next and prev where there is more."""
    values = {name: value for name, value in ask.values.items() if name != "f"}

    def to(offset: int | None, f: str = "json") -> str:
        moved = {} if offset is None else {"limit": str(query.limit), "offset": str(offset)}
        return ask.links.items(id, **{**values, **moved, "f": f})

    made = [
        link(to(None), "self", GEOJSON, "This document"),
        link(to(None, "html"), "alternate", HTML, "This document as a page"),
        link(ask.links.collection(id), "collection", JSON, "The collection"),
    ]
    form, kind = ("html", HTML) if ask.page else ("json", GEOJSON)
    if page.bodies and query.offset + len(page.bodies) < page.matched:
        made.append(link(to(query.offset + query.limit, form), "next", kind, msg("Next items")))
    if query.offset:
        back = max(0, query.offset - query.limit)
        made.append(link(to(back, form), "prev", kind, msg("Previous items")))
    return made


def item_links(ask: Ask, id: str, feature: str) -> list[Link]:
    """Self, alternate and collection."""
    view = {key: ask.values[key] for key in ("view",) if key in ask.values}
    own, page = ({**view, "f": f} for f in ("json", "html"))
    return [
        link(ask.links.item(id, feature, **own), "self", GEOJSON, "This feature"),
        link(ask.links.item(id, feature, **page), "alternate", HTML, "This feature as a page"),
        link(ask.links.collection(id), "collection", JSON, "The collection"),
    ]


def _joined(head: Document, bodies: list[bytes]) -> bytes:
    """The document as bytes: the features are joined as they are stored, never parsed."""
    parts = [part for body in bodies for part in (b",\n", body)]
    return b"".join((orjson.dumps(head)[:-1], b',"features":[\n', *parts[1:], b"\n]}\n"))


def _named(collection: Collection) -> Document:
    spec = collection.spec
    return {
        "id": collection.id,
        "title": spec.title,
        "attribution": spec.attribution,
        "license": spec.licence,
    }
