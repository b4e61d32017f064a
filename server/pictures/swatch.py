"""The little pictures of a legend, drawn with the same paints, pens and hatches as the map."""

import shapely

from geo.hatch import hatch
from geo.scene import Area, Fill, Item, Line, Paths, Stroke
from layers.spec import Hatch
from layers.themes import Theme
from server.draw import overlays
from server.draw.hatches import hatch_of
from server.pictures.legend import Entry

WIDTH, HEIGHT = 30.0, 14.0
_SMALLEST, _LARGEST = 2.5, 7.0  # of a mark, px: what a line of the legend has room for


def swatch(entry: Entry, x: float, y: float, theme: Theme) -> list[Item]:
    """The picture of an entry; ``x`` is its left side, ``y`` its middle."""
    if entry.look is None:
        return _of_base(entry, x, y, theme)
    if entry.form == "line":
        return _line(entry, x, y, theme)
    return _area(entry, x, y, theme) if entry.form == "area" else _mark(entry, x, y, theme)


def _line(entry: Entry, x: float, y: float, theme: Theme) -> list[Item]:
    assert entry.look is not None
    pen = overlays.stroke_of(theme.paint(entry.look.paint), entry.look, is_area=False)
    if pen is None:
        return []
    path = Paths.each([[(x, y), (x + WIDTH, y)]])
    band = overlays.band_of(pen, pen.width + overlays.BAND_PX[0])
    return [*([Line(path, band)] if entry.look.loose else []), Line(path, pen)]


def _area(entry: Entry, x: float, y: float, theme: Theme) -> list[Item]:
    assert entry.look is not None
    paint = theme.paint(entry.look.paint)
    box, items = _box(x, y), list[Item]()
    if entry.at_sea:
        items.append(Area(box, Fill(theme.sea)))
    if fill := overlays.fill_of(paint, entry.look):
        items.append(Area(box, fill))
    if entry.hatched or paint.hatch:
        color = paint.fill_color or paint.color or overlays.PLAIN
        items += _hatched(x, y, hatch_of(paint), color, entry.look.strength)
    pen = overlays.stroke_of(paint, entry.look, is_area=True) if entry.outlined else None
    # A tint of the colour of the paper would be no picture at all.
    return [*items, Area(box, None, pen or Stroke(theme.panel.box_edge, 1.05))]


def _mark(entry: Entry, x: float, y: float, theme: Theme) -> list[Item]:
    assert entry.look is not None
    paint = theme.paint(entry.look.paint)
    radius = min(max(overlays.radius_of(paint), _SMALLEST), _LARGEST)
    paint = paint.model_copy(update={"radius": radius})
    return [overlays.mark_of((x + WIDTH / 2, y), entry.look, paint)]


def _of_base(entry: Entry, x: float, y: float, theme: Theme) -> list[Item]:
    box = _box(x, y)
    land = Area(box, Fill(theme.land), Stroke(theme.border.color, 1.05, 0.6))
    tint = theme.contested if entry.hatched else theme.highlight
    items: list[Item] = [land, Area(box, Fill(tint.color, tint.opacity))]
    if entry.hatched:
        items += _hatched(x, y, theme.contested_hatch, theme.border_disputed.color, 1.0)
    return items


def _hatched(x: float, y: float, how: Hatch, color: str, strength: float) -> list[Item]:
    box = shapely.box(x, y - HEIGHT / 2, x + WIDTH, y + HEIGHT / 2)
    pen = Stroke(how.color or color, how.weight, how.opacity * strength)
    turns = (0, 90) if how.cross else (0,)  # a layer counts angles the other way round
    lines = [hatch(box, how.spacing, turn - how.angle, (-x, -y)) for turn in turns]
    return [Line(one, pen) for one in lines if not one.empty]


def _box(x: float, y: float) -> Paths:
    return Paths.box(x, y - HEIGHT / 2, x + WIDTH, y + HEIGHT / 2)
