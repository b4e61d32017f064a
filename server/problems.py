"""Errors as answers: RFC 9457 problem documents for programs, a page for browsers."""

from http import HTTPStatus
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from server import pages
from server.errors import Kind, UnknownFormat, kind_of
from server.headers import METHODS
from server.language import language_of, offered_language, page_headers
from server.negotiate import HTML, wants_html
from server.speech import msg
from server.state import site_of

PROBLEM = "application/problem+json"
_PLAIN = {
    404: msg("there is nothing at this address"),
    405: msg("this method does nothing at this address"),
}
_LONGEST = 500  # characters of detail: what a client sent comes back, but not all of it


async def problem(request: Request, error: Exception) -> Response:
    """The answer to a request that ended in ``error``."""
    kind = _http(error) if isinstance(error, HTTPException) else kind_of(error)
    document = problem_document(kind, _detail(kind, error), request.url.path)
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    if kind.status == 405:
        headers["Allow"] = METHODS
    if _page(request):
        lang, kept = language_of(request), offered_language(request)
        asked = tuple(request.query_params)
        context = {"paths": site_of(request).links.kept_in(kept), **document, "asked": asked}
        page = pages.render("problem.html", {**context, "elsewhere": {}}, lang)
        headers |= page_headers(lang)
        headers["Content-Type"] = f"{HTML}; charset=utf-8"
        return Response(page, kind.status, headers)
    headers["Content-Type"] = PROBLEM
    return Response(orjson.dumps(document), kind.status, headers)


def problem_document(kind: Kind, detail: str, instance: str) -> dict[str, Any]:
    """The members of RFC 9457, and ``advice``: what to do."""
    return {
        "type": f"urn:marchland:problem:{kind.slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "instance": instance[:_LONGEST],
        "advice": kind.advice,
    }


def _http(error: HTTPException) -> Kind:
    advice = {
        404: msg("Start at the landing page and follow its links."),
        405: msg("Use GET, HEAD or OPTIONS; nothing can be changed here."),
    }
    status = HTTPStatus(error.status_code)
    slug = status.phrase.lower().replace(" ", "-")
    return Kind(status, slug, status.phrase, advice.get(status, msg("Correct the request.")))


def _detail(kind: Kind, error: Exception) -> str:
    if kind.slug == "internal":
        return kind.title  # the message of an unexpected error may hold anything
    if isinstance(error, HTTPException):
        own = error.detail != kind.title  # else nobody said more than the status does
        return error.detail[:_LONGEST] if own else _PLAIN.get(kind.status, kind.title)
    return str(error)[:_LONGEST]


def _page(request: Request) -> bool:
    try:
        return wants_html(request)
    except UnknownFormat:
        return False
