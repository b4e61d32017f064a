"""Areas under parallel lines: what is disputed shows by a pattern and not by its colour alone."""

from geo.hatch import hatch
from geo.scene import Item, Line, Stroke
from layers.planes import Geometries
from layers.spec import Hatch, Paint
from server.draw.frame import Frame
from server.draw.sheet import paths

FALLBACK = Hatch()


def hatch_of(paint: Paint) -> Hatch:
    """The hatch of a disputed area: that of its paint, or a plain one in its colour."""
    return paint.hatch or FALLBACK


def hatched(
    frame: Frame, shapes: Geometries, how: Hatch, color: str | None = None, strength: float = 1.0
) -> list[Item]:
    """Lines across shapes of the plane, with one phase for all pictures of the same grid.

    ``color`` is for a hatch that has none.
    """
    if not len(shapes):
        return []
    rings = paths(frame, shapes)
    stroke = Stroke(how.color or color or "#4a5568", how.weight, how.opacity * strength)
    turns = (0, 90) if how.cross else (0,)  # a layer counts angles the other way round
    drawn = [hatch(rings, how.spacing, turn - how.angle, frame.origin) for turn in turns]
    return [Line(lines, stroke) for lines in drawn if not lines.empty]
