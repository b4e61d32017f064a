"""How a map is looked at: from above the pole or on a globe, at first or more closely."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from geo.plane import EQUAL_AREA, Points
from layers.maps import MapSpec

Kind = Literal["polar", "globe"]
Box = tuple[float, float, float, float]  # left, bottom, right, top, in metres of the plane
STEP = 5  # degrees: a polar map turns its meridian to the bottom to the nearest of these
SCREEN_PX = 800  # how wide the first view of a map is drawn, about
GLOBE_M = 12_742_000  # the width of a globe: its diameter
# Levels are simplified by a quarter of their pixel: at first two and a half pixels of the screen
# are enough (a page shall be light), and an eighth of one when the reader looks closer.
COARSE, FINE = 10.0, 0.5
NEAR, NEAR_M = 2, 2_000.0  # of a `Look`; metres to the pixel above which a globe is fine enough
BESIDE, AROUND = 0.5, 0.25  # of the first view: what is sent beside it, and around the pole
ALL_AROUND = 359.0  # degrees


@dataclass(frozen=True, slots=True)
class Look:
    """How a map is looked at: from above the pole or on a globe.

    ``fine`` is 0 at first, 1 closer, and 2 on a globe as close as the other pictures of the map
    are: in its `window`, that is; around it 2 is no finer than 1.
    """

    map: MapSpec
    kind: Kind
    fine: int = 0

    @property
    def is_near(self) -> bool:
        """Whether only the `window` is as fine as that."""
        return self.kind == "globe" and self.fine == NEAR

    @property
    def resolution(self) -> float:
        """Metres to the pixel at which levels are chosen."""
        left, _, right, _ = _box(_rim(self.map))
        width = GLOBE_M if self.kind == "globe" and not self.is_near else right - left
        return width / SCREEN_PX * (FINE if self.fine else COARSE)

    @property
    def window(self) -> Box:
        """The part of the plane around what the map shows, with a margin on every side.

        The plane has the pole in its middle and the meridian of Greenwich pointing down.
        """
        left, bottom, right, top = _box(_rim(self.map))
        margin = max(right - left, top - bottom) * (AROUND if is_all_around(self.map) else BESIDE)
        return (left - margin, bottom - margin, right + margin, top + margin)

    @property
    def view(self) -> Box:
        """What the first view holds, in the plane as the polar map has turned it."""
        return _box(turned(_rim(self.map), polar_meridian(self.map)))


def has_near(map: MapSpec) -> bool:
    """Whether the map is so small that a globe, looked at closely, wants its window finer still."""
    return Look(map, "globe", NEAR).resolution <= NEAR_M


def polar_meridian(map: MapSpec) -> int:
    """The meridian that runs down from the pole on the polar map, in whole steps of 5°."""
    lon0 = map.picture.lon0 if map.picture else map.lon0
    return int(round((lon0 + 180) % 360 / STEP) * STEP % 360 - 180)


def turned(points: Points, meridian: float) -> Points:
    """Points of the plane turned about the pole so that ``meridian`` points down."""
    angle = np.radians(meridian)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(points @ turn)


def is_all_around(map: MapSpec) -> bool:
    """Whether the map shows every meridian, so that the pole is in its middle."""
    west, _, east, _ = _shown(map)
    return (east - west) % 360 == 0 or (east - west) % 360 >= ALL_AROUND


def _shown(map: MapSpec) -> Box:
    return map.picture.bbox if map.picture and map.picture.bbox else map.bbox


def _rim(map: MapSpec) -> Points:
    """The southern and the northern edge of what the map shows, in metres of the plane."""
    west, south, east, north = _shown(map)
    across = np.linspace(west, east if east > west else east + 360, 73)
    rims = [np.column_stack([across, np.full(73, lat)]) for lat in (south, north)]
    return EQUAL_AREA.forward(np.concatenate(rims))


def _box(points: Points) -> Box:
    (left, bottom), (right, top) = points.min(axis=0), points.max(axis=0)
    return (float(left), float(bottom), float(right), float(top))
