"""Whether a layer makes sense on a picture of some size."""

from layers.collection import Collection
from server.draw.frame import Frame

EARLIEST_AT = 60.0  # degrees: the latitude at which the zoom of a layer is compared
EARLY = 0.5  # a zoom level


def large_enough(frame: Frame, collection: Collection) -> bool:
    """Whether ``frame`` is near enough for the layer.

    A tile keeps to the zoom that the layer names. A map that stands in a room on paper has no
    other zoom to look at: whatever it is about is on it, though it be a dot on a globe.
    """
    if frame.room is not None:
        return True
    return frame.zoom_at(EARLIEST_AT) + EARLY >= collection.spec.zoom.min
