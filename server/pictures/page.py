"""A whole map on a page: heading above, map, key beside or upon it, credits below."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from geo.scene import Area, Fill, Group, Item, Line, Paths, Scene, Stroke
from layers.maps import MapSpec
from layers.themes import Theme
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.draw.order import drawn
from server.pictures.aim import aimed
from server.pictures.cartouche import Cartouche
from server.pictures.compass import SIZE as ARROW
from server.pictures.compass import arrow
from server.pictures.credits import credit_lines, elsewhere
from server.pictures.crs import automatic
from server.pictures.extent import Extent
from server.pictures.heading import Heading, text_of
from server.pictures.key import Key
from server.pictures.legend import Chapter, chapters
from server.pictures.order import Order
from server.pictures.paragraph import Paragraph, sized
from server.pictures.projection import Globe
from server.pictures.room import Room
from server.pictures.ruler import Ruler
from server.pictures.visible import Visible

BAR = 4.0  # px: the dark line along the top of the page
SIDE, TOP, BOTTOM = 20.0, 16.0, 12.0  # px: the margins of texts
UPON = 12.0  # px between the key that lies on a map and the map's edge
KEY_WIDTH = 228.0  # px: of a key upon the map
BESIDE = ((262, 1, 1.0), (262, 1, 0.92), (292, 1, 0.87), (430, 2, 0.92), (470, 2, 0.85))
BELOW_MOST = 0.55  # of the height that map and key have together
TINY = 440.0  # px: a smaller picture says no more than its title, its scale and its sources
FOOT_MOST = 0.3  # of the height of the picture
UPON_MOST = (0.34, 0.52)  # of the map's width and height: how large a key may lie upon it
HIDES = 600.0  # what a key upon the map may hide: see `Visible.cover`
NARROW = 640.0  # px: a page that is narrower has its key below the map
COLUMN = 240.0  # px: how wide a column of a key below the map is at least


@dataclass(frozen=True)
class Layout:
    """Where the key is, and the extent of the map that leaves it its room."""

    extent: Extent
    key: Key
    at: tuple[float, float]
    upon: bool

    @property
    def key_room(self) -> Room:
        return self.key.room(*self.at)


@dataclass(frozen=True)
class Page:
    """A map as it was ordered. Raises `BadParameter` for what cannot be shown."""

    drawing: Drawing
    map: MapSpec
    order: Order

    def scene(self) -> Scene:
        """The picture."""
        width, height = self.order.width, self.order.height
        return Scene(
            width, height, self._items(), self.theme.panel.paper, self.map.title,
            self.description, "en",
        )  # fmt: skip

    @property
    def description(self) -> str:
        """What somebody is told who does not see the picture."""
        return described(self.map, self.layout.key.chapters, self.layout.extent)

    @property
    def theme(self) -> Theme:
        return self.drawing.themes[self.order.choice.theme]

    @cached_property
    def choice(self) -> Choice:
        """What is asked for, and what the picture of this map has from the start."""
        picture = automatic(self.map)
        return replace(self.order.choice, shown=picture.shown)

    @cached_property
    def layout(self) -> Layout:
        """The key upon the map where it is small and hides nothing; else beside or below it."""
        return self._upon() or self._beside()

    @cached_property
    def heading(self) -> Heading:
        width = self.order.width - 2 * SIDE
        made = Heading.of(self.map, self.theme, self.drawing.fonts, width)
        return made.bare() if self.tiny else made

    @cached_property
    def foot(self) -> list[Paragraph]:
        """The credits, in two paragraphs."""
        whole = Room(0, 0, self.order.width, self.order.height)
        projection = aimed(self.map, self.order, whole).projection
        shown = drawn(self.drawing, self.map, self.choice)
        labels = [one for one in self.map.shown(self.drawing.catalogue) if one not in shown]
        used = [*shown, *(one for one in labels if one.spec.role == "labels")]
        letters, width = self.theme.letters_of("sources"), self.order.width - 2 * SIDE
        if self.tiny:
            letters = sized(letters, 8.5)
        sources, rest = credit_lines(used, projection, self.order)
        made = [Paragraph.of(self.drawing.fonts, one, letters, width) for one in (sources, rest)]
        if sum(one.height for one in made) > FOOT_MOST * self.order.height:
            made[0] = Paragraph.of(self.drawing.fonts, elsewhere(self.map), letters, width)
        return made

    @cached_property
    def body(self) -> Room:
        """What is left between heading and credits."""
        foot = sum(one.height for one in self.foot) + 2 * BOTTOM
        top = BAR + TOP + self.heading.height + TOP * 0.75
        return Room(0, round(top), self.order.width, self.order.height - round(foot))

    def _upon(self) -> Layout | None:
        room = self.body
        extent = aimed(self.map, self.order, room)
        key = self._key(extent, KEY_WIDTH)
        if self.tiny:
            key = replace(key, width=key.ruler.width + 20)
        most_wide, most_high = UPON_MOST[0] * room.width, UPON_MOST[1] * room.height
        if not self.tiny and (key.width > most_wide or key.height > most_high):
            return None
        visible = Visible(self.drawing, self.map, extent, self.choice)
        right, low = room.right - UPON - key.width, room.bottom - UPON - key.height
        left, high = room.left + UPON, room.top + UPON
        corners = [(left, low), (right, low), (left, high), (right, high)]
        hidden = [visible.cover(key.room(*corner)) for corner in corners]
        best = min(range(4), key=lambda n: (hidden[n], n))
        return (
            Layout(extent, key, corners[best], True) if hidden[best] <= HIDES or self.tiny else None
        )

    def _beside(self) -> Layout:
        if self.order.width < NARROW or self.body.height > 1.3 * self.body.width:
            return self._below()
        for width, columns, size in BESIDE:
            layout = self._column(min(width, self.body.width / 2), columns, size)
            if layout.key.height <= self.body.height:
                return layout
        return replace(layout, key=layout.key.within(self.body.height))

    def _column(self, width: float, columns: int, size: float) -> Layout:
        room = replace(self.body, right=self.body.right - width)
        extent = aimed(self.map, self.order, room)
        key = self._key(extent, width, columns, size)
        return Layout(extent, key, (room.right, room.top), False)

    def _below(self) -> Layout:
        body, columns = self.body, max(1, int(self.body.width / COLUMN))
        wanted = self._key(aimed(self.map, self.order, body), body.width, columns, 0.92).height
        high = min(wanted, body.height * BELOW_MOST)
        room = replace(body, bottom=body.bottom - high)
        extent = aimed(self.map, self.order, room)
        key = self._key(extent, body.width, columns, 0.92).within(high)
        return Layout(extent, key, (room.left, room.bottom), False)

    def _key(self, extent: Extent, width: float, columns: int = 1, size: float = 1.0) -> Key:
        visible = Visible(self.drawing, self.map, extent, self.choice)
        ruler = Ruler.of(extent, self.theme, self.choice.lang, min(150.0, width - 60))
        legend = () if self.tiny else tuple(chapters(visible))
        return Key(legend, ruler, self.theme, self.drawing.fonts, width, columns, size)

    @property
    def tiny(self) -> bool:
        """Whether there is no room for a legend and a description."""
        return min(self.order.width, self.order.height) < TINY

    def _items(self) -> list[Item]:
        layout = self.layout
        taken = [*([layout.key_room] if layout.upon else []), *self._arrow_room]
        globe = isinstance(layout.extent.projection, Globe)
        choice = self.choice
        shown = Cartouche(self.drawing, self.map, layout.extent, choice, tuple(taken))
        space = _filled(layout.extent.room, self.theme.space if globe else self.theme.sea)
        key = layout.key.items(*layout.at)
        return [
            Group([space, *shown.items()], id="map", title=self.map.title),
            *self._arrow(),
            Group([*([layout.key.ground(*layout.at)] if layout.upon else []), *key], id="key"),
            Group([*self._rules(), *self._texts()], id="page"),
        ]

    def _texts(self) -> list[Item]:
        items = self.heading.items(SIDE, BAR + TOP)
        top = self.body.bottom + BOTTOM
        for paragraph in self.foot:
            items += paragraph.items(SIDE, top)
            top += paragraph.height
        return items

    def _rules(self) -> list[Item]:
        """The bar along the top, and the lines around the map."""
        room, width = self.layout.extent.room, float(self.order.width)
        low = self.body.bottom
        ends = [[(0, room.top), (width, room.top)], [(0, low), (width, low)]]
        if room.right < width:
            ends.append([(room.right, room.top), (room.right, self.body.bottom)])
        if room.bottom < self.body.bottom:
            ends.append([(0, room.bottom), (width, room.bottom)])
        pen = Stroke(self.theme.panel.rule, 1.05)
        bar = _filled(Room(0, 0, width, BAR), self.theme.panel.ink)
        return [bar, Line(Paths.each(ends), pen)]

    @cached_property
    def _arrow_room(self) -> list[Room]:
        """Where the arrow stands: at the corner that is most free; none on a map of the pole."""
        layout = self.layout
        extent, room, near = layout.extent, layout.extent.room, 14.0
        if extent.pole is not None:
            return []
        visible = Visible(self.drawing, self.map, extent, self.choice)
        right, low = room.right - near - ARROW, room.bottom - near - ARROW
        left, high = room.left + near, room.top + near
        corners = [(right, high), (left, high), (right, low), (left, low)]
        rooms = [Room(x, y, x + ARROW, y + ARROW) for x, y in corners]
        free = [one for one in rooms if not (layout.upon and one.meets(layout.key_room))]
        return [min(free, key=lambda one: (visible.cover(one), rooms.index(one)))]

    def _arrow(self) -> Sequence[Item]:
        extent = self.layout.extent
        at = (room.middle for room in self._arrow_room)
        return [item for x, y in at for item in arrow(extent, x, y, self.theme)]


def described(map: MapSpec, shown: Sequence[Chapter], extent: Extent) -> str:
    """A map in words: its description, what the legend names, and the projection."""
    parts = [
        f"{chapter.title}: {'; '.join(entry.label for entry in chapter.entries)}."
        for chapter in shown
    ]
    legend = f" Legend. {' '.join(parts)}" if parts else ""
    return f"Map. {text_of(map)}{legend} {extent.projection.title}."


def _filled(room: Room, color: str) -> Area:
    return Area(Paths.box(room.left, room.top, room.right, room.bottom), Fill(color))
