"""Where am I? What lies at a reported position, and what is nearest to it."""

import hashlib
import math
import re
from dataclasses import replace
from types import MappingProxyType

import orjson
from anyio.to_thread import run_sync
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from geo.errors import BadPosition
from geo.position import position
from layers.heap import give_back_soon
from layers.whereabouts import AREAS, DISPUTES, LINES
from server.answer_where import where_document
from server.ask import Ask, asked
from server.errors import BadParameter
from server.framework import Router
from server.headers import POLICY
from server.language import page_headers
from server.links import Link, link
from server.maps.lexicon import party_names
from server.negotiate import HTML, JSON
from server.prepared import Prepared, respond
from server.speech import msg
from server.view import NEUTRAL, in_words, read_view, view_headers, view_object
from server.writer import BOTH, Document, as_page

router = Router()
CONFORMANCE: tuple[str, ...] = ()
PARAMETERS = ("lon", "lat", "accuracy_m", "view", "f")
PARTS = tuple(role.name for role in (*AREAS, *LINES, DISPUTES))
LARGEST_M = 1_000_000.0
EXAMPLES = ((-168.97, 65.78), (-139.0, 70.5), (0.0, 90.0))  # lon, lat: to try the page with
_FORM_POLICY = POLICY.replace("form-action 'none'", "form-action 'self'")  # the page has a form


@router.get("/where")
async def where(request: Request) -> Response:
    """The answer for ``lon`` and ``lat``; without them, how to ask.

    Positions are too many to be kept like other answers: each is made anew. Who reads how to ask
    will ask, so the indices are made behind that answer.
    """
    ask = asked(request, PARAMETERS)
    at_once = ask.site.where.ready and not ask.page  # sooner done than handed to a thread
    response = respond(request, _where(ask) if at_once else await run_sync(_where, ask))
    if not (ask.site.where.ready or _has_position(ask)):
        response.background = BackgroundTask(ask.site.where.prepare)
    return response


def _where(ask: Ask) -> Prepared:
    view = read_view(ask)
    if not _has_position(ask):
        return _written(ask, {**_usage(view), "links": _links(ask)}, view)
    at = position(_needed(ask, "lon"), _needed(ask, "lat"))
    found = ask.site.where.ask(at, read_accuracy(ask.values.get("accuracy_m", "0")))
    give_back_soon()  # a question may have looked at any page of the indices
    document = where_document(found, ask.site.catalogue, ask.links, view, ask.site.told)
    return _written(ask, {**document, "links": _links(ask)}, view)


def read_accuracy(text: str) -> float:
    """Metres, 0 to 1 000 000. Raises `BadParameter`."""
    value = float(text) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", text) else math.nan
    if not 0 <= value <= LARGEST_M:
        raise BadParameter(f"accuracy_m is {text[:40]!r}; it is metres, 0 to {LARGEST_M:.0f}")
    return value


def _has_position(ask: Ask) -> bool:
    return bool({"lon", "lat"} & ask.values.keys())


def _needed(ask: Ask, name: str) -> str:
    if name not in ask.values:
        raise BadPosition(f"{name} is missing; a position has lon and lat")
    return ask.values[name]


def _written(ask: Ask, document: Document, view: str) -> Prepared:
    """The answer for this once: compressing it would take longer than finding it."""
    headers = MappingProxyType({**BOTH, **view_headers(view)})
    if ask.page:
        headers = MappingProxyType({**page_headers(ask.lang), **view_headers(view)})
        context = _told(ask, document)
        policy = {"Content-Security-Policy": _FORM_POLICY}
        return replace(as_page(ask, context, "where.html"), headers={**headers, **policy})
    body = orjson.dumps(document)
    digest = hashlib.sha256(body).hexdigest()
    return Prepared(JSON, digest, MappingProxyType({"identity": body}), headers)


def _told(ask: Ask, document: Document) -> Document:
    """The answer in the language of the page; every part is there, if only empty."""
    parts = {part: [_worded(ask, one) for one in document.get(part, ())] for part in PARTS}
    named = {code for part in parts.values() for one in part for code in one["parties"]}
    called = party_names(ask.site, named | set(ask.site.parties), ask.lang)
    views = sorted(ask.site.parties, key=lambda code: (called.get(code) or code).casefold())
    offered = {"called": called, "views": (NEUTRAL, *views), "examples": EXAMPLES}
    return {**document, **parts, **offered}


def _worded(ask: Ask, told: Document) -> Document:
    """A feature of the answer as the page tells it, and the line that keeps it undecided."""
    line = told.get("line")
    own = {"line": in_words(ask, line["collection"], line)} if line else {}
    return {**in_words(ask, told["collection"], told), **own}


def _usage(view: str) -> Document:
    return {
        "title": msg("Where am I?"),
        "description": (
            "Give lon and lat in degrees, as 168.97W and 65.78N or -168.97 and 65.78, and "
            "accuracy_m if the position itself is uncertain. The answer names every zone, special "
            "area, high-seas pocket, shelf claim and dispute there, the nearest limits, boundaries "
            "and coast, their sources, and what is too near to a line to be decided."
        ),
        "view": view_object(view),
    }


def _links(ask: Ask) -> list[Link]:
    asked_for = {name: value for name, value in ask.values.items() if name != "f"}
    own, page = (ask.links.where(**asked_for, f=form) for form in ("json", "html"))
    return [
        link(own, "self", JSON, "This document"),
        link(page, "alternate", HTML, "This document as a page"),
        link(ask.links.collections(), "data", JSON, "The collections"),
    ]
