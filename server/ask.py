"""What a handler was asked: the request with its parameters read and its form decided."""

from collections.abc import Collection as Names
from dataclasses import dataclass

from starlette.requests import Request

from server.links import Links
from server.negotiate import wants_html
from server.params import read_params
from server.state import Site, site_of


@dataclass(frozen=True, slots=True)
class Ask:
    """``page`` is true when a person's browser asks; ``links`` are absolute for this client."""

    request: Request
    site: Site
    links: Links
    page: bool
    values: dict[str, str]

    @property
    def key(self) -> tuple[str, ...]:
        """What tells this answer from every other one."""
        parts = (part for item in sorted(self.values.items()) for part in item)
        return (self.links.base, self.request.url.path, "html" if self.page else "json", *parts)


def asked(request: Request, allowed: Names[str] = ("f",)) -> Ask:
    """The request, understood. Raises `UnknownParameter`, `BadParameter` or `UnknownFormat`."""
    site = site_of(request)
    values = read_params(request, allowed)
    return Ask(request, site, site.links_for(request), wants_html(request), values)
