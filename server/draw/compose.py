"""A map in a frame, as items of a scene, the lowest first."""

from geo.labels import Placed
from geo.scene import Item
from layers.collection import Collection
from layers.maps import MapSpec
from layers.themes import Theme
from server.draw import base, overlays, waters
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.draw.frame import Frame
from server.draw.graticule import graticule
from server.draw.largeness import large_enough
from server.draw.lettering import lettered
from server.draw.names import placed_in
from server.draw.order import drawn
from server.draw.sheet import Sheet

__all__ = ["Choice", "compose"]


def compose(
    drawing: Drawing, map: MapSpec, frame: Frame, choice: Choice, placed: Placed | None = None
) -> list[Item]:
    """Everything that ``map`` shows in ``frame``: sea, base, overlays, names.

    With ``choice.base`` the first item is the sea, over all of the frame (or of its mask);
    without it what is not drawn stays transparent. Names are those of ``placed``, in px of the
    whole plane (`Frame.origin`), or are placed for this frame alone. Nothing is clipped to the
    edge of the picture: put the items into a `Clip` where there is paper around it.
    """
    theme = drawing.themes[choice.theme]
    items: list[Item] = []
    if choice.base:
        items.append(base.sea(frame, theme))
        items += graticule(frame, theme) if choice.graticule else []
    raised: list[Item] = []
    for collection in drawn(drawing, map, choice):
        low, high = _drawn(drawing, collection, map, frame, choice)
        items += low
        raised += high
    if choice.labels:
        placed = placed_in(drawing, map, frame, choice) if placed is None else placed
        raised += lettered(placed, frame, theme)
    return items + raised


def _drawn(
    drawing: Drawing, collection: Collection, map: MapSpec, frame: Frame, choice: Choice
) -> tuple[list[Item], list[Item]]:
    """What a collection puts on the map, and what of it stands above all collections."""
    if collection.spec.role == "overlay" and not large_enough(frame, collection):
        return [], []
    sheet, theme = Sheet.of(drawing, collection, frame), drawing.themes[choice.theme]
    if collection.spec.role == "base":
        return _ground(drawing, sheet, map, theme), []
    looks = drawing.looks(collection.id, choice.at, choice.view)
    flat = [*overlays.areas(sheet, looks, map, theme), *overlays.lines(sheet, looks, map, theme)]
    return flat, overlays.marks(sheet, looks, theme)


def _ground(drawing: Drawing, sheet: Sheet, map: MapSpec, theme: Theme) -> list[Item]:
    """What a collection of the base puts on the map."""
    match sheet.collection.id:
        case "land":
            tinted = _tinted(drawing, sheet.frame, map, theme)
            return base.land(sheet, theme, tinted)
        case "rivers":
            return waters.rivers(sheet, theme)
        case "lakes":
            return waters.lakes(sheet, theme)
        case countries:
            near = drawing.contested(countries, sheet.frame.plane).meet(sheet.frame)
            open_ = base.unsettled(sheet, theme) if near else []
            return [*open_, *base.borders(sheet, theme, near)]


def _tinted(drawing: Drawing, frame: Frame, map: MapSpec, theme: Theme) -> list[Item]:
    countries = drawing.catalogue.collections.get("countries")
    if countries is None or not map.highlight:
        return []
    return base.tints(Sheet.of(drawing, countries, frame), map, theme)
