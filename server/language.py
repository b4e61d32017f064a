"""In which language a page is asked for: by its address, else by what the browser prefers."""

from starlette.requests import Request

from server.errors import BadParameter
from server.negotiate import accepted
from server.speech import ENGLISH, LANGUAGES

VARY = "Accept-Language"


def language_of(request: Request) -> str:
    """``lang`` of the address of a page, else the best of ``Accept-Language``, else English."""
    return offered_language(request) or preferred(accepted(request, VARY.lower()))


def offered_language(request: Request) -> str:
    """``lang`` of the address of a page; empty where it is none that pages have.

    The language is how a page is told and not what it tells: a link with a wild one still opens it.
    """
    asked = first_value(request, "lang")
    return asked if asked in LANGUAGES else ""


def first_value(request: Request, name: str) -> str:
    """What the address says of ``name``, the first time: scripts of pages read it so too."""
    return next(iter(request.query_params.getlist(name)), "")


def asked_language(request: Request) -> str:
    """``lang`` of the address of data or of a picture, empty where it says none.

    Raises `BadParameter` for one that there is not, which a program has to hear of.
    """
    asked = request.query_params.getlist("lang")
    if len(asked) > 1:
        raise BadParameter("lang is given more than once; give it once")
    return known_language(asked[0]) if asked else ""


def known_language(text: str) -> str:
    """A language that pages have. Raises `BadParameter`, which lists them."""
    if text not in LANGUAGES:
        raise BadParameter(f"lang is {text[:40]!r}; it is one of: {', '.join(LANGUAGES)}")
    return text


def preferred(ranks: dict[str, float]) -> str:
    """The language that these ranges (RFC 4647, in lower case, with their quality) ask for most.

    ``ru-RU`` asks for Russian; of equals the one that was named first; ``*`` is any, so English.
    """
    best, most = ENGLISH, 0.0
    for tag, quality in ranks.items():
        lang = ENGLISH if tag == "*" else tag.partition("-")[0]
        if lang in LANGUAGES and quality > most:
            best, most = lang, quality
    return best


def page_headers(lang: str) -> dict[str, str]:
    """The headers of a page that has other forms and other languages."""
    return {"Vary": f"Accept, {VARY}", "Content-Language": lang}
