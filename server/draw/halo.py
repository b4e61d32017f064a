"""The mark around one feature of a picture: dark within light, seen on every ground."""

from dataclasses import replace

import numpy as np

from geo.scene import Item, Line, Mark, Stroke
from layers.themes import Theme
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.draw.frame import Frame
from server.draw.looks import Look
from server.draw.overlays import radius_of, stroke_of
from server.draw.sheet import Sheet, on_paper

CASING = (7.0, 4.0)  # px wider than a line that is marked: the dark one, and the light one on it
OUTLINE = (6.0, 2.75)  # px: around an area, the light one and the dark one on it
RING, RING_PENS = 6.0, (5.5, 2.75)  # px: how far around a symbol, and how thick


def halo(drawing: Drawing, frame: Frame, choice: Choice) -> list[Item]:
    """What marks the feature of ``choice.mark``; nothing where it is not drawn."""
    if choice.mark is None:
        return []
    collection, number = choice.mark
    looks = drawing.looks(collection, choice.at, choice.view)
    look = looks.of(number)
    if look is None:
        return []
    sheet = Sheet.of(drawing, drawing.catalogue[collection], frame)
    theme, is_area = drawing.themes[choice.theme], bool(looks.is_area[number])
    return [*_along(sheet, number, look, theme, is_area), *_around(sheet, number, look, theme)]


def _along(sheet: Sheet, number: int, look: Look, theme: Theme, is_area: bool) -> list[Item]:
    """A casing around a line, which itself goes on upon it; a double outline of an area."""
    paths = on_paper(sheet.frame, sheet.lines.chosen(sheet.lines.numbers == number))
    if paths.empty:
        return []
    ink, paper = theme.panel.ink, theme.panel.paper
    if is_area:
        pens = [Stroke(paper, OUTLINE[0], 0.95), Stroke(ink, OUTLINE[1])]
    else:
        own = stroke_of(theme.paint(look.paint), look, False) or Stroke(ink, 1.5)
        cased = [replace(own, width=own.width + more, opacity=1.0, dash=()) for more in CASING]
        pens = [replace(cased[0], color=ink), replace(cased[1], color=paper), own]
    return [Line(paths, pen) for pen in pens]


def _around(sheet: Sheet, number: int, look: Look, theme: Theme) -> list[Item]:
    """A double ring around a symbol."""
    at, numbers = sheet.points()
    radius = radius_of(theme.paint(look.paint)) + RING
    pens = zip((theme.panel.paper, theme.panel.ink), RING_PENS, strict=True)
    return [
        Mark(x, y, "circle", radius, None, Stroke(color, width))
        for color, width in pens
        for x, y in np.atleast_2d(at[numbers == number]).tolist()
    ]
