"""Where the key of a page goes, and with it how much room its map has."""

from dataclasses import dataclass, replace
from functools import cached_property

from layers.maps import MapSpec
from layers.themes import Theme
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.pictures.aim import aimed
from server.pictures.extent import Extent
from server.pictures.key import Key
from server.pictures.legend import Chapter, chapters
from server.pictures.order import Order
from server.pictures.room import Room
from server.pictures.ruler import Ruler
from server.pictures.visible import Visible

UPON = 12.0  # px between the key that lies on a map and the map's edge
KEY_WIDTH = 228.0  # px: of a key upon the map
UPON_MOST = (0.34, 0.52)  # of the map's width and height: how large a key may lie upon it
HIDES = 600.0  # what a key upon the map may hide: see `Visible.cover`
BESIDE = (  # width in px, columns, size of letters of a key beside the map
    (262, 1, 1.0),
    (262, 1, 0.92),
    (292, 1, 0.87),
    (420, 2, 0.87),
    (470, 2, 0.85),
    (450, 2, 0.78),
)
NARROW = 640.0  # px: a page that is narrower has its key below the map
COLUMN = 240.0  # px: how wide a column of a key below the map is at least
BELOW_MOST = 0.55  # of the height that map and key have together
SMALL = 0.92  # the size of letters of a key below the map
Legend = tuple[Chapter, ...]


@dataclass(frozen=True)
class Layout:
    """Where the key is, and what is to be seen of the map that leaves it its room."""

    visible: Visible
    key: Key
    at: tuple[float, float]
    upon: bool

    @property
    def extent(self) -> Extent:
        return self.visible.extent

    @property
    def key_room(self) -> Room:
        return self.key.room(*self.at)


@dataclass(frozen=True)
class Arrangement:
    """A map and its key in the ``body`` of a page; ``bare`` leaves only the scale of the key."""

    drawing: Drawing
    map: MapSpec
    order: Order
    choice: Choice
    body: Room
    bare: bool

    def layout(self) -> Layout:
        """The key upon the map where it is small and hides nothing; else beside or below it."""
        return self._upon() or self._beside()

    @property
    def theme(self) -> Theme:
        return self.drawing.themes[self.choice.theme]

    def _upon(self) -> Layout | None:
        room, visible = self.body, self._whole
        key = self._key(visible, self._legend, KEY_WIDTH)
        if self.bare:
            key = replace(key, width=key.ruler.width + 20)
        most_wide, most_high = UPON_MOST[0] * room.width, UPON_MOST[1] * room.height
        if not self.bare and (key.width > most_wide or key.height > most_high):
            return None
        hidden = [visible.cover(key.room(*self._corner(key, number))) for number in range(4)]
        best = min(range(4), key=lambda n: (hidden[n], n))
        if hidden[best] > HIDES and not self.bare:
            return None
        seen = self._visible(room)
        key = replace(key, chapters=self._chapters(seen))
        return Layout(seen, key, self._corner(key, best), True)

    def _corner(self, key: Key, number: int) -> tuple[float, float]:
        """Where a key lies in a corner of the map: lower left and right, upper left and right."""
        room = self.body
        x = (room.left + UPON, room.right - UPON - key.width)[number % 2]
        y = (room.bottom - UPON - key.height, room.top + UPON)[number // 2]
        return x, y

    def _beside(self) -> Layout:
        """Beside the map, in the largest letters that fit; on a tall or narrow page below it."""
        body = self.body
        if self.order.width < NARROW or body.height > 1.3 * body.width:
            return self._below()
        legend, seen = self._legend, self._whole
        for _ in range(2):  # with less room another thing may be seen, or one less
            key = self._fitting(seen, legend)
            seen = self._visible(replace(body, right=body.right - key.width))
            legend = self._chapters(seen)
            key = replace(key, chapters=legend, ruler=self._ruler(seen, key.width))
            if key.height <= body.height or key.size == BESIDE[-1][2]:
                break
        at = (seen.extent.room.right, seen.extent.room.top)
        return Layout(seen, key.within(body.height), at, False)

    def _fitting(self, seen: Visible, legend: Legend) -> Key:
        """The first of the keys beside a map that is not too high, else the last."""
        for width, columns, size in BESIDE:
            key = self._key(seen, legend, min(width, self.body.width / 2), columns, size)
            if key.height <= self.body.height:
                break
        return key

    def _below(self) -> Layout:
        body, columns = self.body, max(1, int(self.body.width / COLUMN))
        wanted = self._key(self._whole, self._legend, body.width, columns, SMALL).height
        high = min(wanted, body.height * BELOW_MOST)
        room = replace(body, bottom=body.bottom - high)
        visible = self._visible(room)
        key = self._key(visible, self._chapters(visible), body.width, columns, SMALL)
        return Layout(visible, key.within(high), (room.left, room.bottom), False)

    @cached_property
    def _whole(self) -> Visible:
        """What is about to be seen where the map has all of the page's body."""
        return self._visible(self.body)

    def _visible(self, room: Room) -> Visible:
        extent = replace(aimed(self.map, self.order, room), rough=self.order.rough)
        return Visible(self.drawing, self.map, extent, self.choice)

    @cached_property
    def _legend(self) -> Legend:
        return self._chapters(self._whole)

    def _chapters(self, visible: Visible) -> Legend:
        return () if self.bare else tuple(chapters(visible))

    def _key(
        self, visible: Visible, legend: Legend, width: float, columns: int = 1, size: float = 1.0
    ) -> Key:
        ruler = self._ruler(visible, width)
        fonts, broken = self.drawing.fonts, self.drawing.broken()
        return Key(legend, ruler, self.theme, fonts, width, columns, size, broken)

    def _ruler(self, visible: Visible, width: float) -> Ruler:
        return Ruler.of(visible.extent, self.theme, self.choice.lang, min(150.0, width - 60))
