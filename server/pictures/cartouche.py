"""The map itself within a picture: what lies on it, its graticule, its pole and its names."""

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from geo.labels import Candidate, Placed, place
from geo.orthographic import RADIUS_M
from geo.paths import Paths
from geo.scene import Clip, Group, Item, Mark, Stroke
from geo.scene import Line as Drawn
from layers.maps import MapSpec
from layers.themes import Theme
from server.draw.choice import Choice
from server.draw.compose import compose
from server.draw.drawing import Drawing
from server.draw.halo import halo
from server.draw.lettering import lettered
from server.draw.names import candidates
from server.draw.order import ordered
from server.pictures.compass import pole_mark
from server.pictures.extent import Extent
from server.pictures.meridians import Degree, Meridians
from server.pictures.projection import Globe
from server.pictures.room import Room

_POLE = (10.0, 20.0, 100.0, 10.0)  # px left, above, right and below the pole that its mark takes
SLOPE = 0.82  # of the radius of a globe: beyond it everything is flattened
ROAM = 0.2  # how far names of areas move, see `Candidate`
INNER, LEAST_MARK = 0.8, 3.0  # of the radius of a symbol; and px, for one that is an obstacle
_FAR = 200.0  # px: how far from its paper a name may want to stand


@dataclass(frozen=True)
class Cartouche:
    """A map in its extent. ``taken`` are the rooms of the furniture that lies upon it."""

    drawing: Drawing
    map: MapSpec
    extent: Extent
    choice: Choice
    taken: tuple[Room, ...] = ()
    degrees: bool = True  # whether the graticule says its degrees
    around: str | None = None  # the colour of the picture outside of the room of the map

    def items(self) -> list[Item]:
        """Everything, clipped to the room of the map."""
        room, frame = self.extent.room, self.extent.frame
        below, above = self._composed
        items = [
            *below,
            self.meridians.lines(),
            *above,
            *halo(self.drawing, frame, self.choice),
            *self._horizon(),
            *pole_mark(self.extent, self.theme, self.choice.lang),
            *lettered(self.names, frame, self.theme),
            Group([one.text for one in self._degrees], kind="degrees"),
        ]
        edge = Paths.box(room.left, room.top, room.right, room.bottom)
        return [Clip(edge, items, self.around)]

    @cached_property
    def _composed(self) -> tuple[list[Item], list[Item]]:
        """What is drawn below the graticule, and what above."""
        below, above = self._parted
        bare, frame = replace(self.choice, labels=False, graticule=False), self.extent.frame
        return (
            compose(self.drawing, below, frame, bare),
            compose(self.drawing, above, frame, replace(bare, base=False)),
        )

    @property
    def _marks(self) -> list[Room]:
        """What no name may cover of the symbols: their inside, so that their own stand close by."""
        marks = [one for items in self._composed for one in items if isinstance(one, Mark)]
        return [
            Room(one.x - inner, one.y - inner, one.x + inner, one.y + inner)
            for one in marks
            if (inner := INNER * one.radius) >= LEAST_MARK
        ]

    @property
    def theme(self) -> Theme:
        return self.drawing.themes[self.choice.theme]

    @cached_property
    def meridians(self) -> Meridians:
        """The graticule of the map."""
        return Meridians(self.extent, self.theme, self.drawing.fonts, self.choice.lang)

    @cached_property
    def names(self) -> Placed:
        """The names, beside all that is taken and within the room."""
        every = candidates(self.drawing, self.map, self.extent.frame, self.choice)
        wanted = [_homely(one) for one in every if self._legible(one.x, one.y)]
        reserved = [*self._around, *self.taken, *self._pole, *self._marks]
        reserved += [one.box for one in self._degrees]
        boxes = [(one.left, one.top, one.right, one.bottom) for one in reserved]
        placed = place(wanted, self.drawing.fonts, reserved=boxes)
        return Placed(one for one in placed.labels if self._legible(*middle_of(one.box)))

    def _legible(self, x: float, y: float) -> bool:
        """Whether a name may stand there: on the map, and not on the slope of a globe."""
        projection = self.extent.projection
        if not self.extent.room.holds(x, y):  # NaN, behind a globe, is nowhere
            return False
        if not isinstance(projection, Globe):
            return True
        right, up = self.extent.metres(np.array([[x, y]]))[0].tolist()
        return math.hypot(right, up) < SLOPE * RADIUS_M

    @cached_property
    def _degrees(self) -> list[Degree]:
        taken = [*self.taken, *self._pole]
        return self.meridians.degrees(taken) if self.degrees else []

    @property
    def _pole(self) -> list[Room]:
        if self.extent.pole is None:
            return []
        (x, y), (left, above, right, below) = self.extent.pole, _POLE
        return [Room(x - left, y - above, x + right, y + below)]

    @property
    def _around(self) -> list[Room]:
        """What is not map: no name may stand there, not with a letter."""
        room, wide, high = self.extent.room, self.extent.width + _FAR, self.extent.height + _FAR
        return [
            Room(-_FAR, -_FAR, wide, room.top + 2),
            Room(-_FAR, room.bottom - 2, wide, high),
            Room(-_FAR, -_FAR, room.left + 2, high),
            Room(room.right - 2, -_FAR, wide, high),
        ]

    @property
    def _parted(self) -> tuple[MapSpec, MapSpec]:
        """The map as far up as its last base layer, and what lies above that."""
        order = ordered(self.drawing, self.map)
        last = max((n for n, one in enumerate(order) if one.spec.role == "base"), default=-1)
        ids = [one.id for one in order]
        below, above = tuple(ids[: last + 1]), tuple(ids[last + 1 :])
        parts = (self.map.model_copy(update={"collections": each}) for each in (below, above))
        return next(parts), next(parts)

    def _horizon(self) -> list[Item]:
        projection = self.extent.projection
        if not isinstance(projection, Globe):
            return []
        edge = Paths.each([self.extent.pixels(projection.formulas.edge())])
        pen: Stroke = self.theme.horizon.stroke
        return [Drawn(edge, pen)]


def _homely(name: Candidate) -> Candidate:
    """The name of an area kept close to its middle: a picture has no other zoom to tell where."""
    return replace(name, roam=min(name.roam, ROAM)) if name.kind == "area" else name


def middle_of(box: tuple[float, float, float, float]) -> tuple[float, float]:
    """The middle of a box (left, top, right, bottom)."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
