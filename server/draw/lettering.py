"""The names that were placed, as items: dots first, so that no dot covers a letter."""

from geo.labels import Placed
from geo.scene import Fill, Item, Mark, Stroke
from layers.themes import Dot, Theme
from server.draw.frame import Frame

DOTTED = ("town", "capital")


def lettered(placed: Placed, frame: Frame, theme: Theme) -> list[Item]:
    """Every name whose ink touches the picture, with the dot of a town beside it."""
    left, top = frame.origin
    labels = placed.within((left, top, left + frame.width, top + frame.height))
    dots: list[Item] = []
    for label in labels:
        kind = (label.candidate.id or "").partition(":")[0]
        if kind in DOTTED:
            at = (label.candidate.x - left, label.candidate.y - top)
            dots.append(_dot(at, theme.capital if kind == "capital" else theme.town))
    return [*dots, *(item for label in labels for item in label.items(frame.origin))]


def _dot(at: tuple[float, float], dot: Dot) -> Mark:
    edge = Stroke(dot.color, dot.width)
    return Mark(*at, dot.shape, dot.radius, Fill(dot.fill), edge)
