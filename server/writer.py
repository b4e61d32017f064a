"""From a document to an answer: a page or JSON, made once for each address and form."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from anyio.to_thread import run_sync
from starlette.responses import Response

from layers.heap import give_back_memory, give_back_soon
from server import pages
from server.ask import Ask
from server.language import page_headers
from server.negotiate import HTML, JSON
from server.prepared import QUALITY, Prepared, prepare, respond
from server.speech import LANGUAGES

Document = dict[str, Any]
_LARGE = 250_000  # bytes in all codings
BOTH = {"Vary": "Accept"}  # the same address has a page and a JSON form


async def answered(ask: Ask, make: Callable[[Ask], Prepared]) -> Response:
    """The answer to ``ask``, made in a thread and kept for each address and form asked.

    An error that ``make`` raises goes up; nothing is kept then.
    """
    return respond(ask.request, await kept(ask, make))


async def kept(ask: Ask, make: Callable[[Ask], Prepared]) -> Prepared:
    """The same before it is fitted to the headers of one request."""
    answers = ask.site.answers
    found = answers.get(ask.key)
    if found is None:
        found = await run_sync(_made, ask, make, limiter=answers.makers)
        answers.put(ask.key, found)
    return found


def _made(ask: Ask, make: Callable[[Ask], Prepared]) -> Prepared:
    made = make(ask)
    if made.size < _LARGE:
        give_back_soon()
    else:
        give_back_memory()  # a large one took much more to make
    return made


def written(ask: Ask, document: Mapping[str, Any], template: str) -> Prepared:
    """The document in the form asked for: the page of ``template``, or JSON."""
    return as_page(ask, document, template) if ask.page else as_json(document)


def as_json(document: Mapping[str, Any], media_type: str = JSON) -> Prepared:
    """The document as UTF-8 JSON."""
    return prepare(orjson.dumps(document), media_type, BOTH)


def as_page(
    ask: Ask, document: Mapping[str, Any], template: str, quality: int = QUALITY
) -> Prepared:
    """The document as a page for people; the template gets its members by name.

    ``quality`` is that of its compression (`server.prepared.prepare`).
    """
    context = {"paths": ask.paths, **document, "elsewhere": elsewhere(ask)}
    body = pages.render(template, context, ask.lang)
    return prepare(body, f"{HTML}; charset=utf-8", page_headers(ask.lang), quality=quality)


def elsewhere(ask: Ask) -> dict[str, str]:
    """The address of the page asked for in each language; under an empty one, in whichever."""
    said = {name: text for name, text in ask.values.items() if not name.startswith("unread_")}
    own = {name: text for name, text in said.items() if name != "lang"}
    segments = ask.request.url.path.removeprefix("/").split("/")
    links = ask.links.kept_in("")
    inner = {lang: links.href(*segments, **{**own, "lang": lang}) for lang in LANGUAGES}
    return {"": links.href(*segments, **own), **inner}
