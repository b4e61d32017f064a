"""What a handler was asked: the request with its parameters read and its form decided."""

from collections.abc import Collection as Names
from dataclasses import dataclass

from starlette.requests import Request

from server.language import asked_language, language_of
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
    """The request, understood. Raises `UnknownParameter`, `BadParameter` or `UnknownFormat`.

    Where there is a choice of forms, there is one of the page's language.
    """
    site, forms = site_of(request), "f" in allowed
    values = read_params(request, (*allowed, "lang") if forms else allowed)
    page = wants_html(request)
    lang = language_of(request) if forms else ENGLISH
    kept = asked_language(request) if forms and page else ""
    return Ask(request, site, site.links_for(request).kept_in(kept), page, values, lang)
