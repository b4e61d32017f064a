"""From an order to bytes. Only here are the engines of pictures loaded."""

from dataclasses import replace
from types import MappingProxyType

from geo import raster
from geo.scene import Scene
from geo.svg import svg
from layers.maps import MapSpec
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.maps.spoken import spoken
from server.pictures.card import SCALE, Card
from server.pictures.credits import as_of
from server.pictures.order import Order
from server.pictures.page import Page
from server.pictures.preview import SCALE as PREVIEW_SCALE
from server.pictures.preview import Preview
from server.pictures.subject import subject
from server.prepared import Prepared, prepare
from server.speech import ENGLISH
from server.state import Site
from server.view import view_headers

TYPES = MappingProxyType({"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"})


def make_static(site: Site, map: MapSpec, order: Order, feature: str | None = None) -> Prepared:
    """The picture, with its view among the headers. Raises `BadParameter`, `NoSuchFeature`."""
    if feature is not None:
        shown, mark = subject(map, site.catalogue, feature, order.choice.lang)
        marked = replace(order, choice=replace(order.choice, mark=mark))
        return make_static(site, shown, marked)
    told = spoken(map, order.choice.lang)
    scene = Page(site.drawing, told, order).scene()
    return prepare(
        pressed(site.drawing, told, scene, order), TYPES[order.form], view_headers(order.view)
    )


def make_card(
    site: Site, map: MapSpec, feature: str | None = None, lang: str = ENGLISH
) -> Prepared:
    """The picture of a link. Raises `BadParameter`, `NoSuchFeature`."""
    shown, mark = subject(map, site.catalogue, feature, lang) if feature else (map, None)
    choice = Choice(mark=mark, lang=lang)
    scene = Card(site.drawing, spoken(shown, lang), choice).scene()
    return prepare(card_png(site.drawing, scene), TYPES["png"])


def make_preview(site: Site, map: MapSpec, choice: Choice) -> Prepared:
    """The small picture of a list of maps, as card_png makes that of a link."""
    scene = Preview(site.drawing, spoken(map, choice.lang), choice).scene()
    return prepare(card_png(site.drawing, scene, PREVIEW_SCALE, choice.theme), TYPES["png"])


def card_png(drawing: Drawing, scene: Scene, scale: float = SCALE, name: str = "light") -> bytes:
    """A card of at most 256 colours, which keeps it small; those of large areas stay exact."""
    theme = drawing.themes[name]
    pinned = (theme.sea, theme.land, theme.panel.box, theme.panel.ink, theme.panel.accent)
    return raster.palette_png(scene, drawing.fonts, scale, pinned)


def pressed(drawing: Drawing, map: MapSpec, scene: Scene, order: Order) -> bytes:
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
