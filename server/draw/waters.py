"""Rivers and lakes on the land."""

import numpy as np
import numpy.typing as npt

from geo.scene import Area, Fill, Item
from layers.themes import Theme
from server.draw.sheet import Sheet, stroked

EARLY = 0.5  # a zoom level: how much earlier than its own zoom a water is drawn
THINNEST = 0.7  # px


def rivers(sheet: Sheet, theme: Theme) -> list[Item]:
    """Courses, the wider the greater their rank in the layer."""
    shapes, numbers, starts = sheet.lines
    seen = visible(sheet)[numbers]
    width = sheet.traits.weight[numbers]
    items: list[Item] = []
    for one in np.unique(width[seen]).tolist():
        pen = theme.river.model_copy(update={"width": max(THINNEST, theme.river.width * one)})
        which = seen & (width == one)
        items += stroked(sheet.frame, shapes[which], starts[which], pen.stroke)
    return items


def lakes(sheet: Sheet, theme: Theme) -> list[Item]:
    """Surfaces and their shores."""
    seen = visible(sheet)
    rings = sheet.filled(seen)
    if rings.empty:
        return []
    edges, owners, starts = sheet.lines
    which = seen[owners]
    return [
        Area(rings, Fill(theme.lake)),
        *stroked(sheet.frame, edges[which], starts[which], theme.lake_edge.stroke),
    ]


def visible(sheet: Sheet) -> npt.NDArray[np.bool_]:
    """Which features the zoom is large enough for, by their tag ``min_zoom``."""
    return sheet.traits.from_zoom <= sheet.frame.zoom_at(60) + EARLY
