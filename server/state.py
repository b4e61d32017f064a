"""The site: what every handler of one running application shares, all of it frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from layers.catalogue import Catalogue
from layers.maps import MapSpec
from layers.store import Store
from layers.where import Where
from server.answers import Answers
from server.draw.drawing import Drawing
from server.links import Links
from server.settings import Settings
from server.tiles.kept import Kept
from server.tiles.vectors import Vectors


@dataclass(frozen=True, slots=True)
class Site:
    """``links`` gives paths from the root, for pages; `links_for` gives absolute addresses."""

    settings: Settings
    catalogue: Catalogue
    store: Store
    where: Where
    parties: tuple[str, ...]  # those from whose side `view` can show the catalogue
    maps: Mapping[str, MapSpec]  # by id, in order
    links: Links
    answers: Answers
    tiles: Kept  # and what the hot path answers from
    vectors: Vectors
    drawing: Drawing  # what pictures need, opened by the first of them
    conformance: tuple[str, ...]  # the class URIs of every route group, in order
    told: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)  # kept for /where

    def links_for(self, request: Request) -> Links:
        """Absolute links as this client reaches us."""
        return Links.of(request, self.settings.base_url)


def site_of(request: Request) -> Site:
    """The site of the application that got ``request``."""
    site: Site = request.app.state.site
    return site
