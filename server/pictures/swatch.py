"""The little pictures of a legend, drawn with the same paints, pens and hatches as the map."""

from functools import lru_cache

from geo.hatch import hatch
from geo.paths import Paths
from geo.scene import Area, Fill, Item, Line, Stroke
from layers.spec import Hatch
from layers.themes import PLAIN, Theme
from server.draw import overlays
from server.draw.hatches import hatch_of
from server.pictures.legend import Entry
from server.pictures.room import Room

WIDTH, HEIGHT = 30.0, 14.0  # px; lower in a key of small letters
_SMALLEST, _LARGEST = 2.5, 0.42  # of a mark: px, and the part of the height


def swatch(entry: Entry, x: float, y: float, theme: Theme, height: float = HEIGHT) -> list[Item]:
    """The picture of an entry; ``x`` is its left side, ``y`` its middle; not higher than usual."""
    room = Room(x, y - min(height, HEIGHT) / 2, x + WIDTH, y + min(height, HEIGHT) / 2)
    if entry.look is None:
        return _of_base(entry, room, theme)
    if entry.form == "line":
        return _line(entry, x, y, theme)
    return _area(entry, room, theme) if entry.form == "area" else _mark(entry, room, theme)


def _line(entry: Entry, x: float, y: float, theme: Theme) -> list[Item]:
    assert entry.look is not None
    pen = overlays.stroke_of(theme.paint(entry.look.paint), entry.look, is_area=False)
    if pen is None:
        return []
    path = Paths.each([[(x, y), (x + WIDTH, y)]])
    band = overlays.band_of(pen, pen.width + overlays.BAND_PX[0])
    return [*([Line(path, band)] if entry.look.loose else []), Line(path, pen)]


def _area(entry: Entry, room: Room, theme: Theme) -> list[Item]:
    assert entry.look is not None
    paint = theme.paint(entry.look.paint)
    box, items = _box(room), list[Item]()
    if entry.at_sea:
        items.append(Area(box, Fill(theme.sea)))
    if fill := overlays.fill_of(paint, entry.look):
        items.append(Area(box, fill))
    if entry.hatched or paint.hatch:
        color = paint.fill_color or paint.color or PLAIN
        items += _hatched(room, hatch_of(paint), color, entry.look.strength)
    pen = overlays.stroke_of(paint, entry.look, is_area=True) if entry.outlined else None
    # A tint of the colour of the paper would be no picture at all.
    return [*items, Area(box, None, pen or Stroke(theme.panel.box_edge, 1.05))]


def _mark(entry: Entry, room: Room, theme: Theme) -> list[Item]:
    assert entry.look is not None
    paint = theme.paint(entry.look.paint)
    radius = min(max(overlays.radius_of(paint), _SMALLEST), _LARGEST * room.height)
    paint = paint.model_copy(update={"radius": radius})
    return [overlays.mark_of(room.middle, entry.look, paint)]


def _of_base(entry: Entry, room: Room, theme: Theme) -> list[Item]:
    box = _box(room)
    land = Area(box, Fill(theme.land), Stroke(theme.border.color, 1.05, 0.6))
    tint = theme.contested if entry.hatched else theme.highlight
    items: list[Item] = [land, Area(box, Fill(tint.color, tint.opacity))]
    if entry.hatched:
        items += _hatched(room, theme.contested_hatch, theme.border_disputed.color, 1.0)
    return items


def _hatched(room: Room, how: Hatch, color: str, strength: float) -> list[Item]:
    pen = Stroke(how.color or color, how.weight, how.opacity * strength)
    turns = (0, 90) if how.cross else (0,)  # a layer counts angles the other way round
    lines = [_lines(WIDTH, round(room.height, 6), how.spacing, turn - how.angle) for turn in turns]
    at = (room.left, room.middle[1])
    return [Line(Paths(one.points + at, one.offsets), pen) for one in lines if not one.empty]


@lru_cache(128)
def _lines(width: float, height: float, spacing: float, angle: float) -> Paths:
    """A hatch of a box around the point from which it is measured: each picture has the same."""
    return hatch(Paths.box(0.0, -height / 2, width, height / 2), spacing, angle)


def _box(room: Room) -> Paths:
    return Paths.box(room.left, room.top, room.right, room.bottom)
