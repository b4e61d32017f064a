"""A map in a frame, as items of a scene, the lowest first."""

from geo.labels import Placed
from geo.scene import Item
from layers.maps import MapSpec
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.draw.frame import Frame

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
    raise NotImplementedError
