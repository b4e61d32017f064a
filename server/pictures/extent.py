"""What of the world a picture shows: a projection, a middle, and pixels for each metre."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from shapely import Polygon

from geo.bbox import BBox
from geo.orthographic import RADIUS_M
from geo.paths import Points
from geo.plane import MERCATOR
from server.draw.frame import BUFFER_PX, EQUATOR_M, FLATTEST, TILE, Frame, Window
from server.pictures.projection import Globe, Mercator, Projection, Regional
from server.pictures.room import Room

Size = tuple[int, int]
_FINE = 64  # points along a side of a box that is projected
_MESH = 24  # points along a side of the picture, to find out which part of the plane it needs


@dataclass(frozen=True)
class Extent:
    """A map in a ``room`` of a picture of ``width`` × ``height`` px; what is around it is paper.

    ``middle`` is in metres of the projection and lies in the middle of the whole picture, ``scale``
    is in px per metre of it. Shapes are no finer than ``rough`` times what a picture needs.
    """

    projection: Projection
    middle: tuple[float, float]
    scale: float
    width: int
    height: int
    room: Room
    rough: float = 1.0

    def pixels(self, lonlat: Points) -> Points:
        """Degrees, shape (n, 2), to px of the picture."""
        return self.drawn(self.projection.forward(lonlat))

    def drawn(self, metres: Points) -> Points:
        """Metres of the projection to px of the picture."""
        made = np.empty(metres.shape)  # by columns: numpy is slow on rows of two
        made[:, 0] = (metres[:, 0] - self.middle[0]) * self.scale + self.width / 2
        made[:, 1] = (self.middle[1] - metres[:, 1]) * self.scale + self.height / 2
        return made

    def metres(self, pixels: Points) -> Points:
        """Px of the picture to metres of the projection."""
        flat: Points = (pixels - np.array([self.width, self.height]) / 2) / self.scale
        return np.column_stack([self.middle[0] + flat[:, 0], self.middle[1] - flat[:, 1]])

    def places(self, pixels: Points) -> Points:
        """Px of the picture to degrees; NaN outside a globe."""
        return self.projection.inverse(self.metres(pixels))

    @cached_property
    def mesh(self) -> Points:
        """Points all over the room and a little beyond, in px."""
        room = self.room.inner(-BUFFER_PX)
        x = np.linspace(room.left, room.right, _MESH)
        y = np.linspace(room.top, room.bottom, _MESH)
        return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)

    @cached_property
    def seen(self) -> Points:
        """The places of the mesh, in degrees; those outside a globe are left out."""
        lonlat = self.places(self.mesh)
        return lonlat[np.isfinite(lonlat).all(axis=1)]

    @cached_property
    def pole(self) -> tuple[float, float] | None:
        """Where the north pole is drawn; None where it is not on the map."""
        if isinstance(self.projection, Mercator | Regional):
            return None
        x, y = self.pixels(np.array([[0.0, 90.0]]))[0].tolist()
        return (x, y) if self.room.holds(x, y) else None

    @cached_property
    def frame(self) -> Frame:
        """The same as the drawing room wants it."""
        project, drawn = self.projection.from_plane, self.drawn
        return Frame(
            plane=self.projection.plane.id,
            window=self._window,
            resolution=self._resolution,
            pixels=lambda points: drawn(project(points)),
            width=self.width,
            height=self.height,
            mask=self._mask,
            bent=self.projection.bent,
            room=self.room.sides,
        )

    @property
    def _window(self) -> Window:
        metres = self.metres(self.mesh)
        points = self.projection.to_plane(metres)
        if isinstance(self.projection, Globe):
            points = np.concatenate([points[np.isfinite(points).all(axis=1)], self._rim])
        (left, bottom), (right, top) = points.min(axis=0), points.max(axis=0)
        return (float(left), float(bottom), float(right), float(top))

    @property
    def _rim(self) -> Points:
        """Points of the plane on the edge of the globe that lie in the room; none elsewhere."""
        if not isinstance(self.projection, Globe):
            return np.empty((0, 2))
        edge = self.projection.formulas.edge()
        inside = np.array([self.room.holds(x, y) for x, y in self.pixels(edge).tolist()])
        return self.projection.plane.forward(edge[inside])

    @property
    def _mask(self) -> Polygon | None:
        if not isinstance(self.projection, Globe):
            return None
        return Polygon(self.projection.plane.forward(self.projection.formulas.edge()))

    @property
    def _resolution(self) -> float:
        """Metres of the plane per px: the finest where that differs within the picture."""
        if not isinstance(self.projection, Regional):
            return self.rough / self.scale
        stretch = 1 / np.cos(np.radians(np.abs(self.seen[:, 1]).min()))
        return float(self.rough * stretch / self.scale)


def fitted(projection: Projection, box: BBox, room: Room, size: Size, margin: float) -> Extent:
    """The extent that shows all of ``box`` in ``room``, ``margin`` px from its edges."""
    low, high = (np.array(one) for one in _reach(projection, box))
    span, free = np.maximum(high - low, 1.0), room.inner(margin)
    scale = float(min(free.width / span[0], free.height / span[1]))
    return _placed(projection, (low + high) / 2, scale, room, size)


@lru_cache(64)
def _reach(projection: Projection, box: BBox) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The least and the greatest metres of a box: asked for several times for one picture."""
    metres = projection.forward(_mesh(box))
    return tuple(metres.min(axis=0).tolist()), tuple(metres.max(axis=0).tolist())


