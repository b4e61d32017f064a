"""The names on a map: which there are, how they are set, and where they want to stand."""

from geo.labels import Candidate
from layers.maps import MapSpec
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.draw.frame import Frame


def candidates(drawing: Drawing, map: MapSpec, frame: Frame, choice: Choice) -> list[Candidate]:
    """Every name that may stand in ``frame``, in px of the whole plane (`Frame.origin`)."""
    raise NotImplementedError
