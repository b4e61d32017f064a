"""The maps: the list of them, the page of each, its script, and the data that it fetches."""

from dataclasses import replace
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from layers.area import is_band, is_wide
from layers.attribution import attributions
from layers.cited import cited
from layers.errors import NoSuchMap
from layers.maps import MapSpec, has_own_map, map_of, maps_of
from server.ask import Ask, data_ask, page_ask
from server.embeds.snippet import snippet
from server.framework import Router
from server.language import first_value
from server.links import link
from server.maps.drawn import File, drawn_layer, first_view, parted
from server.maps.listed import layer_context
from server.maps.look import kept, read_datetime, read_party
from server.maps.plan import Plan, limits
from server.maps.projection import FLAT, projection_links, projections, read_projection
from server.maps.sight import sight
from server.maps.spoken import spoken
from server.negotiate import GEOJSON, HTML, JSON, accepted, wants_html
from server.prepared import DENSE, Prepared, prepare, respond
from server.state import Site
from server.writer import Document, answered, as_json, as_page
from server.writer import kept as answer_of

router = Router()
CONFORMANCE: tuple[str, ...] = ()
THEMES = ("light", "dark")
FINE = {"1": 1, "2": 2}
JAVASCRIPT = "text/javascript; charset=utf-8"


@router.get("/maps")
async def maps(request: Request) -> Response:
    """Every map."""
    ask = page_ask(request)
    return await answered(ask if ask.page else data_ask(request), _maps)


@router.get("/maps/{id}")
async def map_page(request: Request, id: str) -> Response:
    """One map: a page, or what it shows as JSON where JSON is asked for by name."""
    if wants_json(request):
        return await answered(replace(data_ask(request), page=False), partial(_map, id))
    return await answered(replace(looked_at(page_ask(request), id), page=True), partial(_map, id))


@router.get("/maps/{id}/{projection}.{digest}.js")
async def map_script(request: Request, id: str, projection: str, digest: str) -> Response:
    """The script that draws one map. An outdated digest gets today's script, to be asked again."""
    ask = data_ask(request)
    made = await answer_of(ask, partial(_script, id, projection))
    return respond(request, made, immutable=made.digest.startswith(digest) and len(digest) > 8)


@router.get("/maps/{id}/layers/{name}")
async def map_layer(request: Request, id: str, name: str) -> Response:
    """What one map draws of one collection: `layers.views.view` or `layers.planeview.plane_view`.

    ``name`` is a collection and ``.geojson`` or ``.flat.json`` (light, as our own pages ask for
    it), or the same of ``polar`` and ``globe``; ``fine=1`` is for a closer look, ``fine=2`` for a
    globe close by. ``.told.json`` is
    what the light ones leave out.
    """
    ask, fine = data_ask(request), FINE.get(request.query_params.get("fine", ""), 0)
    ask = replace(ask, values=ask.values | ({"fine": str(fine)} if fine else {}))
    return await answered(ask, partial(_layer, id, name, fine))


@router.get("/maps/{id}/first.{projection}.json")
async def map_first(request: Request, id: str, projection: str) -> Response:
    """All that the first view of a map draws, in one answer."""
    return await answered(data_ask(request), partial(_first, id, projection))


def looked_at(ask: Ask, id: str) -> Ask:
    """The request of a map's page with what its query says of the look, where that can be read."""
    theme = first_value(ask.request, "theme")
    values = {"projection": read_projection(ask.request, find_map(ask.site, id))}
    values |= {"theme": theme} if theme in THEMES else {}
    values |= {**read_datetime(ask.request), **read_party(ask.request)}
    return replace(ask, values={**ask.values, **values})


def wants_json(request: Request) -> bool:
    """Whether JSON is asked for by name: ``f=json``, or an Accept that lists it before HTML."""
    if "f" in request.query_params:
        return not wants_html(request)
    ranks = accepted(request, "accept")
    return max(ranks.get(JSON, 0), ranks.get(GEOJSON, 0)) > ranks.get(HTML, 0)


def find_map(site: Site, id: str) -> MapSpec:
    """The named map, or that of the overlay collection with this id. Raises `NoSuchMap`."""
    if id in site.maps:
        found: MapSpec = site.maps[id]
        return found
    collection = site.catalogue.collections.get(id)
    if collection is None or not has_own_map(collection):
        known = ", ".join(maps_of(site.catalogue, dict(site.maps)))
        raise NoSuchMap(f"no map {id[:80]!r}; there are: {known}")
    return map_of(collection, site.catalogue)


