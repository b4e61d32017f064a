"""The graticule of a picture: its lines within the map, and the degrees written at their ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from shapely import MultiLineString
from shapely.geometry.base import BaseGeometry

from geo.graticule import STEPS, Graticule, graticule, step_for
from geo.paths import Paths, Points
from geo.scene import Anchor, Group, Item, Line, Text
from geo.shaping import Fonts
from layers.themes import Theme
from server.pictures.extent import Extent
from server.pictures.projection import Globe, Mercator, Regional
from server.pictures.room import Room
from server.pictures.words import latitude_text, longitude_text

LINES = 5.0  # about so many parallels on a picture
CLEAR = 85.0  # degrees: where the meridians end that do not run on to the pole
ROUND_STEPS = (5.0, 10.0, 15.0, 30.0)  # degrees of longitude around a pole
INSET = 5.0  # px between an edge and its label
GLOBE_DOWN = 40.0  # degrees south of the middle of a globe: there its meridians are named


@dataclass(frozen=True, slots=True)
class Degree:
    """The name of a line, and what it covers."""

    text: Text
    box: Room


@dataclass(frozen=True)
class Meridians:
    """Meridians and parallels of one extent."""

    extent: Extent
    theme: Theme
    fonts: Fonts
    lang: str

    def lines(self) -> Item:
        """The lines, to be drawn above land and water and below the overlays."""
        paths = [line for found in self.drawn.values() for line in shapely.get_parts(found)]
        kept = [one for one in paths if isinstance(one, shapely.LineString)]
        return Group([Line(Paths.of(kept), self.theme.graticule.stroke)], kind="graticule")

    def degrees(self, taken: list[Room]) -> list[Degree]:
        """The labels that have room beside what is ``taken`` and beside one another."""
        found, blocked = list[Degree](), list(taken)
        for degree in self._candidates():
            if degree.box.lies_in(self.extent.room) and not any(
                degree.box.meets(one) for one in blocked
            ):
                found.append(degree)
                blocked.append(degree.box.inner(-3))
        return found

    @cached_property
    def steps(self) -> tuple[float, float]:
        """Degrees between meridians, and between parallels."""
        seen = self.extent.seen
        if isinstance(self.extent.projection, Globe) and self._whole:
            return 30.0, 15.0
        lat = step_for(float(np.ptp(seen[:, 1])), LINES, tuple(one for one in STEPS if one <= 10))
        lon = _span(seen[:, 0]) if self.extent.pole is None else 360.0
        if lon > 180:
            return step_for(lon, 12, ROUND_STEPS), lat
        return step_for(lon, LINES * self.extent.room.width / self.extent.room.height), lat

    @property
    def _whole(self) -> bool:
        return len(self.extent.seen) < len(self.extent.mesh)

    @cached_property
    def _graticule(self) -> Graticule:
        seen, (across, along) = self.extent.seen, self.steps
        projection = self.extent.projection
        south, north = float(seen[:, 1].min()), float(seen[:, 1].max())
        if self.extent.pole is not None:
            north = 90.0
        if isinstance(projection, Mercator | Regional):
            return graticule((_west(seen), south, float(seen[:, 0].max()), north), (across, along))
        return graticule(
            (-180.0, max(south - along, projection.plane.south), 180.0, north),
            (across, along),
            CLEAR,
        )

    @cached_property
    def drawn(self) -> dict[tuple[str, float], BaseGeometry]:
        """Every line in px, within the room, by its kind and its degrees."""
        room = self.extent.room
        made = self._graticule
        every = {("lon", lon): line for lon, line in made.meridians.items()}
        every |= {("lat", lat): line for lat, line in made.parallels.items()}
        found: dict[tuple[str, float], BaseGeometry] = {}
        for name, line in every.items():
            parts = MultiLineString([one for one in self._facing(line) if len(one) > 1])
            cut = shapely.clip_by_rect(parts, room.left, room.top, room.right, room.bottom)
            if not cut.is_empty:
                found[name] = cut
        return found

    def _facing(self, line: Points) -> Iterator[Points]:
        """The line in px; on a globe the parts of it that face the reader."""
        projection = self.extent.projection
        if not isinstance(projection, Globe):
            yield self.extent.pixels(line)
            return
        seen = projection.formulas.facing(line)
        ends = np.flatnonzero(np.diff(np.concatenate([[False], seen, [False]]).astype(int)))
        for start, end in zip(ends[::2].tolist(), ends[1::2].tolist(), strict=True):
            yield self.extent.pixels(line[start:end])

    def _candidates(self) -> Iterator[Degree]:
        if isinstance(self.extent.projection, Globe) and self._whole:
            yield from self._on_globe()
            return
        for (kind, degrees), shape in self.drawn.items():
            ends = list(self._ends(shape))
            if kind == "lat":
                sides = [one for one in ends if one[2] in ("start", "end")]
                yield from (self._at_edge(kind, degrees, one) for one in sides)
            else:
                flat = [one for one in ends if one[2] == "middle"] or ends
                yield from (self._at_edge(kind, degrees, one) for one in flat)
        if self.extent.pole is not None:
            yield from self._along(self._quiet_ray())

    def _ends(self, shape: BaseGeometry) -> Iterator[tuple[float, float, Anchor]]:
        """Where a line leaves the room, and how a label stands there."""
        room = self.extent.room
        for part in shapely.get_parts(shape):
            if part.geom_type != "LineString":
                continue
            for x, y in (part.coords[0], part.coords[-1]):
                if abs(x - room.left) < 0.5:
                    yield room.left + INSET, y, "start"
                elif abs(x - room.right) < 0.5:
                    yield room.right - INSET, y, "end"
                elif min(abs(y - room.top), abs(y - room.bottom)) < 0.5:
                    yield x, y, "middle"

    def _at_edge(self, kind: str, degrees: float, end: tuple[float, float, Anchor]) -> Degree:
        x, y, anchor = end
        if anchor != "middle":
            return self._degree(kind, degrees, (x, y - 3), anchor)
        at_top = abs(y - self.extent.room.top) < 0.5
        size = self.theme.letters_of("graticule").size
        return self._degree(kind, degrees, (x, y + size + 4 if at_top else y - INSET), anchor)

    def _along(self, lon: float) -> Iterator[Degree]:
        """Labels of the parallels along one meridian."""
        for lat in self._graticule.parallels:
            x, y = self.extent.pixels(np.array([[lon, lat]]))[0].tolist()
            yield self._degree("lat", lat, (x, y + 3.5), "middle")

    def _quiet_ray(self) -> float:
        """The direction in which the parallels are named: between two drawn meridians."""
        projection = self.extent.projection
        lon0 = getattr(projection, "lon0", 0.0)
        return float(lon0 + self.steps[0] / 2)

    def _on_globe(self) -> Iterator[Degree]:
        projection = self.extent.projection
        assert isinstance(projection, Globe)
        lon0, lat0, along = projection.formulas.lon0, projection.formulas.lat0, self.steps[1]
        ray = round((lon0 + 15) / 30) * 30.0
        low = np.ceil((lat0 - GLOBE_DOWN) / along) * along
        lats = [lat for lat in self._graticule.parallels if low <= lat <= 75]
        yield from (self._placed("lat", lat, ray, lat) for lat in lats)
        for lon in self._graticule.meridians:
            turn = (lon - lon0 + 180) % 360 - 180
            if abs(turn) < 65 and lon != ray:
                yield self._placed("lon", lon, lon, low)

    def _placed(self, kind: str, degrees: float, lon: float, lat: float) -> Degree:
        x, y = self.extent.pixels(np.array([[lon, lat]]))[0].tolist()
        return self._degree(kind, degrees, (x, y + 3.5), "middle")

    def _degree(self, kind: str, degrees: float, at: tuple[float, float], anchor: Anchor) -> Degree:
        minutes = any(step % 1 for step in self.steps)
        named = longitude_text if kind == "lon" else latitude_text
        said = named(degrees, self.lang, minutes)
        letters = self.theme.letters_of("graticule")
        x, y = at
        width = self.fonts.shape(said, letters.style, letters.size, letters.spacing).width
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        room = self.extent.room
        if left < room.left + 2 or left + width > room.right - 2:
            left = min(max(left, room.left + INSET), room.right - INSET - width)
            x, anchor = left, "start"
        text = Text(x, y, said, letters.type, letters.color, anchor, halo=letters.halo)
        return Degree(text, Room(left - 2, y - letters.size, left + width + 2, y + 3))


def _span(lons: Points) -> float:
    """Degrees of longitude that the places take, the gap between them left out."""
    around = np.sort(lons % 360)
    gaps = np.diff(np.concatenate([around, [around[0] + 360]]))
    return float(360 - gaps.max()) if len(around) else 0.0


def _west(seen: Points) -> float:
    return float(seen[:, 0].min())
