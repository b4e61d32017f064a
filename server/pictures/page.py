"""A whole map on a page: heading above, map, key beside or upon it, credits below."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from geo.paths import Paths
from geo.scene import Area, Fill, Group, Item, Line, Scene, Stroke
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
from server.pictures.layout import Arrangement, Layout
from server.pictures.legend import Chapter
from server.pictures.order import Order
from server.pictures.paragraph import Paragraph, sized
from server.pictures.projection import Globe
from server.pictures.room import Room
from server.pictures.words import word

BAR = 4.0  # px: the dark line along the top of the page
SIDE, TOP, BOTTOM = 20.0, 16.0, 12.0  # px: the margins of texts
TINY = 440.0  # px: a smaller picture says no more than its title, its scale and its sources
FOOT_MOST = 0.3  # of the height of the picture


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
            self.description, self.order.choice.lang, alone=True,
        )  # fmt: skip

    @property
    def description(self) -> str:
        """What somebody is told who does not see the picture."""
        lang = self.order.choice.lang
        return described(self.map, self.layout.key.chapters, self.layout.extent, lang)

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
        arrangement = Arrangement(
            self.drawing, self.map, self.order, self.choice, self.body, self.tiny
        )
        return arrangement.layout()

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
            made[0] = Paragraph.of(
                self.drawing.fonts, elsewhere(self.map, self.order.choice.lang), letters, width
            )
        return made

    @cached_property
    def body(self) -> Room:
        """What is left between heading and credits."""
        foot = sum(one.height for one in self.foot) + 2 * BOTTOM
        top = BAR + TOP + self.heading.height + TOP * 0.75
        return Room(0, round(top), self.order.width, self.order.height - round(foot))

    @property
    def tiny(self) -> bool:
        """Whether there is no room for a legend and a description."""
        return min(self.order.width, self.order.height) < TINY

    def _items(self) -> list[Item]:
        layout = self.layout
        taken = [*([layout.key_room] if layout.upon else []), *self._arrow_room]
        globe = isinstance(layout.extent.projection, Globe)
        choice = self.choice
        paper = self.theme.panel.paper
        shown = Cartouche(self.drawing, self.map, layout.extent, choice, tuple(taken), around=paper)
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
        right, low = room.right - near - ARROW, room.bottom - near - ARROW
        left, high = room.left + near, room.top + near
        corners = [(right, high), (left, high), (right, low), (left, low)]
        rooms = [Room(x, y, x + ARROW, y + ARROW) for x, y in corners]
        free = [one for one in rooms if not (layout.upon and one.meets(layout.key_room))]
        return [min(free, key=lambda one: (layout.visible.cover(one), rooms.index(one)))]

    def _arrow(self) -> Sequence[Item]:
        extent = self.layout.extent
        at = (room.middle for room in self._arrow_room)
        return [item for x, y in at for item in arrow(extent, x, y, self.theme, self.choice.lang)]


def described(map: MapSpec, shown: Sequence[Chapter], extent: Extent, lang: str) -> str:
    """A map in words: its description, what the legend names, and the projection."""
    parts = [
        f"{chapter.title}: {'; '.join(entry.label for entry in chapter.entries)}."
        for chapter in shown
    ]
    legend = f" {word('legend', lang)} {' '.join(parts)}" if parts else ""
    return f"{word('map', lang)} {text_of(map)}{legend} {extent.projection.titled(lang)}."


def _filled(room: Room, color: str) -> Area:
    return Area(Paths.box(room.left, room.top, room.right, room.bottom), Fill(color))