def zoomed(
    projection: Projection, centre: tuple[float, float], zoom: float, room: Room, size: Size
) -> Extent:
    """The extent with a place in its middle, where the ground is as large as in Mercator at zoom.

    North of 70° the zoom counts as there (`Frame.zoom_at`): Mercator has no scale at the pole.
    """
    per_px = EQUATOR_M / TILE / 2**zoom
    if not isinstance(projection, Mercator):
        per_px *= float(np.cos(np.radians(min(abs(centre[1]), FLATTEST))))
    at = projection.forward(np.array([centre], dtype=np.float64))[0]
    return _placed(projection, at, 1 / per_px, room, size)


def whole_globe(projection: Globe, room: Room, size: Size, margin: float) -> Extent:
    """The extent that shows the half of the earth that faces the reader."""
    free = room.inner(margin)
    scale = min(free.width, free.height) / (2 * RADIUS_M)
    return _placed(projection, np.zeros(2), scale, room, size)


def _placed(projection: Projection, at: Points, scale: float, room: Room, size: Size) -> Extent:
    """The extent with ``at`` (metres) in the middle of ``room``, and no world twice."""
    if isinstance(projection, Mercator):
        scale = max(scale, room.width / projection.widest)
        at = np.array([at[0], _within(float(at[1]), room.height / 2 / scale)])
    aside = (np.array(room.middle) - np.array(size) / 2) * np.array([1, -1]) / scale
    x, y = (at - aside).tolist()
    return Extent(projection, (x, y), scale, *size, room)


def _mesh(box: BBox) -> Points:
    """Points all over a box, longitudes running on: in a polar plane no side need be outmost."""
    lons = np.linspace(box.west, box.west + box.width, _FINE * 4)
    lats = np.linspace(box.south, box.north, _FINE)
    return np.stack(np.meshgrid(lons, lats), axis=-1).reshape(-1, 2)


def _within(y: float, half: float) -> float:
    """The middle of a Mercator map that is ``2 * half`` high, moved so that it ends with the plane.

    A map that is higher than the plane has it in its middle.
    """
    most = float(MERCATOR.forward(np.array([[0.0, MERCATOR.north]]))[0, 1])
    return 0.0 if half >= most else min(max(y, half - most), most - half)
