"""Tiles that are not kept yet, made before anything else looks at the request.

Routing, parameters and the layers of middleware cost as much as a vector tile does itself, and a
tenth of what a picture costs.
"""

import re
from collections.abc import Iterable
from functools import partial

from starlette.types import ASGIApp, Receive, Scope, Send

from geo.grid import Grid
from server.hot.ready import Ready
from server.prepared import Prepared
from server.state import Site
from server.tiles.kept import MAX_AGE_S, Make
from server.tiles.raster import at_path

_PLACE = r"(0|[1-9][0-9]?)/(0|[1-9][0-9]{0,8})/(0|[1-9][0-9]{0,8})"
_TILE = re.compile(rf"/collections/([^/]+)/tiles/([A-Za-z0-9]+)/{_PLACE}")
Lines = Iterable[tuple[bytes, bytes]]
Wanted = tuple[list[str], Grid, int, int, int]  # collections, zoom, row and column


class Gate:
    """Answers a plain GET of a tile whose address is written as we write it.

    Everything else goes on to the application, and so does a tile that cannot be made: the error
    is told there. The answer has the bytes that the application would give.
    """

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        plain = scope.get("method") == "GET" and not scope["query_string"] and _whole(scope)
        prepared = await self._made(scope["path"]) if plain else None
        if prepared is None:
            await self.app(scope, receive, send)
            return
        ready = Ready(prepared, MAX_AGE_S)
        status, coding = ready.choose(*_asked(scope["headers"]))
        head = ready.lines(status, coding)
        await send({"type": "http.response.start", "status": status, "headers": head})
        body = b"" if status == 304 else prepared.bodies[coding]
        await send({"type": "http.response.body", "body": body})

    def at_once(self, path: str) -> Ready | None:
        """The answers with the tile at ``path`` where that is made in a moment, else None."""
        wanted = self._wanted(path)
        if wanted is None or not self.site.vectors.at_hand(*wanted):
            return None
        try:
            return self.site.tiles.now(path, partial(self.site.vectors.prepared, *wanted))
        except Exception:  # it happens again in the application, where errors are told
            return None

    async def _made(self, path: str) -> Prepared | None:
        make = self._maker(path)
        if make is None:
            return None
        if ready := self.at_once(path):
            return ready.prepared
        try:
            return await self.site.tiles.get(path, make)
        except Exception:  # as above
            return None

    def _maker(self, path: str) -> Make | None:
        """What makes the tile at ``path``, a vector tile or a picture, if there is such a thing."""
        if wanted := self._wanted(path):
            return partial(self.site.vectors.prepared, *wanted)
        return at_path(self.site, path)

    def _wanted(self, path: str) -> Wanted | None:
        """What the address of a vector tile names, if there is such a thing."""
        found = _TILE.fullmatch(path)
        if found is None:
            return None
        ids, grid = found[1].split(","), self.site.drawing.grids.get(found[2])
        z, row, col = (int(one) for one in found.groups()[2:])
        held = self.site.catalogue.collections
        known = len(set(ids)) == len(ids) and all(one in held for one in ids)
        if grid is None or not known or not grid.holds(z, row, col):
            return None
        return ids, grid, z, row, col


def _whole(scope: Scope) -> bool:
    """Whether the address is all there is: no path of a mount, nothing escaped."""
    path: str = scope["path"]
    return not scope.get("root_path") and scope.get("raw_path") == path.encode()


def _asked(headers: Lines) -> tuple[bytes, bytes | None]:
    """``Accept-Encoding`` and ``If-None-Match``, as `Ready` reads them."""
    held: dict[bytes, list[bytes]] = {}
    for name, value in headers:
        held.setdefault(name, []).append(value)
    tags = held.get(b"if-none-match")
    return b",".join(held.get(b"accept-encoding", ())), b",".join(tags) if tags else None
