"""What a reader asks of a picture: the query parameters, read and held to their bounds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from geo.bbox import BBox
from layers.maps import Crs
from server.draw.choice import Choice
from server.errors import BadParameter
from server.params import read_bbox, read_interval
from server.pictures.codes import crs_named
from server.view import NEUTRAL, known_view

Form = Literal["png", "svg", "pdf"]
PARAMETERS = (
    "width", "height", "scale", "bbox", "center", "zoom", "crs", "lon0", "datetime", "lang",
    "view", "theme",
)  # fmt: skip
SIZES = (320, 2400)  # CSS px: of a side of a picture
SCALES = (1.0, 3.0)
ZOOMS = (0.0, 16.0)
MOST_PX = 20_000_000  # of a whole picture, its scale counted
SIZE: Mapping[Form, tuple[int, int]] = {"png": (1200, 900), "svg": (1200, 900), "pdf": (1123, 794)}
ROUGH = 1.5
PLAIN = Choice()
_NUMBER = re.compile(r"[+-]?\d{1,6}(\.\d{1,12})?")


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is to choose from: themes, languages, and the parties of `view`."""

    themes: Sequence[str]
    langs: Sequence[str]
    parties: Sequence[str]


@dataclass(frozen=True, slots=True)
class Order:
    """A picture asked for. ``crs`` is None where the map decides; sizes are CSS px."""

    form: Form
    width: int
    height: int
    scale: float = 1.0
    crs: tuple[Crs, int | None] | None = None
    bbox: BBox | None = None
    center: tuple[float, float] | None = None
    zoom: float | None = None
    lon0: float | None = None
    choice: Choice = PLAIN

    @property
    def rough(self) -> float:
        """How much coarser shapes may be than what is drawn for tiles: those may be enlarged."""
        return ROUGH if self.form == "png" and self.scale == 1 else 1.0

    @property
    def view(self) -> str:
        """The party from whose side the map is seen, or ``neutral``."""
        return self.choice.view or NEUTRAL


def read_order(values: Mapping[str, str], form: Form, offer: Offer) -> Order:
    """The order that the parameters make. Raises `BadParameter`, `BadBBox` or `BadMoment`.

    Each refusal names the parameter and says what it takes.
    """
    width, height = SIZE[form]
    order = Order(
        form=form,
        width=_size("width", values, width),
        height=_size("height", values, height),
        scale=_number("scale", values.get("scale", "1"), SCALES),
        crs=crs_named(values["crs"]) if "crs" in values else None,
        bbox=read_bbox(values["bbox"]) if "bbox" in values else None,
        center=_center(values["center"]) if "center" in values else None,
        zoom=_number("zoom", values["zoom"], ZOOMS) if "zoom" in values else None,
        lon0=_number("lon0", values["lon0"], (-180, 180)) if "lon0" in values else None,
        choice=_choice(values, offer),
    )
    return _consistent(order)


def _choice(values: Mapping[str, str], offer: Offer) -> Choice:
    view = known_view(values.get("view", NEUTRAL), offer.parties)
    return replace(
        PLAIN,
        theme=_one_of("theme", values.get("theme", "light"), offer.themes),
        lang=_one_of("lang", values.get("lang", "en"), offer.langs),
        at=read_interval(values["datetime"]) if "datetime" in values else None,
        view=None if view == NEUTRAL else view,
    )


def _consistent(order: Order) -> Order:
    if order.bbox and order.center:
        raise BadParameter("bbox and center exclude each other; give one of them")
    if order.zoom is not None and not order.center:
        raise BadParameter("zoom needs center=lon,lat; or give bbox instead of both")
    globe = order.crs is not None and order.crs[0] == "globe"
    if order.center and order.zoom is None and not globe:
        raise BadParameter("center needs zoom, unless crs=globe; or give bbox instead of both")
    if order.bbox and (order.bbox.width < 1e-3 or order.bbox.north - order.bbox.south < 1e-3):
        raise BadParameter("bbox is thinner than a thousandth of a degree; make it larger")
    if order.crs and order.crs[1] is not None and order.lon0 is not None:
        raise BadParameter(f"lon0 is fixed by crs=EPSG:{order.crs[1]}; leave one of them out")
    if order.width * order.height * order.scale**2 > MOST_PX:
        raise BadParameter(
            f"width, height and scale make more than {MOST_PX:,} pixels; make one of them smaller"
        )
    return order


def _size(name: str, values: Mapping[str, str], default: int) -> int:
    text = values.get(name, str(default))
    low, high = SIZES
    if not re.fullmatch(r"[0-9]{1,5}", text) or not low <= int(text) <= high:
        raise BadParameter(
            f"{name} is {text[:40]!r}; it is a whole number of pixels from {low} to {high}"
        )
    return int(text)


def _number(name: str, text: str, bounds: tuple[float, float]) -> float:
    low, high = bounds
    if not (text.isascii() and _NUMBER.fullmatch(text)) or not low <= float(text) <= high:
        raise BadParameter(f"{name} is {text[:40]!r}; it is a number from {low:g} to {high:g}")
    return float(text)


def _center(text: str) -> tuple[float, float]:
    parts = text.split(",")
    if len(parts) != 2:
        raise BadParameter(f"center is {text[:40]!r}; write center=lon,lat in degrees")
    lon = _number("center (longitude)", parts[0].strip(), (-180, 180))
    return lon, _number("center (latitude)", parts[1].strip(), (-90, 90))


def _one_of(name: str, text: str, known: Sequence[str]) -> str:
    if text not in known:
        raise BadParameter(f"{name} is {text[:40]!r}; it is one of: {', '.join(known)}")
    return text
