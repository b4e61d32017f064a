"""How a glance draws what a rule paints: the rules of ``static/shapes.js``, for plain SVG."""

from dataclasses import dataclass, replace
from itertools import pairwise

from layers.spec import Hatch, Paint

INK, WEIGHT, RADIUS, TINT = "#4a5568", 2.0, 6.0, 0.15  # where a paint says nothing
HIGHLIGHT = ("#e3cd97", 0.36)
DISPUTED = Hatch(angle=45, spacing=6, weight=1.5)
MARK_WEIGHT, MARK_TINT = 1.5, 0.95
UNITS = 0.45  # of a glance to the pixel, about: patterns and marks grow with the frame
Sides = tuple[tuple[float, float], ...]
SIDES: dict[str, Sides] = {  # for a radius of 1
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "triangle": ((0, -1.2), (1.15, 0.85), (-1.15, 0.85)),
}


@dataclass(frozen=True, slots=True)
class Sketch:
    """One path of a layer, and how it is drawn; sizes in pixels of the screen."""

    layer: str
    d: str
    fill: str = "none"
    fill_opacity: float = 1.0
    stroke: str = "none"
    width: float = 0.0
    opacity: float = 1.0
    dash: str | None = None
    round: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """Lines across an area as a pattern of SVG: ``turn`` is clockwise from upright, in degrees."""

    id: str
    turn: float
    spacing: float
    colour: str
    weight: float
    opacity: float
    cross: bool
    ground: str
    tint: float


def line(layer: str, d: str, paint: Paint) -> Sketch:
    """A line."""
    drawn = Sketch(layer, d, stroke=paint.color or INK, width=_or(paint.weight, WEIGHT))
    opacity = _or(paint.opacity, 1.0)
    return replace(drawn, opacity=opacity, dash=paint.dash, round=paint.dash is None)


def area(layer: str, d: str, paint: Paint, stroked: bool, pattern: Pattern | None) -> Sketch:
    """An area: its fill or its ``pattern``, and its outline where it is ``stroked``."""
    drawn = line(layer, d, paint) if stroked and paint.weight != 0 else Sketch(layer, d)
    drawn = replace(drawn, round=False)
    if pattern:
        return replace(drawn, fill=f"url(#{pattern.id})")
    if paint.fill is False:
        return drawn
    return replace(drawn, fill=_ground(paint), fill_opacity=_or(paint.fill_opacity, TINT))


def tinted(layer: str, d: str) -> Sketch:
    """A country that the map is about."""
    return Sketch(layer, d, fill=HIGHLIGHT[0], fill_opacity=HIGHLIGHT[1])


def marks(layer: str, places: list[list[float]], paint: Paint) -> Sketch:
    """The marks of points at ``places``, in units of the drawing."""
    radius = UNITS * _or(paint.radius, RADIUS)
    sides = SIDES.get(paint.shape or "")
    around = _corners(sides, radius) if sides else _circle(radius)
    drawn = line(layer, "".join(f"M{x:.0f} {y:.0f}{around}" for x, y in places), paint)
    drawn = replace(drawn, width=_or(paint.weight, MARK_WEIGHT), dash=None, round=False)
    if paint.fill is False:
        return replace(drawn, fill="#ffffff")
    return replace(drawn, fill=_ground(paint), fill_opacity=_or(paint.fill_opacity, MARK_TINT))


def _corners(sides: Sides, radius: float) -> str:
    """A closed outline around the place of the pen, as steps."""
    placed = [(east * radius, south * radius) for east, south in sides]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise([(0.0, 0.0), *placed])]
    return f"m{' '.join(f'{x:.1f} {y:.1f}' for x, y in steps)}z"


def _circle(radius: float) -> str:
    across = f"{2 * radius:.1f}"
    return f"m-{radius:.1f} 0a1 1 0 0 0 {across} 0a1 1 0 0 0-{across} 0"


def pattern(number: int, paint: Paint, disputed: bool) -> Pattern | None:
    """What lies across an area: what its paint asks for, or the lines of what is ``disputed``."""
    if not paint.hatch and (not disputed or paint.fill is False):
        return None
    how, ground = paint.hatch or DISPUTED, _ground(paint)
    tint = 0.0 if paint.fill is False else _or(paint.fill_opacity, TINT)
    return Pattern(
        f"glance-{number}", 90 - how.angle, how.spacing, how.color or ground, how.weight,
        how.opacity, how.cross, ground, tint,
    )  # fmt: skip


def _ground(paint: Paint) -> str:
    return paint.fill_color or paint.color or INK


def _or(value: float | None, other: float) -> float:
    return other if value is None else value
