"""Which features of a map are really to be seen in a picture of it, and where overlays lie."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from geo.paths import Points
from layers.collection import Collection
from layers.maps import MapSpec
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.draw.frame import Frame
from server.draw.largeness import large_enough
from server.draw.looks import HIDDEN, Looks
from server.draw.order import drawn, ordered
from server.draw.sheet import Sheet
from server.pictures.extent import Extent
from server.pictures.room import Room

ROUGH = 4.0  # how much coarser than the map it may be that is only looked at for what it shows
Geometries = npt.NDArray[np.object_]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Seen:
    """One overlay in the ``room`` of a picture: its looks, and what is drawn of it there."""

    sheet: Sheet
    looks: Looks
    room: Room

    @property
    def collection(self) -> Collection:
        return self.sheet.collection

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The features of which any piece is in the room, in order.

        Most have a corner there; only the others are cut to find out.
        """
        found = self._with_a_corner
        rest = self._shown & ~found
        if rest.any():
            lines = self.sheet.near.chosen(rest[self.sheet.near.numbers])
            areas, owner = self.sheet.areas_of(np.flatnonzero(rest).tolist())
            found[lines.numbers[~shapely.is_empty(self._pieces(lines.shapes))]] = True
            found[owner[~shapely.is_empty(self._pieces(areas))]] = True
        return tuple(np.flatnonzero(found & self._shown).tolist())

    def cover(self, room: Room) -> float:
        """How much would be hidden in a part of the picture: px² of areas, length, and marks.

        Areas count a tenth: a tint goes on beside what covers it, a line or a mark is gone.
        """
        areas, lines, at = self._drawn
        return float(
            0.1 * shapely.area(_cut(areas, room)).sum()
            + 12 * shapely.length(_cut(lines, room)).sum()
            + 400 * _held(at, room).sum()
        )

    @property
    def _shown(self) -> Flags:
        return np.asarray(self.looks.number != HIDDEN)

    @property
    def _with_a_corner(self) -> Flags:
        """By feature: whether a point, or a corner of a line or an outline, is in the room."""
        found = np.zeros(len(self.looks.number), dtype=bool)
        lines, (at, whose) = self.sheet.near, self.sheet.points()
        if len(lines):
            corners = self.sheet.frame.pixels(lines.paths.points)
            found[lines.numbers[lines.which[_held(corners, self.room)]]] = True
        found[whose[_held(at, self.room)]] = True
        return found

    @cached_property
    def _drawn(self) -> tuple[Geometries, Geometries, Points]:
        """Areas and lines in the room, in px, and where the points are."""
        areas, owner = self.sheet.areas
        lines, (at, whose) = self.sheet.near, self.sheet.points()
        return (
            self._pieces(areas[self._shown[owner]]),
            self._pieces(lines.shapes[self._shown[lines.numbers]]),
            at[self._shown[whose] & _held(at, self.room)],
        )

    def _pieces(self, shapes: Geometries) -> Geometries:
        """What of shapes of the plane is in the room; what bending made invalid stays so."""
        return _cut(shapely.transform(shapes, self.sheet.frame.pixels), self.room)


@dataclass(frozen=True)
class Visible:
    """The overlays of a map in a picture, the lowest first."""

    drawing: Drawing
    map: MapSpec
    extent: Extent
    choice: Choice

    @cached_property
    def frame(self) -> Frame:
        """Where things are looked for: what is seen shows in shapes coarser than those drawn."""
        return replace(self.extent, rough=max(ROUGH, self.extent.rough)).frame

    @cached_property
    def overlays(self) -> tuple[Seen, ...]:
        """Those of which anything is drawn in the room of the map."""
        frame = self.extent.frame
        found = [
            self._seen(one)
            for one in drawn(self.drawing, self.map, self.choice)
            if one.spec.role == "overlay" and large_enough(frame, one)
        ]
        return tuple(one for one in found if one.numbers)

    def under_land(self, collection: str) -> bool:
        """Whether the land is drawn above a collection, which then lies at sea."""
        order = [one.id for one in ordered(self.drawing, self.map)]
        return "land" in order and order.index(collection) < order.index("land")

    def cover(self, room: Room) -> float:
        """How much of the overlays a piece of furniture would hide there."""
        return sum(one.cover(room) for one in self.overlays)

    def _seen(self, collection: Collection) -> Seen:
        looks = self.drawing.looks(collection.id, self.choice.at, self.choice.view)
        return Seen(Sheet.of(self.drawing, collection, self.frame), looks, self.extent.room)


def _cut(shapes: Geometries, room: Room) -> Geometries:
    cut = shapely.clip_by_rect(shapes, room.left, room.top, room.right, room.bottom)
    return np.asarray(cut, dtype=object).reshape(-1)


def _held(at: Points, room: Room) -> Flags:
    """Which of the points lie within the room and not on its edge."""
    x, y = at[:, 0], at[:, 1]
    held: Flags = (x > room.left) & (x < room.right) & (y > room.top) & (y < room.bottom)
    return held
