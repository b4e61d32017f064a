"""From a document to an answer: a page or JSON, made once for each address and form."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from server import pages
from server.errors import BadRequest
from server.negotiate import HTML, JSON, wants_html
from server.prepared import Prepared, prepare, respond
from server.state import site_of

Document = dict[str, Any]
_LONGEST_QUERY = 4_000  # characters; a longer one is a mistake or an attack
_BOTH = {"Vary": "Accept"}  # the same address has a page and a JSON form


async def answered(request: Request, make: Callable[[], Prepared]) -> Response:
    """The answer to ``request``, made in a thread and kept for each address and form asked.

    An error that ``make`` raises goes up; nothing is kept then.
    """
    answers, key = site_of(request).answers, _key(request)
    kept = answers.get(key)
    if kept is None:
        kept = await run_sync(make)
        answers.put(key, kept)
    return respond(request, kept)


def as_json(
    document: Mapping[str, Any], type: str = JSON, headers: Mapping[str, str] = _BOTH
) -> Prepared:
    """The document as UTF-8 JSON."""
    return prepare(orjson.dumps(document), type, headers)


def as_page(template: str, document: Mapping[str, Any]) -> Prepared:
    """The document as a page for people; the template gets its members by name."""
    return prepare(pages.render(template, document), f"{HTML}; charset=utf-8", _BOTH)


def _key(request: Request) -> tuple[str, ...]:
    if len(request.url.query) > _LONGEST_QUERY:
        raise BadRequest(f"the query is longer than {_LONGEST_QUERY} characters; ask for less")
    form = "html" if wants_html(request) else "json"
    site = site_of(request)
    return (site.links_for(request).base, request.url.path, request.url.query, form)
