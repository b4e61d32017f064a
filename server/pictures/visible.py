"""Which features of a map are really to be seen in a picture of it, and where overlays lie."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from layers.collection import Collection
from layers.maps import MapSpec
from server.draw.choice import Choice
from server.draw.compose import large_enough
from server.draw.drawing import Drawing
from server.draw.looks import HIDDEN, Looks
from server.draw.order import drawn, ordered
from server.draw.sheet import Sheet
from server.pictures.extent import Extent
from server.pictures.room import Room

Geometries = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Seen:
    """One overlay in a picture: its looks, and its drawn pieces in px with their features."""

    collection: Collection
    looks: Looks
    areas: Geometries
    lines: Geometries
    points: Geometries
    numbers: tuple[int, ...]  # of the features of which any piece is in the room, in order

    def cover(self, room: Room) -> float:
        """How much would be hidden in a part of the picture: px² of areas, length, and marks.

        Areas count a tenth: a tint goes on beside what covers it, a line or a mark is gone.
        """
        return float(
            0.1 * shapely.area(_cut(self.areas, room)).sum()
            + 12 * shapely.length(_cut(self.lines, room)).sum()
            + 400 * (~shapely.is_empty(_cut(self.points, room))).sum()
        )


@dataclass(frozen=True)
class Visible:
    """The overlays of a map in a picture, the lowest first."""

    drawing: Drawing
    map: MapSpec
    extent: Extent
    choice: Choice

    @cached_property
    def overlays(self) -> tuple[Seen, ...]:
        """Those of which anything is drawn in the room of the map."""
        frame = self.extent.frame
        every = drawn(self.drawing, self.map, self.choice)
        found = [
            self._seen(one)
            for one in every
            if one.spec.role == "overlay" and large_enough(one, frame)
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
        frame, room = self.extent.frame, self.extent.room
        sheet = Sheet.of(self.drawing, collection, frame)
        looks = self.drawing.looks(collection.id, self.choice.at, self.choice.view)
        at, whose = sheet.points()
        kinds = [
            (shapely.transform(sheet.areas[0], frame.pixels), sheet.areas[1]),
            (shapely.transform(sheet.lines[0], frame.pixels), sheet.lines[1]),
            (np.asarray(shapely.points(at), dtype=object).reshape(-1), whose),
        ]
        kept = [_inside(shapes, numbers, room, looks) for shapes, numbers in kinds]
        areas, lines, points = (shapes for shapes, _ in kept)
        numbers = sorted({one for _, numbers in kept for one in numbers.tolist()})
        return Seen(collection, looks, areas, lines, points, tuple(numbers))


def _inside(
    shapes: Geometries, numbers: npt.NDArray[np.int64], room: Room, looks: Looks
) -> tuple[Geometries, npt.NDArray[np.int64]]:
    """The parts of drawn shapes that lie in the room; what bending made invalid stays so."""
    shown = looks.number[numbers] != HIDDEN
    cut = _cut(shapes[shown], room)
    there = ~shapely.is_empty(cut)
    return cut[there], numbers[shown][there]


def _cut(shapes: Geometries, room: Room) -> Geometries:
    cut = shapely.clip_by_rect(shapes, room.left, room.top, room.right, room.bottom)
    return np.asarray(cut, dtype=object).reshape(-1)
