"""Maps for somebody's frame: no chrome, attribution always, framed by whom the settings name."""

from dataclasses import replace
from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from server import pages
from server.ask import Ask
from server.headers import POLICY
from server.maps.plan import Plan, attributions, layer_context
from server.maps.routes import find_map, looked_at, page_ask
from server.negotiate import HTML
from server.prepared import Prepared, prepare
from server.writer import answered

router = APIRouter()
CONFORMANCE: tuple[str, ...] = ()


@router.get("/embed/{id}")
async def embed(request: Request, id: str) -> Response:
    """The map alone, to be shown in a frame on another site."""
    ask = looked_at(page_ask(request), id)
    return await answered(replace(ask, page=True), partial(_embed, id))


def _embed(id: str, ask: Ask) -> Prepared:
    plan = Plan(find_map(ask.site, id), ask.site, ask.values["projection"])
    context = {
        "paths": ask.site.links,
        "map": plan.spec,
        "theme": ask.values.get("theme"),
        "plan": plan,
        "projection": plan.projection,
        "parts": plan.parts,
        "script": plan.script,
        "layers": [layer_context(plan, collection) for collection in plan.collections],
        "attributions": attributions(plan),
        "page": ask.links.map(plan.spec.id),
        "absolute": ask.links,
    }
    headers = {
        "Content-Security-Policy": framed(ask.site.settings.frame_ancestors),
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return prepare(pages.render("embed.html", context), f"{HTML}; charset=utf-8", headers)


def framed(ancestors: str) -> str:
    """The content security policy of a page that ``ancestors`` may frame."""
    return POLICY.replace("frame-ancestors 'self'", f"frame-ancestors {ancestors}")
