"""Maps for somebody's frame: no chrome, attribution always, framed by whom the settings name."""

from dataclasses import replace
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from layers.attribution import attributions
from server import pages
from server.ask import Ask, page_ask
from server.framework import Router
from server.headers import POLICY
from server.language import VARY
from server.maps.listed import layer_context
from server.maps.routes import find_map, looked_at, plan_of
from server.maps.sight import remarks, stand
from server.negotiate import HTML
from server.prepared import Prepared, prepare
from server.writer import answered

router = Router()
CONFORMANCE: tuple[str, ...] = ()


@router.get("/embed/{id}")
async def embed(request: Request, id: str) -> Response:
    """The map alone, to be shown in a frame on another site."""
    ask = looked_at(page_ask(request), id)
    return await answered(replace(ask, page=True), partial(_embed, id))


def _embed(id: str, ask: Ask) -> Prepared:
    plan = plan_of(find_map(ask.site, id), ask)
    layers = [layer_context(plan, collection) for collection in plan.collections]
    told = stand(plan, layers, ask.values)
    context = {
        **told,
        "paths": ask.paths,
        "map": plan.told,
        "theme": ask.values.get("theme"),
        "plan": plan,
        "projection": plan.projection,
        "parts": plan.parts,
        "script": plan.script,
        "layers": layers,
        "remarks": remarks(plan, layers, told["seen"]),
        "attributions": attributions(plan.collections),
        "page": ask.links.map(plan.spec.id, **told["same"]),
        "absolute": ask.links,
    }
    headers = {
        "Vary": VARY,
        "Content-Language": ask.lang,
        "Content-Security-Policy": framed(ask.site.settings.frame_ancestors),
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return prepare(pages.render("embed.html", context, ask.lang), f"{HTML}; charset=utf-8", headers)


def framed(ancestors: str) -> str:
    """The content security policy of a page that ``ancestors`` may frame."""
    return POLICY.replace("frame-ancestors 'self'", f"frame-ancestors {ancestors}")