def map_document(ask: Ask, spec: MapSpec) -> Document:
    """One map for programs: what it shows, where, and where its page and its data are."""
    links = ask.links
    shown = spec.shown(ask.site.catalogue)
    return {
        "id": spec.id,
        "title": spec.title,
        "description": spec.description,
        "bbox": list(spec.bbox),
        "collections": [collection.id for collection in shown],
        "limits": [*spec.limits, *spec.flat_limits],
        "links": [
            link(links.map(spec.id, f="json"), "self", JSON, "This map as JSON"),
            link(links.map(spec.id), "alternate", HTML, "The map as a page"),
            link(links.embed(spec.id), "embed", HTML, "The map for a frame"),
            link(links.picture(spec.id, "png"), "preview", "image/png", "The map as a picture"),
            link(links.picture(spec.id, "svg"), "alternate", "image/svg+xml", "The map drawn"),
            link(links.picture(spec.id, "pdf"), "alternate", "application/pdf", "The map on paper"),
            link(links.map_style(spec.id), "related", JSON, "The MapLibre style of the map"),
            link(links.map_tilejson(spec.id), "related", JSON, "TileJSON of the map's pictures"),
            *(link(links.items(one.id), "items", GEOJSON, one.spec.title) for one in shown),
        ],
    }


def maps_document(ask: Ask) -> Document:
    """Every map, the named ones first."""
    every = maps_of(ask.site.catalogue, dict(ask.site.maps))
    return {
        "links": [link(ask.links.maps(f="json"), "self", JSON, "This document")],
        "maps": [map_document(ask, spec) for spec in every.values()],
    }


def _maps(ask: Ask) -> Prepared:
    document = maps_document(ask)
    own = set(ask.site.catalogue.collections)
    if not ask.page:
        return as_json(document)
    every = maps_of(ask.site.catalogue, dict(ask.site.maps)).values()
    told = [spoken(spec, ask.lang) for spec in every]
    return as_page(ask, {**document, "maps": told, "own": own}, "maps.html")


def _map(id: str, ask: Ask) -> Prepared:
    spec = find_map(ask.site, id)
    if not ask.page:
        return as_json(map_document(ask, spec))
    plan = plan_of(spec, ask)
    layers = [layer_context(plan, collection) for collection in plan.collections]
    context = {
        "map": plan.told,
        "limits": limits(plan),
        "projection": plan.projection,
        "projections": projection_links(
            ask.paths, spec, plan.projection, kept(ask.values), ask.lang
        ),
        "theme": ask.values.get("theme"),
        "wide": is_wide(spec) and plan.projection == FLAT,
        "band": is_band(spec) and plan.projection == FLAT,
        "plan": plan,
        "parts": plan.parts,
        "script": plan.script,
        "layers": layers,
        "sources": len(cited(plan.collections)),
        "attributions": attributions(plan.collections),
        "absolute": ask.links,
        **sight(plan, layers, ask),
    }
    context["embed"] = ask.links.embed(spec.id, **{**context["same"], "lang": ask.lang})
    context["snippet"] = snippet(plan.told, context["embed"], ask.lang)
    return as_page(ask, context, "map.html", DENSE)


def plan_of(spec: MapSpec, ask: Ask) -> Plan:
    """The map of a page in the language and the projection that are asked for."""
    kept = ask.values.get("lang", "")
    return Plan(spec, ask.site, ask.values["projection"], ask.lang, kept)


def _script(id: str, projection: str, ask: Ask) -> Prepared:
    spec = find_map(ask.site, id)
    if projection not in projections(spec):
        raise NoSuchMap(f"map {spec.id} has no projection {projection[:80]!r}")
    plan = Plan(spec, ask.site, projection, ask.values["lang"])
    return prepare(plan.parts.script, JAVASCRIPT, quality=DENSE)


def _layer(id: str, name: str, fine: int, ask: Ask) -> Prepared:
    spec = find_map(ask.site, id)
    collection, form = parted(name)
    if collection not in spec.collections:
        raise NoSuchMap(f"map {spec.id} does not show a collection {collection[:80]!r}")
    return drawn_layer(ask.site, spec, File(collection, form, fine, ask.lang))


def _first(id: str, projection: str, ask: Ask) -> Prepared:
    spec = find_map(ask.site, id)
    if projection not in projections(spec):
        raise NoSuchMap(f"map {spec.id} has no projection {projection[:80]!r}")
    shown = [one.id for one in Plan(spec, ask.site, projection).at_first]
    return first_view(ask.site, spec, f"{projection}.json", shown, ask.lang)
