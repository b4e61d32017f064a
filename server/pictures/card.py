"""The picture that a link to a map shows: 1200 × 630 px, a title that is read small, few words.

It is composed in two thirds of its size and drawn 1.5 times as large, so that names can be read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from geo.paths import Paths
from geo.scene import Area, Fill, Group, Item, Scene, Stroke
from layers.maps import MapSpec, Picture
from layers.themes import Theme
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.pictures.aim import aimed
from server.pictures.cartouche import Cartouche
from server.pictures.crs import automatic
from server.pictures.extent import Extent
from server.pictures.order import Order
from server.pictures.page import described
from server.pictures.paragraph import Paragraph, sentences, sized
from server.pictures.room import Room
from server.pictures.ruler import Ruler
from server.pictures.visible import Visible

WIDTH, HEIGHT, SCALE = 800, 420, 1.5
EDGE = 18.0  # px: from the edge of the card to its panel
PANEL, PADDING, BAR = 298.0, 13.0, 4.0  # px: width of the panel, its margins, its coloured bar
TITLES = (28.0, 25.0, 22.0, 19.0)  # px: the largest that makes at most three lines is taken
TITLE_LINES, TEXT_LINES, TEXT_SIZE = 3, 4, 12.8
LONGEST_TITLE = 7  # lines, in the smallest size
SMALL = 9.0  # px: of the credits
PLAIN = Choice()


@dataclass(frozen=True)
class Card:
    """The card of a map."""

    drawing: Drawing
    map: MapSpec
    choice: Choice = PLAIN

    def scene(self) -> Scene:
        """The picture, to be drawn at `SCALE`."""
        said = described(self.map, (), self.extent, self.choice.lang)
        return Scene(
            WIDTH,
            HEIGHT,
            self._items(),
            self.theme.panel.paper,
            self.map.title,
            said,
            self.choice.lang,
            alone=True,
        )

    @property
    def theme(self) -> Theme:
        return self.drawing.themes[self.choice.theme]

    @property
    def picture(self) -> Picture:
        """How the card shows its map."""
        return self.map.card or automatic(self.map)

    @property
    def globe(self) -> bool:
        """Whether the map is a globe beside the title; else it fills the card below the panel."""
        return self.picture.crs == "globe"

    @cached_property
    def extent(self) -> Extent:
        """The map, with what it is about in the larger part that the panel leaves."""
        shown = self.map.model_copy(update={"picture": self.picture})
        order = Order("png", WIDTH, HEIGHT, crs=(self.picture.crs, None), choice=self.choice)
        tried = [aimed(shown, order, room) for room in self._free]
        best = max(tried, key=lambda one: one.scale)
        return best if self.globe else replace(best, room=Room(0, 0, WIDTH, HEIGHT))

    @property
    def _free(self) -> list[Room]:
        right = Room(EDGE + PANEL, 0, WIDTH, HEIGHT)
        below = Room(0, self.panel.bottom, WIDTH, HEIGHT)
        return [right] if self.globe or below.height < 80 else [right, below]

    @cached_property
    def panel(self) -> Room:
        """The box of the title."""
        inner = 2 * PADDING + self.title.height + 5 + self.text.height
        return Room(EDGE, EDGE, EDGE + PANEL, EDGE + inner)

    @cached_property
    def title(self) -> Paragraph:
        letters, width = self.theme.letters_of("title"), PANEL - 2 * PADDING - BAR
        for size in TITLES:
            face = sized(letters, size)
            made = Paragraph.of(self.drawing.fonts, self.map.title, face, width, LONGEST_TITLE)
            if len(made.lines) <= TITLE_LINES:
                break
        return made.set(1.12)

    @cached_property
    def text(self) -> Paragraph:
        letters = sized(self.theme.letters_of("subtitle"), TEXT_SIZE)
        said, width = self.map.summary or self.map.description, PANEL - 2 * PADDING - BAR
        return sentences(self.drawing.fonts, said, letters, width, TEXT_LINES).set(1.32)

    def _items(self) -> list[Item]:
        """Map, panel, scale bar, credits."""
        taken = (self.panel, self._credit_room, *([] if self.globe else [self._ruler_room]))
        space = Area(Paths.box(0, 0, WIDTH, HEIGHT), Fill(self.theme.space))
        shown = Cartouche(
            self.drawing, self.map, self.extent, self.choice, taken, degrees=False,
            around=self.theme.space,
        )  # fmt: skip
        return [
            space,
            Group(shown.items(), id="map", title=self.map.title),
            Group([*self._panel(), *self._furniture()], id="page"),
        ]

    def _panel(self) -> Iterator[Item]:
        room, panel = self.panel, self.theme.panel
        if not self.globe:
            box = Paths.box(room.left, room.top, room.right, room.bottom)
            yield Area(box, Fill(panel.box), Stroke(panel.box_edge, 1.05, 0.6, join="miter"))
        yield Area(Paths.box(room.left, room.top, room.left + BAR, room.bottom), Fill(panel.accent))
        x, y = room.left + BAR + PADDING, room.top + PADDING - 2
        yield from self.title.items(x, y)
        yield from self.text.items(x, y + self.title.height + 5)

    def _furniture(self) -> Iterator[Item]:
        room = self._credit_room
        if not self.globe:
            box = self._ruler_room
            yield self._veil(box)
            yield from self._ruler.items(box.left + 10, box.top + 2)
            yield self._veil(room)
        yield from self._credit.items(room.left + 5, room.top + 2)

    def _veil(self, room: Room) -> Item:
        box = Paths.box(room.left, room.top, room.right, room.bottom)
        return Area(box, Fill(self.theme.panel.box, 0.75))

    @cached_property
    def _ruler(self) -> Ruler:
        return Ruler.of(self.extent, self.theme, self.choice.lang, 110.0)

    @cached_property
    def _ruler_room(self) -> Room:
        """Where the bar hides the least of the two lower corners and the upper right one."""
        ruler, letters = self._ruler, self.theme.letters_of("scale")
        below = Paragraph.of(self.drawing.fonts, ruler.label, letters, WIDTH).width
        wide, high = max(ruler.bar.length_px + 34, below + 20), 38.0
        right, low = WIDTH - EDGE - wide, HEIGHT - EDGE - high
        corners = [(right, low), (right, EDGE), (EDGE, low - 18)]
        rooms = [Room(x, y, x + wide, y + high) for x, y in corners]
        visible = Visible(self.drawing, self.map, self.extent, self.choice)
        return min(rooms, key=lambda one: (visible.cover(one), rooms.index(one)))

    @cached_property
    def _credit(self) -> Paragraph:
        letters = sized(self.theme.letters_of("sources"), SMALL)
        said = f"marchland · {self.extent.projection.titled(self.choice.lang).split(' (')[0]}"
        return Paragraph.of(self.drawing.fonts, said, letters, WIDTH / 2)

    @property
    def _credit_room(self) -> Room:
        top = HEIGHT - EDGE + 1 - self._credit.height
        return Room(EDGE - 5, top - 2, EDGE + 5 + self._credit.width, top + self._credit.height + 2)
