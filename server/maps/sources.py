"""What a map rests on: its sources, on a page of their own that the page of the map takes in.

There are more than a hundred of them on a large map, and few who look at it open the list.
"""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from layers.cited import cited
from server.ask import Ask, asked
from server.framework import Router
from server.links import link
from server.maps.plan import Plan
from server.maps.routes import find_map
from server.negotiate import HTML, JSON
from server.prepared import Prepared
from server.writer import Document, answered, written

router = Router()
CONFORMANCE: tuple[str, ...] = ()


@router.get("/maps/{id}/sources")
async def map_sources(request: Request, id: str) -> Response:
    """Every source that the overlays of a map cite, as a page or as JSON."""
    return await answered(asked(request), partial(_sources, id))


def _sources(id: str, ask: Ask) -> Prepared:
    plan = Plan(find_map(ask.site, id), ask.site, lang=ask.lang)
    links = [
        link(ask.links.sources(id, f="json"), "self", JSON, "This document"),
        link(ask.links.map(id), "up", HTML, "The map"),
    ]
    told = [one.model_dump(mode="json") for one in cited(plan.collections)]
    document: Document = {"links": links, "sources": told}
    return written(ask, {**document, "map": plan.told} if ask.page else document, "sources.html")
