"""Rivers and lakes on the land."""

import numpy as np
import numpy.typing as npt

from geo.scene import Area, Fill, Item
from layers.collection import Collection
from layers.legend import rule_of
from layers.themes import Theme
from server.draw.sheet import Sheet, stroked

EARLY = 0.5  # a zoom level: how much earlier than its own zoom a water is drawn
THINNEST = 0.7  # px


def rivers(sheet: Sheet, theme: Theme) -> list[Item]:
    """Courses, the wider the greater their rank in the layer."""
    shapes, numbers, starts = sheet.lines
    seen = visible(sheet)[numbers]
    width = _weights(sheet.collection)[numbers]
    items: list[Item] = []
    for one in np.unique(width[seen]).tolist():
        pen = theme.river.model_copy(update={"width": max(THINNEST, theme.river.width * one)})
        which = seen & (width == one)
        items += stroked(sheet.frame, shapes[which], starts[which], pen.stroke)
    return items


def lakes(sheet: Sheet, theme: Theme) -> list[Item]:
    """Surfaces and their shores."""
    seen = visible(sheet)
    shapes, numbers = sheet.areas
    shown = shapes[seen[numbers]]
    if not len(shown):
        return []
    edges, owners, starts = sheet.lines
    which = seen[owners]
    return [
        Area(sheet.paths(shown), Fill(theme.lake)),
        *stroked(sheet.frame, edges[which], starts[which], theme.lake_edge.stroke),
    ]


def visible(sheet: Sheet) -> npt.NDArray[np.bool_]:
    """Which features the zoom is large enough for, by their tag ``min_zoom``."""
    zoom = sheet.frame.zoom_at(60) + EARLY
    tags = [one.properties.tags.get("min_zoom", 0) for one in sheet.collection.features]
    return np.array([not isinstance(tag, int | float) or tag <= zoom for tag in tags], dtype=bool)


def _weights(collection: Collection) -> npt.NDArray[np.float64]:
    """What the rules of the layer say of widths, for each feature."""
    rules = collection.spec.style.rules
    found = [rule_of(collection, feature) for feature in collection.features]
    return np.array([(rules[n].paint.weight or 1.0) if n is not None else 1.0 for n in found])
