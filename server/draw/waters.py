"""Rivers and lakes on the land."""

from dataclasses import replace

import numpy as np

from geo.scene import Area, Fill, Item
from layers.themes import Theme
from server.draw.sheet import Sheet, seamless, stroked

THINNEST = 0.7  # px


def rivers(sheet: Sheet, theme: Theme) -> list[Item]:
    """Courses, the wider the greater their rank in the layer."""
    lines = sheet.lines
    if not len(lines):
        return []
    seen = sheet.visible[lines.numbers]
    width = sheet.traits.weight[lines.numbers]
    own = sheet.pen(theme.river)
    items: list[Item] = []
    for one in np.unique(width[seen]).tolist():
        pen = replace(own, width=max(THINNEST, own.width * one))
        items += stroked(sheet.frame, lines.chosen(seen & (width == one)), pen)
    return items


def lakes(sheet: Sheet, theme: Theme) -> list[Item]:
    """Surfaces and their shores."""
    seen = sheet.visible
    rings = sheet.filled(seen)
    if rings.empty:
        return []
    pen = sheet.pen(theme.lake_edge)
    if sheet.edged:
        return [Area(seamless(sheet.frame, rings), Fill(theme.lake), pen)]
    edges = sheet.lines.chosen(seen[sheet.lines.numbers])
    return [Area(rings, Fill(theme.lake)), *stroked(sheet.frame, edges, pen)]
