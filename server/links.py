"""The only place where an href is made."""

from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import quote, urlencode

from starlette.requests import Request

Link = dict[str, str]


def link(href: str, rel: str, type: str, title: str | None = None) -> Link:
    """A link object as OGC API writes it; every one has a rel and a media type."""
    made = {"href": href, "rel": rel, "type": type}
    return made if title is None else {**made, "title": title}


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses below ``base``, which has no slash at its end.

    An empty base gives paths from the root of the host: right for pages. The API writes
    absolute addresses, because its clients do not all resolve paths. ``lang`` is a language that
    the addresses of pages say on, because a page was asked for with it.
    """

    base: str = ""
    lang: str = ""

    @classmethod
    def of(cls, request: Request, base_url: str | None = None) -> Self:
        """Absolute links: below the configured address, else below the one that was asked."""
        if base_url:
            return cls(base_url)
        host = request.headers.get("host", "")
        if not host or set(host) - _HOST:
            return cls()  # nothing that a client made up gets into an address
        return cls(f"{request.url.scheme}://{host}{request.scope.get('root_path', '')}")

    def href(self, /, *segments: str, **query: str | int | float) -> str:
        """The address of path ``segments`` (each escaped) with ``query`` parameters, in order."""
        path = "/".join(quote(segment, safe="~:@!$,;") for segment in segments)
        return f"{self.base}/{path}" + (f"?{urlencode(query)}" if query else "")

    def kept_in(self, lang: str) -> Self:
        """The same, with pages in a language that is asked for; in none where it is empty."""
        return replace(self, lang=lang) if lang != self.lang else self

    def page(self, /, *segments: str, **query: str | int | float) -> str:
        """The address of something that has a page; ``f=json`` asks for another form of it."""
        if self.lang and query.get("f", "html") == "html":
            query = {**query, "lang": query.get("lang", self.lang)}
        return self.href(*segments, **query)

    def landing(self, **query: str) -> str:
        return self.page("", **query)

    def conformance(self) -> str:
        return self.href("conformance")

    def api(self) -> str:
        return self.href("api")

    def docs(self, **query: str) -> str:
        return self.page("docs", **query)

    def health(self) -> str:
        return self.href("healthz")

    def story(self, **query: str) -> str:
        return self.page("story", **query)

    def about(self, **query: str) -> str:
        return self.page("about", **query)

    def licences(self, **query: str) -> str:
        return self.page("licences", **query)

    def where(self, **query: str | float) -> str:
        return self.page("where", **query)

    def feature_schema(self) -> str:
        return self.href("schemas", "feature.json")

    def collections(self, **query: str) -> str:
        return self.page("collections", **query)

    def collection(self, id: str, /, **query: str) -> str:
        return self.page("collections", id, **query)

    def download(self, id: str, form: str) -> str:
        """The whole collection as a file: ``csv``, ``kml``, ``gpkg``, ``geojson``."""
        return self.href("collections", id, f"download.{form}")

    def queryables(self, id: str) -> str:
        return self.href("collections", id, "queryables")

    def items(self, id: str, /, **query: str | int | float) -> str:
        return self.page("collections", id, "items", **query)

    def item_pattern(self, id: str = "{collection}") -> str:
        """The template of the addresses of features' pages: ``{id}`` stands there as it is."""
        return f"{self.base}/collections/{id}/items/{{id}}?f=html"

    def item(self, id: str, feature: str, /, **query: str) -> str:
        return self.page("collections", id, "items", feature, **query)

    def maps(self, **query: str) -> str:
        return self.page("maps", **query)

    def map(self, id: str, /, **query: str) -> str:
        return self.page("maps", id, **query)

    def sources(self, id: str, /, **query: str) -> str:
        """What a map rests on."""
        return self.page("maps", id, "sources", **query)

    def map_file(self, id: str, name: str, /, **query: str) -> str:
        """A file that belongs to one map: its script, its style, its data views."""
        return self.href("maps", id, *name.split("/"), **query)

    def picture(self, id: str, form: str, /, **query: str | int | float) -> str:
        """The whole map as a picture: ``png``, ``svg`` or ``pdf``."""
        return self.href("maps", id, f"static.{form}", **query)

    def card(self, id: str, /, **query: str) -> str:
        """The picture that a link to the map shows."""
        return self.href("maps", id, "og.png", **query)

    def preview(self, id: str, /, **query: str) -> str:
        """The small picture of a map in a list of maps."""
        return self.href("maps", id, "preview.png", **query)

    def tile_matrix_sets(self) -> str:
        return self.href("tileMatrixSets")

    def tile_matrix_set(self, tms: str) -> str:
        return self.href("tileMatrixSets", tms)

    def tilesets(self, ids: str) -> str:
        """The tilesets of a collection, or of several: ``a,b,c``."""
        return self.href("collections", ids, "tiles")

    def tileset(self, ids: str, tms: str) -> str:
        return self.href("collections", ids, "tiles", tms)

    def vector_tile(
        self, ids: str, tms: str, place: str = "{tileMatrix}/{tileRow}/{tileCol}"
    ) -> str:
        """The template of the addresses of tiles; ``place`` stands at its end as it is."""
        return f"{self.tileset(ids, tms)}/{place}"

    def map_tile(self, id: str, tms: str, place: str = "{z}/{y}/{x}.png") -> str:
        """The template of the addresses of a map's tiles; ``place`` stands there as it is."""
        return f"{self.href('maps', id, 'tiles', tms)}/{place}"

    def tilejson(self, ids: str, tms: str) -> str:
        return self.href("collections", ids, "tiles", tms, "tiles.json")

    def map_tilejson(self, id: str, /, **query: str) -> str:
        return self.href("maps", id, "tiles.json", **query)

    def map_style(self, id: str, /, **query: str) -> str:
        """The MapLibre style of a map."""
        return self.href("maps", id, "style.json", **query)

    def embed(self, id: str, /, **query: str) -> str:
        return self.page("embed", id, **query)

    def asset(self, path: str) -> str:
        """A file of the wheel: ``leaflet/leaflet.js`` → ``…/assets/leaflet/leaflet.js``."""
        return self.href("assets", *path.split("/"))


_HOST = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]_")
