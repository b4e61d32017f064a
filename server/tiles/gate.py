"""Vector tiles that are not kept yet, made before anything else looks at the request.

Routing, parameters and the layers of middleware cost as much as such a tile does itself.
"""

import re
from collections.abc import Iterable
from functools import partial

from starlette.types import ASGIApp, Receive, Scope, Send

from server.hot.ready import Ready
from server.prepared import Prepared
from server.state import Site
from server.tiles.kept import MAX_AGE_S

_PLACE = r"(0|[1-9][0-9]?)/(0|[1-9][0-9]{0,8})/(0|[1-9][0-9]{0,8})"
_TILE = re.compile(rf"/collections/([^/]+)/tiles/([A-Za-z0-9]+)/{_PLACE}")
Lines = Iterable[tuple[bytes, bytes]]


class Gate:
    """Answers a plain GET of a vector tile whose address is written as we write it.

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

    async def _made(self, path: str) -> Prepared | None:
        found = _TILE.fullmatch(path)
        if found is None:
            return None
        site, ids = self.site, found[1].split(",")
        grid, place = site.drawing.grids.get(found[2]), [int(one) for one in found.groups()[2:]]
        known = len(set(ids)) == len(ids) and all(one in site.catalogue.collections for one in ids)
        if grid is None or not known or not grid.holds(*place):
            return None
        make = partial(site.vectors.prepared, ids, grid, *place)
        at_hand = site.vectors.at_hand(ids, grid, *place)
        try:
            return site.tiles.now(path, make) if at_hand else await site.tiles.get(path, make)
        except Exception:  # it happens again below, where errors are told
            return None


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
