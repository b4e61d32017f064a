"""The addresses of whole maps as pictures, and of the pictures that links to them show."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from layers.heap import give_back_soon
from layers.maps import MapSpec
from server.draw.drawing import Drawing
from server.framework import Router
from server.language import asked_language
from server.maps.routes import find_map
from server.params import read_params
from server.pictures.order import PARAMETERS, Form, Offer, Order, read_order
from server.prepared import Prepared
from server.speech import ENGLISH, LANGUAGES
from server.state import Site, site_of
from server.tiles.kept import address

router = Router()
CONFORMANCE: tuple[str, ...] = ()


@router.get("/maps/{id}/static.png")
async def static_png(request: Request, id: str) -> Response:
    """A whole map as PNG."""
    return await _static(request, id, "png")


@router.get("/maps/{id}/static.svg")
async def static_svg(request: Request, id: str) -> Response:
    """A whole map as SVG, its texts as text."""
    return await _static(request, id, "svg")


@router.get("/maps/{id}/static.pdf")
async def static_pdf(request: Request, id: str) -> Response:
    """A whole map as PDF for print: a sheet of A4 lying on its side, unless a size is given."""
    return await _static(request, id, "pdf")


@router.get("/maps/{id}/og.png")
async def card(request: Request, id: str) -> Response:
    """The picture that a link to the map shows, or to one ``feature`` on it.

    It speaks the language ``lang``; all other query parameters are ignored.
    """
    site, told = site_of(request), {}
    if feature := request.query_params.get("feature"):
        told["feature"] = feature
    if lang := asked_language(request):
        told["lang"] = lang
    make = partial(_make, site, find_map(site, id), None, feature, lang)
    return await site.tiles.answer(request, address(f"/maps/{id}/og.png", told), make)


@router.get("/maps/{id}/preview.png")
async def preview(request: Request, id: str) -> Response:
    """The small picture of a map in a list of maps, 800 × 420 px; ``theme`` and ``lang``."""
    site = site_of(request)
    spec, values = find_map(site, id), read_params(request, ("lang", "theme"))
    order = read_order(values, "png", offer_of(site))
    key = address(f"/maps/{id}/preview.png", values)
    return await site.tiles.answer(request, key, partial(_preview, site, spec, order))


async def _static(request: Request, id: str, form: Form) -> Response:
    site = site_of(request)
    spec, values = find_map(site, id), read_params(request, (*PARAMETERS, "feature"))
    order = read_order(values, form, offer_of(site))
    key = address(f"/maps/{id}/static.{form}", values)
    return await site.tiles.answer(
        request, key, partial(_make, site, spec, order, values.get("feature"))
    )


def offer_of(site: Site) -> Offer:
    """What a reader of this site can choose from."""
    return Offer(tuple(site.drawing.themes), langs_of(site.drawing), site.parties)


def langs_of(drawing: Drawing) -> tuple[str, ...]:
    """The languages in which any name on the maps is written, English first."""
    labels = drawing.catalogue.collections.get("labels")
    names = [name for one in labels.features for name in one.properties.names] if labels else []
    return ("en", *sorted({name.lang for name in names} | LANGUAGES.keys() - {"en"}))


def _make(
    site: Site, map: MapSpec, order: Order | None, feature: str | None, lang: str = ""
) -> Prepared:
    """The picture that is ordered, or the card of the map; of one feature where that is named."""
    from server.pictures import press  # noqa: PLC0415  # its engines cost a start half a second

    if order:
        made = press.make_static(site, map, order, feature)
    else:
        made = press.make_card(site, map, feature, lang or ENGLISH)
    give_back_soon(circles=True)  # a frame and what it shows hold each other: some megabytes
    return made


def _preview(site: Site, map: MapSpec, order: Order) -> Prepared:
    from server.pictures import press  # noqa: PLC0415  # as above

    made = press.make_preview(site, map, order.choice)
    give_back_soon(circles=True)
    return made
