"""Areas under parallel lines: what is disputed shows by a pattern and not by its colour alone."""

from geo.hatch import hatch, on_lattice
from geo.paths import Paths
from geo.ringclip import clipped
from geo.scene import Item, Line, Stroke
from layers.spec import Hatch, Paint
from layers.themes import PLAIN
from server.draw.frame import Frame

FALLBACK = Hatch()


def hatch_of(paint: Paint) -> Hatch:
    """The hatch of a disputed area: that of its paint, or a plain one in its colour."""
    return paint.hatch or FALLBACK


def hatched(
    frame: Frame, rings: Paths, how: Hatch, color: str | None = None, strength: float = 1.0
) -> list[Item]:
    """Lines across rings in px, with one phase for all pictures of the same grid.

    ``color`` is for a hatch that has none.
    """
    rings, _ = clipped(rings, frame.paper)
    stroke = Stroke(how.color or color or PLAIN, how.weight, how.opacity * strength)
    turns = (0, 90) if how.cross else (0,)  # a layer counts angles the other way round
    angles = [turn - how.angle for turn in turns]
    drawn = [
        on_lattice(hatch(rings, how.spacing, angle, frame.origin), angle, frame.origin)
        for angle in angles
    ]
    return [Line(lines, stroke) for lines in drawn if not lines.empty]
