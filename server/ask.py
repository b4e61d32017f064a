"""What a handler was asked: the request with its parameters read and its form decided."""

from collections.abc import Collection as Names
from dataclasses import dataclass, replace

from starlette.requests import Request

from server.language import asked_language, language_of, offered_language
from server.links import Links
from server.negotiate import wants_html
from server.params import read_params
from server.speech import ENGLISH
from server.state import Site, site_of


@dataclass(frozen=True, slots=True)
class Ask:
    """``page`` is true when a person's browser asks; ``links`` are absolute for this client.

    ``lang`` is the language of the page; JSON is in English. What is in ``values`` was asked for.
    """

    request: Request
    site: Site
    links: Links
    page: bool
    values: dict[str, str]
    lang: str = ENGLISH

    @property
    def key(self) -> tuple[str, ...]:
        """What tells this answer from every other one."""
        parts = (part for item in sorted(self.values.items()) for part in item)
        form = f"html-{self.lang}" if self.page else "json"
        return (self.links.base, self.request.url.path, form, *parts)

    @property
    def paths(self) -> Links:
        """Paths from the root, for the page; they keep a language that was asked for."""
        return self.site.links.kept_in(self.values.get("lang", ""))


def asked(request: Request, allowed: Names[str] = ("f",)) -> Ask:
    """The request of the API, understood. Raises `UnknownParameter`, `BadParameter` or
    `UnknownFormat`.

    Where there is a choice of forms, there is one of the page's language; a page passes over one
    that it has not.
    """
    site, forms, page = site_of(request), "f" in allowed, wants_html(request)
    values = read_params(request, allowed, ("lang",) if forms else ())
    if not (forms and page):
        lang = asked_language(request) if forms else ""
        values |= {"lang": lang} if lang else {}
        return Ask(request, site, site.links_for(request), page, values)
    return replace(page_ask(request), values=values | _kept(request))


def page_ask(request: Request) -> Ask:
    """The request of a page for people: what it cannot read of its address it passes over."""
    site, kept = site_of(request), _kept(request)
    links = site.links_for(request).kept_in(kept.get("lang", ""))
    return Ask(request, site, links, wants_html(request), kept, language_of(request))


def data_ask(request: Request) -> Ask:
    """The request of a file that a page fetches: its address alone says the language, for caches
    on the way. Raises `BadParameter` for one that there is not; passes over all else.
    """
    lang = asked_language(request) or ENGLISH
    return replace(page_ask(request), values={"lang": lang}, lang=lang)


def _kept(request: Request) -> dict[str, str]:
    """The language that links of a page keep, where its address names one that there is."""
    lang = offered_language(request)
    return {"lang": lang} if lang else {}
