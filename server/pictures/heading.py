"""The title of a picture and what it says below."""

from dataclasses import dataclass, replace
from typing import Self

from geo.scene import Item
from geo.shaping import Fonts
from layers.maps import MapSpec
from layers.themes import Theme
from server.pictures.paragraph import Paragraph, sentences, sized

GAP = 5.0
FULL_PX = 1100.0  # from this width on titles have their full size
SMALLEST = 0.62  # of the full size
TITLE_LINES, TEXT_LINES = 2, 3


def text_of(map: MapSpec) -> str:
    """What the picture says of its map."""
    return (map.picture and map.picture.text) or map.description


@dataclass(frozen=True)
class Heading:
    """Title and description, one below the other."""

    title: Paragraph
    text: Paragraph

    @classmethod
    def of(cls, map: MapSpec, theme: Theme, fonts: Fonts, width: float) -> Self:
        """The heading in lines of ``width`` px."""
        part = max(SMALLEST, min(1.0, width / FULL_PX))
        title, text = theme.letters_of("title"), theme.letters_of("subtitle")
        small = sized(text, max(10.5, round(text.size * part, 1)))
        big = sized(title, round(title.size * part, 1))
        return cls(
            Paragraph.of(fonts, map.title, big, width, TITLE_LINES).set(1.2),
            sentences(fonts, text_of(map), small, min(width, 72 * small.size), TEXT_LINES),
        )

    def bare(self) -> Self:
        """The title alone."""
        return replace(self, text=replace(self.text, lines=()))

    @property
    def height(self) -> float:
        """Of both, px."""
        return self.title.height + GAP + self.text.height

    def items(self, x: float, top: float) -> list[Item]:
        """The texts with their left side at ``x``."""
        return [*self.title.items(x, top), *self.text.items(x, top + self.title.height + GAP)]
