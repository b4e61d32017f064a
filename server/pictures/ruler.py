"""The scale bar of a picture: two halves, and the latitude along which it is true."""

from dataclasses import dataclass

import numpy as np

from geo.paths import Paths
from geo.scalebar import ScaleBar, scale_bar
from geo.scene import Area, Fill, Item, Stroke, Text
from layers.themes import Theme
from server.pictures.extent import Extent
from server.pictures.projection import Globe
from server.pictures.words import latitude_text, length_text, word
from server.words import number_text

LONGEST_PX = 150.0
HEIGHT = 37.0
_BAR = 4.5
_ROOMY = 42.0  # px: a half that is shorter has no number
_COARSE, _FINE = 4.0, 0.5  # degrees of latitude in a map: then tenths, and hundredths, are named


@dataclass(frozen=True)
class Ruler:
    """The bar and where it holds."""

    bar: ScaleBar
    theme: Theme
    lang: str

    @classmethod
    def of(cls, extent: Extent, theme: Theme, lang: str, longest: float = LONGEST_PX) -> "Ruler":
        """The bar for a map: measured in its middle, on a map of the pole halfway to its edge."""
        lon, lat = place_of_scale(extent)
        return cls(scale_bar(extent.pixels, lon, lat, longest), theme, lang)

    @property
    def width(self) -> float:
        """Of the bar and the text that stands out on both sides."""
        return self.bar.length_px + 30

    @property
    def label(self) -> str:
        """Where the bar is true."""
        return word("along", self.lang, latitude=latitude_text(self.bar.latitude, self.lang))

    def items(self, x: float, top: float) -> list[Item]:
        """The bar with its left end at ``x``."""
        y, half = top + 14, self.bar.length_px / 2
        ink = self.theme.letters_of("scale").color
        edge = Stroke(ink, 1.05, join="miter")
        return [
            Area(Paths.box(x, y, x + 2 * half, y + _BAR), Fill("#ffffff"), edge),
            Area(Paths.box(x, y, x + half, y + _BAR), Fill(ink)),
            self._text(x, y - 4, "0", "start"),
            *([self._text(x + half, y - 4, self._half, "middle")] if half > _ROOMY else []),
            self._text(x + 2 * half, y - 4, length_text(self.bar.length_m, self.lang), "middle"),
            self._text(x, y + _BAR + 13, self.label, "start"),
        ]

    @property
    def _half(self) -> str:
        """The half in the unit of the whole."""
        unit = 1000 if self.bar.length_m >= 1000 else 1
        return number_text(self.bar.length_m / 2 / unit, self.lang)

    def _text(self, x: float, y: float, text: str, anchor: str) -> Text:
        letters = self.theme.letters_of("scale")
        return Text(x, y, text, letters.type, letters.color, anchor)  # type: ignore[arg-type]


def place_of_scale(extent: Extent) -> tuple[float, float]:
    """Longitude and (round) latitude of the place where the scale is measured."""
    if isinstance(extent.projection, Globe) and extent.pole is not None:
        centre = extent.projection.formulas
        return centre.lon0, float(round(centre.lat0))
    lon, lat = _place(extent, 0.5)
    if lat > 80 or not np.isfinite(lat):
        lon, lat = _place(extent, 0.75)
    lats = extent.seen[:, 1]
    span = float(np.ptp(lats))
    decimals = 0 if span > _COARSE else 1 if span > _FINE else 2
    return lon, float(np.clip(round(lat, decimals), -89, 89))


def _place(extent: Extent, down: float) -> tuple[float, float]:
    """The place in the middle of the room, so far ``down`` of its height."""
    room = extent.room
    at = np.array([[room.middle[0], room.top + down * room.height]])
    lon, lat = extent.places(at)[0].tolist()
    return lon, lat
