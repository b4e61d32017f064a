"""In which language a page is asked for: by its address, else by what the browser prefers."""

from starlette.requests import Request

from server.errors import BadParameter
from server.negotiate import accepted
from server.speech import ENGLISH, LANGUAGES

VARY = "Accept-Language"


def language_of(request: Request) -> str:
    """``lang`` of the address, else the best of ``Accept-Language``, else English.

    Raises `BadParameter` for a ``lang`` that there is not.
    """
    return asked_language(request) or preferred(accepted(request, VARY.lower()))


def offered_language(request: Request) -> str:
    """``lang`` of the address of a map or an article; empty where it is none that pages have.

    These leave out what they do not know: a link with it still has to open them.
    """
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else ""


def asked_language(request: Request) -> str:
    """``lang`` of the address; empty where it says none. Raises `BadParameter`."""
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
