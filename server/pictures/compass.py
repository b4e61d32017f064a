"""Which way is north: an arrow, or the pole itself where the map holds it."""

import math
from dataclasses import replace

import numpy as np

from geo.paths import Paths
from geo.scene import Area, Fill, Halo, Item, Line, Stroke, Text
from layers.themes import Theme
from server.pictures.extent import Extent
from server.pictures.words import word

SIZE = 34.0  # px: width and height of the arrow with its letter
_REACH = 6.0  # half of the cross at the pole
_HALO = 5.5  # around the name of the pole: wide enough that no hatch touches its letters
_STEP = 0.01  # degrees of latitude


def north_at(extent: Extent, x: float, y: float) -> float:
    """The direction of north at a place of the picture: degrees clockwise from up.

    NaN where there is no place.
    """
    lon, lat = extent.places(np.array([[x, y]]))[0].tolist()
    ends = extent.pixels(np.array([[lon, lat - _STEP], [lon, lat]]))
    right, down = (ends[1] - ends[0]).tolist()
    return math.degrees(math.atan2(right, -down))


def arrow(extent: Extent, x: float, y: float, theme: Theme, lang: str) -> list[Item]:
    """An arrow that points north at its own middle ``x, y``, and the letter N."""
    angle = north_at(extent, x, y)
    if not math.isfinite(angle):
        return []
    letters = theme.letters_of("scale")
    ink, halo = letters.color, theme.panel.box
    tip = [(0.0, -15.0), (6.5, 4.0), (0.0, 0.0), (-6.5, 4.0), (0.0, -15.0)]
    left = [(0.0, -15.0), (0.0, 0.0), (-6.5, 4.0), (0.0, -15.0)]
    text = _turned([(0.0, 12.0)], angle, (x, y))[0]
    kind = letters.type.__class__("sans_semibold", 11)
    return [
        Area(Paths.each([_turned(tip, angle, (x, y))]), None, Stroke(halo, 3.5, 0.85)),
        Area(Paths.each([_turned(tip, angle, (x, y))]), Fill("#ffffff"), Stroke(ink, 1.05)),
        Area(Paths.each([_turned(left, angle, (x, y))]), Fill(ink)),
        Text(text[0], text[1] + 4, word("north", lang), kind, ink, "middle", halo=Halo(halo, 3)),
    ]


def pole_mark(extent: Extent, theme: Theme, lang: str) -> list[Item]:
    """A cross at the north pole with its name; nothing where it is not on the map."""
    if extent.pole is None:
        return []
    x, y = extent.pole
    letters = theme.letters_of("own")
    halo = replace(letters.halo, width=_HALO, opacity=1.0) if letters.halo else None
    cross = Paths.each([[(x - _REACH, y), (x + _REACH, y)], [(x, y - _REACH), (x, y + _REACH)]])
    return [
        Line(cross, Stroke(theme.panel.box, 4.0, 0.7, cap="round")),
        Line(cross, Stroke(letters.color, 1.5)),
        Text(x + 9, y - 5, word("pole", lang), letters.type, letters.color, halo=halo),
    ]


def _turned(
    points: list[tuple[float, float]], degrees: float, by: tuple[float, float]
) -> list[tuple[float, float]]:
    sin, cos = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return [(by[0] + x * cos - y * sin, by[1] + x * sin + y * cos) for x, y in points]
