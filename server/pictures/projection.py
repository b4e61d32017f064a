"""The projections of pictures, each drawn from one of the stored planes.

A projection takes degrees, and points of its plane, to its own metres: x to the right, y up.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from geo.conic import Conic
from geo.orthographic import Orthographic
from geo.paths import Points
from geo.plane import EQUAL_AREA, MERCATOR, WORLD, Plane
from server.pictures.words import latitude_text, longitude_text
from server.speech import ENGLISH, speech

HAIR = 0.02  # of the radius: chords of shapes cut at the edge of a globe reach so far behind it


class Projection(Hashable, Protocol):
    """``bent`` says that straight lines of the plane are curves here; ``title`` what it is."""

    @property
    def plane(self) -> Plane: ...
    @property
    def bent(self) -> bool: ...
    @property
    def title(self) -> str: ...

    def titled(self, lang: str) -> str: ...
    def forward(self, lonlat: Points) -> Points: ...
    def inverse(self, metres: Points) -> Points: ...
    def from_plane(self, points: Points) -> Points: ...
    def to_plane(self, metres: Points) -> Points: ...


@dataclass(frozen=True, slots=True)
class Mercator:
    """EPSG:3857 with longitudes that run on to both sides of ``lon0``."""

    lon0: float
    plane: Plane = field(default=MERCATOR, init=False)
    bent: bool = field(default=False, init=False)

    @property
    def title(self) -> str:
        return self.titled(ENGLISH)

    def titled(self, lang: str) -> str:
        """What it is in a language."""
        return speech(lang).gettext("Mercator projection (EPSG:3857)")

    def forward(self, lonlat: Points) -> Points:
        """The place within half a turn of ``lon0``."""
        lon = self.lon0 + (lonlat[:, 0] - self.lon0 + 180) % 360 - 180
        return self.plane.forward(np.column_stack([lon, lonlat[:, 1]]))

    def inverse(self, metres: Points) -> Points:
        """Degrees; longitudes run on."""
        return self.plane.inverse(metres)

    def from_plane(self, points: Points) -> Points:
        return points

    def to_plane(self, metres: Points) -> Points:
        return metres

    @property
    def widest(self) -> float:
        """Metres once around the world."""
        return float(WORLD)


@dataclass(frozen=True, slots=True)
class Polar:
    """A polar plane turned so that the meridian ``lon0`` runs down from the pole.

    ``code`` is the EPSG code that was asked for, whose scale a picture does not depend on.
    """

    plane: Plane
    lon0: float
    code: int | None = None
    bent: bool = field(default=False, init=False)

    @property
    def title(self) -> str:
        return self.titled(ENGLISH)

    def titled(self, lang: str) -> str:
        """What it is in a language."""
        say, meridian = speech(lang).gettext, longitude_text(self.lon0, lang)
        if self.plane is EQUAL_AREA:
            said = say(
                "Lambert azimuthal equal-area projection ({code}central meridian {meridian})"
            )
        else:
            said = say("Polar stereographic projection ({code}central meridian {meridian})")
        return said.format(code=f"EPSG:{self.code}, " if self.code else "", meridian=meridian)

    def forward(self, lonlat: Points) -> Points:
        return self.from_plane(self.plane.forward(lonlat))

    def inverse(self, metres: Points) -> Points:
        return self.plane.inverse(self.to_plane(metres))

    def from_plane(self, points: Points) -> Points:
        return _turned(points, -self.lon0)

    def to_plane(self, metres: Points) -> Points:
        return _turned(metres, self.lon0)


@dataclass(frozen=True, slots=True)
class Globe:
    """The globe from far away; made point by point from the equal-area plane."""

    formulas: Orthographic
    plane: Plane = field(default=EQUAL_AREA, init=False)
    bent: bool = field(default=True, init=False)

    @property
    def title(self) -> str:
        return self.titled(ENGLISH)

    def titled(self, lang: str) -> str:
        """What it is in a language."""
        north, east = self.formulas.lat0, self.formulas.lon0
        place = f"{latitude_text(north, lang)}, {longitude_text(east, lang)}"
        said = speech(lang).gettext("Globe in orthographic projection, seen from above {place}")
        return said.format(place=place)

    def forward(self, lonlat: Points) -> Points:
        """What lies behind the edge lands in front of it."""
        return self.formulas.forward(lonlat)

    def inverse(self, metres: Points) -> Points:
        """Degrees; NaN outside the globe."""
        return self.formulas.inverse(metres)

    def from_plane(self, points: Points) -> Points:
        """NaN for what lies clearly behind the edge: nothing of it may be drawn."""
        lonlat = self.plane.inverse(points)
        behind = ~self.formulas.facing(lonlat, HAIR)
        metres = self.formulas.forward(lonlat)
        metres[behind] = np.nan
        return metres

    def to_plane(self, metres: Points) -> Points:
        return self.plane.forward(self.formulas.inverse(metres))


@dataclass(frozen=True)
class Regional:
    """The conformal conic of a region, made point by point from Mercator."""

    formulas: Conic
    plane: Plane = field(default=MERCATOR, init=False)
    bent: bool = field(default=True, init=False)

    @property
    def title(self) -> str:
        return self.titled(ENGLISH)

    def titled(self, lang: str) -> str:
        """What it is in a language."""
        say, meridian = speech(lang).gettext, longitude_text(self.formulas.lon0, lang)
        south, north = (latitude_text(lat, lang) for lat in self.formulas.parallels)
        if south == north:
            said = say(
                "Lambert conformal conic projection "
                "(standard parallel {south}, meridian {meridian})"
            )
        else:
            said = say(
                "Lambert conformal conic projection "
                "(standard parallels {south} and {north}, meridian {meridian})"
            )
        return said.format(south=south, north=north, meridian=meridian)

    def forward(self, lonlat: Points) -> Points:
        return self.formulas.forward(lonlat)

    def inverse(self, metres: Points) -> Points:
        """Degrees; longitudes run on to both sides of the middle meridian."""
        lonlat = self.formulas.inverse(metres)
        lon0 = self.formulas.lon0
        lonlat[:, 0] = lon0 + (lonlat[:, 0] - lon0 + 180) % 360 - 180
        return lonlat

    def from_plane(self, points: Points) -> Points:
        return self.formulas.forward(self.plane.inverse(points))

    def to_plane(self, metres: Points) -> Points:
        return self.plane.forward(self.inverse(metres))


def _turned(points: Points, degrees: float) -> Points:
    """The points turned anticlockwise about the pole."""
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    made, (x, y) = np.empty(points.shape), points.T
    made[:, 0] = cosine * x - sine * y
    made[:, 1] = sine * x + cosine * y
    return made
