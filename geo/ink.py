"""Fills, strokes and halos as the attributes of SVG."""

import math
import re

from geo.element import Attributes, number
from geo.errors import BadScene
from geo.face import SIXTEENTHS
from geo.scene import Fill, Halo, Join, Stroke

_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def color(given: str) -> str:
    """The colour as it is. Raises `BadScene` where it is not ``#rgb`` or ``#rrggbb``."""
    if not _COLOR.fullmatch(given):
        raise BadScene(f"colour {given[:40]!r} is not of the form #rgb or #rrggbb")
    return given


def opacity(given: float) -> str | None:
    """Opacity within [0, 1], or None where there is nothing to say."""
    return None if given >= 1 else number(max(0.0, given))


def fill(given: Fill | None) -> Attributes:
    """The flat colour, or that there is none: without a word SVG fills with black."""
    if given is None:
        return {"fill": "none"}
    return {"fill": color(given.color), "fill-opacity": opacity(given.opacity)}


def stroke(given: Stroke | None, least: float = 0.0, *, hair: bool = False) -> Attributes:
    """The pen in sixteenths of a px; one thinner than ``least`` px is that wide, and paler.

    Such a thin one stays thin with ``hair``, for what is drawn by the rule of hairlines. Joins of a
    pen up to twice as wide as that are bevelled instead of rounded: nobody sees the difference, and
    a coast takes a seventh less time to draw.
    """
    if given is None or given.width <= 0:
        return {}
    width = given.width if hair else max(given.width, least)
    join = "bevel" if given.join == "round" and width <= 2 * least else given.join
    return {
        "stroke": color(given.color),
        "stroke-width": number(width * SIXTEENTHS),
        "stroke-opacity": opacity(given.opacity * given.width / width),
        "stroke-linecap": None if given.cap == "butt" else given.cap,
        "stroke-linejoin": None if join == "miter" else join,
    } | _dash(given)


def _dash(given: Stroke) -> Attributes:
    if not any(given.dash):
        return {}
    # a distance along a whole coast is many patterns; only what is left over moves the dashes
    period = sum(given.dash) * (1 + len(given.dash) % 2)
    offset = math.fmod(given.dash_offset, period)
    return {
        "stroke-dasharray": " ".join(number(part * SIXTEENTHS) for part in given.dash),
        "stroke-dashoffset": number(offset * SIXTEENTHS) if offset else None,
    }


def halo(given: Halo | None, unit: float, join: Join) -> Attributes:
    """A rim that is drawn before the letters, its width in ``unit`` per px."""
    if given is None or given.width <= 0:
        return {}
    return {
        "stroke": color(given.color),
        "stroke-width": number(given.width * unit),
        "stroke-opacity": opacity(given.opacity),
        "stroke-linejoin": join,
        "paint-order": "stroke",
    }
