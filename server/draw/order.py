"""Which collections a picture draws, the lowest first."""

from layers.collection import Collection
from layers.maps import MapSpec
from server.draw.choice import Choice
from server.draw.drawing import Drawing


def drawn(drawing: Drawing, map: MapSpec, choice: Choice) -> list[Collection]:
    """The collections of the map that the choice leaves, without those that hold only names."""
    out = {*map.off, *choice.hidden} - set(choice.shown)
    wanted = {"base": choice.base, "overlay": choice.overlays, "labels": False}
    return [
        one
        for one in ordered(drawing, map)
        if one.id not in out and wanted[one.spec.role] and one.extent is not None
    ]


def ordered(drawing: Drawing, map: MapSpec) -> list[Collection]:
    """All collections of a map; of one that nobody has named, areas at sea come below the land."""
    shown, held = map.shown(drawing.catalogue), drawing.catalogue.collections
    if map.id in held and "land" in held:
        shown.sort(key=lambda one: not drawing.under_land(one.id))
    return shown
