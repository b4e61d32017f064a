"""The names that were placed, as items: dots first, so that no dot covers a letter."""

from geo.labels import Placed
from geo.scene import Fill, Item, Mark
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
            dots += _dot(at, theme.capital if kind == "capital" else theme.town)
    return [*dots, *(item for label in labels for item in label.items(frame.origin))]


def _dot(at: tuple[float, float], dot: Dot) -> list[Item]:
    """A disc on a disc: the edge of a stroke around one would differ a little between tiles."""
    half = dot.width / 2
    return [
        Mark(*at, dot.shape, dot.radius + half, Fill(dot.color)),
        Mark(*at, dot.shape, dot.radius - half, Fill(dot.fill)),
    ]
