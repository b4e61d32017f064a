"""The small picture of a map in a list of maps: the map alone, its names as large as text.

Title, sources and scale stand elsewhere on that page, so none of them is on the picture.
"""

from dataclasses import dataclass

from geo.paths import Paths
from geo.scene import Area, Fill, Group, Item, Scene
from layers.maps import MapSpec
from layers.themes import Theme
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.pictures.aim import aimed
from server.pictures.cartouche import Cartouche
from server.pictures.crs import automatic
from server.pictures.extent import Extent
from server.pictures.order import Order
from server.pictures.page import described
from server.pictures.room import Room

WIDTH, HEIGHT, SCALE = 400, 210, 2.0


@dataclass(frozen=True)
class Preview:
    """A map in 400 × 210 px, as the card of a link shows it."""

    drawing: Drawing
    map: MapSpec
    choice: Choice

    def scene(self) -> Scene:
        """The picture, to be drawn at `SCALE`."""
        space = self.theme.space
        said = described(self.map, (), self.extent, self.choice.lang)
        items: list[Item] = [
            Area(Paths.box(0, 0, WIDTH, HEIGHT), Fill(space)),
            Group(self._map(space), id="map", title=self.map.title),
        ]
        return Scene(WIDTH, HEIGHT, items, space, self.map.title, said, self.choice.lang)

    def _map(self, space: str) -> list[Item]:
        shown = Cartouche(
            self.drawing, self.map, self.extent, self.choice, degrees=False, around=space
        )
        return shown.items()

    @property
    def theme(self) -> Theme:
        return self.drawing.themes[self.choice.theme]

    @property
    def extent(self) -> Extent:
        """What the card of the map shows, in all of the room; of a globe one would see little."""
        chosen = [one for one in (self.map.card, self.map.picture) if one and one.crs != "globe"]
        picture = chosen[0] if chosen else automatic(self.map)
        shown = self.map.model_copy(update={"picture": picture})
        order = Order("png", WIDTH, HEIGHT, crs=(picture.crs, None), choice=self.choice)
        return aimed(shown, order, Room(0, 0, WIDTH, HEIGHT))
