"""The overlays of a map: areas, lines and marks as the rules of their layer paint them."""

import math

import numpy as np

from geo.paths import Paths, Points
from geo.scene import Area, Cap, Fill, Item, Line, Mark, Stroke
from geo.strings import Strings
from layers.maps import MapSpec
from layers.spec import Paint
from layers.themes import PLAIN, Theme
from server.draw.hatches import hatch_of, hatched
from server.draw.looks import Look, Looks
from server.draw.once import once
from server.draw.sheet import Sheet, on_paper, stroked

WEIGHT, AREA_OPACITY, MARK_OPACITY, RADIUS, MARK_WEIGHT = 2.0, 0.15, 0.95, 6.0, 1.5
BAND_OPACITY, BAND_PX = 0.16, (5.0, 16.0)  # how a loose line shows its accuracy: least and most
DISC_OPACITY, DISC_PX = 0.07, (5.0, 220.0)  # wider than a mark by, and at most: its accuracy
FINE_DOTS = (1.5, 3.5)
MARGIN_PX = DISC_PX[1] + 20


def areas(sheet: Sheet, looks: Looks, map: MapSpec, theme: Theme) -> list[Item]:
    """Fills and hatches, each feature by itself: where two overlap both are seen."""
    rings, numbers = sheet.fills
    if rings.empty:
        return []
    items: list[Item] = []
    for number in np.unique(numbers).tolist():
        look = looks.of(number)
        if look is None:
            continue
        paint, own = theme.paint(look.paint), rings.chosen(numbers == number)
        fill = fill_of(paint, look)
        items += [Area(own, fill)] if fill else []
        if paint.hatch or (map.hatched and look.disputed and paint.fill is not False):
            color = paint.fill_color or paint.color or PLAIN
            items += hatched(sheet.frame, own, hatch_of(paint), color, look.strength)
    return items


def lines(sheet: Sheet, looks: Looks, map: MapSpec, theme: Theme) -> list[Item]:
    """Lines, and the outlines of areas unless another collection of the map draws them."""
    bare = sheet.collection.id in map.unstroked
    if bare and not sheet.traits.lines:
        return []
    found = sheet.lines
    if not len(found):
        return []
    outline = looks.is_area[found.numbers]
    items: list[Item] = []
    for look, which in looks.groups(found.numbers):
        for part, is_area in ((which & outline, True), (which & ~outline, False)):
            stroke = stroke_of(theme.paint(look.paint), look, is_area)
            if stroke is None or (is_area and bare):
                continue
            these = found.chosen(part)
            items += _bands(sheet, these, stroke, looks)
            items += stroked(sheet.frame, once(these) if stroke.dash else these, stroke)
    return items


def marks(sheet: Sheet, looks: Looks, theme: Theme) -> list[Item]:
    """Symbols of points; a disc of the accuracy around one whose place is uncertain."""
    at, numbers = sheet.points(MARGIN_PX)
    if not len(at):
        return []
    discs: list[Item] = []
    symbols: list[Item] = []
    for look, which in looks.groups(numbers):
        paint = theme.paint(look.paint)
        for (x, y), number in zip(at[which].tolist(), numbers[which].tolist(), strict=True):
            radius = look.accuracy_m / sheet.frame.ground_m(float(looks.latitude[number]))
            discs += _disc((x, y), radius, look, paint)
            symbols.append(mark_of((x, y), look, paint))
    return discs + symbols


def fill_of(paint: Paint, look: Look) -> Fill | None:
    """The tint of an area; None where it has none."""
    opacity = AREA_OPACITY if paint.fill_opacity is None else paint.fill_opacity
    if paint.fill is False or not opacity:
        return None
    return Fill(paint.fill_color or paint.color or PLAIN, opacity * look.strength)


def stroke_of(paint: Paint, look: Look, is_area: bool) -> Stroke | None:
    """The pen of a line or of the outline of an area; None where there is none."""
    weight = WEIGHT if paint.weight is None else paint.weight
    opacity = 1.0 if paint.opacity is None else paint.opacity
    if not weight or not opacity:
        return None
    dash = tuple(float(one) for one in (paint.dash or "").split())
    if not dash and look.loose and not is_area:
        dash = (weight, 2 * weight)
    cap: Cap = "round" if not dash and not is_area else "butt"
    return Stroke(paint.color or PLAIN, weight, opacity * look.strength, dash, 0.0, cap)


def _bands(sheet: Sheet, lines: Strings, stroke: Stroke, looks: Looks) -> list[Item]:
    """Below loose lines: how far off they may truly lie, as far as that can be drawn.

    Those of one width are one item, so that routes that share their course are no darker there.
    """
    widths = np.zeros(len(lines))
    for number in np.unique(lines.numbers).tolist():
        look = looks.of(number)
        if look is not None and look.loose:
            truly = 2 * look.accuracy_m / sheet.frame.ground_m(float(looks.latitude[number]))
            least, most = stroke.width + BAND_PX[0], stroke.width + BAND_PX[1]
            widths[lines.numbers == number] = round(min(max(truly, least), most))
    return [
        Line(on_paper(sheet.frame, lines.chosen(widths == one)), band_of(stroke, one))
        for one in np.unique(widths[widths > 0]).tolist()
    ]


def band_of(stroke: Stroke, width: float) -> Stroke:
    """The pen of the band below a loose line."""
    return Stroke(stroke.color, width, BAND_OPACITY * stroke.opacity, cap="round")


def mark_of(at: tuple[float, float], look: Look, paint: Paint) -> Mark:
    """The symbol of a point."""
    opacity = MARK_OPACITY if paint.fill_opacity is None else paint.fill_opacity
    fill = Fill(paint.fill_color or paint.color or PLAIN, opacity * look.strength)
    if paint.fill is False:
        fill = Fill("#ffffff", look.strength)
    weight = MARK_WEIGHT if paint.weight is None else paint.weight
    opacity = 1.0 if paint.opacity is None else paint.opacity
    stroke = Stroke(paint.color or PLAIN, weight, opacity * look.strength)
    return Mark(*at, paint.shape or "circle", radius_of(paint), fill, stroke if weight else None)


def radius_of(paint: Paint) -> float:
    """The radius of the symbol of a point, px."""
    return paint.radius or RADIUS


def _disc(at: tuple[float, float], radius: float, look: Look, paint: Paint) -> list[Item]:
    wider, most = DISC_PX
    if radius < radius_of(paint) + wider or radius > most:
        return []
    color = paint.color or PLAIN
    edge = Stroke(color, 1.1, 0.5 * look.strength, FINE_DOTS)
    return [Area(_circle(at, radius), Fill(color, DISC_OPACITY * look.strength), edge)]


def _circle(at: tuple[float, float], radius: float) -> Paths:
    turns = np.linspace(0, 2 * math.pi, max(24, math.ceil(radius)))
    ring: Points = np.array(at) + radius * np.column_stack([np.cos(turns), np.sin(turns)])
    return Paths.each([ring])
