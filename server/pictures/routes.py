"""The addresses of whole maps as pictures, and of the pictures that links to them show."""

from functools import partial
from types import MappingProxyType

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from geo import raster
from geo.scene import Scene
from geo.svg import svg
from layers.maps import MapSpec
from server.draw.drawing import Drawing
from server.maps.routes import find_map
from server.params import read_params
from server.pictures.card import SCALE, Card
from server.pictures.credits import as_of
from server.pictures.order import PARAMETERS, Form, Offer, Order, read_order
from server.pictures.page import Page
from server.prepared import Prepared, prepare
from server.state import Site, site_of
from server.tiles.kept import address
from server.view import view_headers

router = APIRouter()
CONFORMANCE: tuple[str, ...] = ()
TYPES = MappingProxyType({"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"})


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
    """The picture that a link to the map shows; query parameters are ignored."""
    site = site_of(request)
    make = partial(make_card, site, find_map(site, id))
    return await site.tiles.answer(request, f"/maps/{id}/og.png", make)


async def _static(request: Request, id: str, form: Form) -> Response:
    site = site_of(request)
    spec, values = find_map(site, id), read_params(request, PARAMETERS)
    order = read_order(values, form, offer_of(site))
    key = address(f"/maps/{id}/static.{form}", values)
    return await site.tiles.answer(request, key, partial(make_static, site, spec, order))


def offer_of(site: Site) -> Offer:
    """What a reader of this site can choose from."""
    return Offer(tuple(site.drawing.themes), langs_of(site.drawing), site.parties)


def langs_of(drawing: Drawing) -> tuple[str, ...]:
    """The languages in which any name on the maps is written, English first."""
    labels = drawing.catalogue.collections.get("labels")
    names = [name for one in labels.features for name in one.properties.names] if labels else []
    return ("en", *sorted({name.lang for name in names} - {"en"}))


def make_static(site: Site, map: MapSpec, order: Order) -> Prepared:
    """The picture, with its view among the headers. Raises `BadParameter`."""
    scene = Page(site.drawing, map, order).scene()
    return prepare(
        drawn(site.drawing, map, scene, order), TYPES[order.form], view_headers(order.view)
    )


def make_card(site: Site, map: MapSpec) -> Prepared:
    """The picture of a link, at most 256 colours, which keeps it small."""
    scene = Card(site.drawing, map).scene()
    theme = site.drawing.themes["light"]
    pinned = (theme.sea, theme.land, theme.panel.box, theme.panel.ink, theme.panel.accent)
    return prepare(raster.palette_png(scene, site.drawing.fonts, SCALE, pinned), TYPES["png"])


def drawn(drawing: Drawing, map: MapSpec, scene: Scene, order: Order) -> bytes:
    """The scene in the form that is ordered."""
    if order.form == "png":
        return raster.png(scene, drawing.fonts, order.scale)
    if order.form == "svg":
        return svg(scene, drawing.fonts, live_text=True, scale=order.scale).encode()
    shown = map.shown(drawing.catalogue)
    words = sorted({word for one in shown for word in one.spec.keywords})
    return raster.pdf(
        scene, drawing.fonts, title=map.title, author="marchland", keywords=words, date=as_of(shown)
    )
