"""The frame of a picture: which part of which stored plane it shows, and how large."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Self, TypeVar

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geo.grid import Grid
from geo.scene import Points

TILE = 256  # CSS px
EQUATOR_M = 40_075_016.685578488  # of WGS 84: what Web Mercator shows in 256 px at zoom 0
TRUE_AT = 71.0  # degrees: where the stereographic plane has the scale 1
FLATTEST = 70.0  # degrees: zooms are compared at this latitude for all that lies further north
BEND_PX = 8.0  # on a globe of 300 px a chord this long leaves its arc by 0.03 px
Window = tuple[float, float, float, float]
Shapes = TypeVar("Shapes", BaseGeometry, npt.NDArray[np.object_])


@dataclass(frozen=True)
class Frame:
    """What a picture shows. ``window`` is (left, bottom, right, top) in metres of the plane.

    ``resolution`` is metres of the plane for each CSS px. ``pixels`` takes points of the plane,
    shape (n, 2), to px of the picture, y down. ``origin`` is where the top left corner of the
    picture lies in the px of the whole plane: hatches keep their phase by it. ``mask`` bounds what
    is shown of the plane, for the horizon of a globe; it is in the plane too. ``bent`` says that
    straight lines of the plane are curves of the picture: points have to be put between.
    """

    plane: str
    window: Window
    resolution: float
    pixels: Callable[[Points], Points]
    width: float
    height: float
    origin: tuple[float, float] = (0.0, 0.0)
    mask: Polygon | None = None
    bent: bool = False
    sheets: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)  # by collection

    @classmethod
    def of_tile(cls, grid: Grid, zoom: int, row: int, col: int, span: int = 1) -> Self:
        """The frame of ``span`` × ``span`` tiles of a grid whose top left one is named."""
        corner = np.array([TILE * col, TILE * row], dtype=np.float64)
        return cls(
            plane=grid.plane.id,
            window=grid.window(zoom, col, row, buffer_px=BUFFER_PX, span=span),
            resolution=grid.resolution(zoom),
            pixels=lambda points: grid.pixels(zoom, points) - corner,
            width=TILE * span,
            height=TILE * span,
            origin=(float(corner[0]), float(corner[1])),
        )

    @property
    def paper(self) -> Window:
        """The picture in px, with the margin that strokes reach into: left, top, right, bottom."""
        return (-BUFFER_PX, -BUFFER_PX, self.width + BUFFER_PX, self.height + BUFFER_PX)

    def zoom_at(self, latitude: float) -> float:
        """The zoom of Web Mercator (256 px) at which the ground is as large as here."""
        if self.plane == "mercator":
            return math.log2(EQUATOR_M / TILE / self.resolution)
        shrunk = math.cos(math.radians(min(abs(latitude), FLATTEST)))
        return math.log2(EQUATOR_M * shrunk / TILE / self.resolution)

    def bendable(self, shapes: Shapes) -> Shapes:
        """Shapes of the plane with points enough to be bent, one every `BEND_PX` px."""
        return shapely.segmentize(shapes, BEND_PX * self.resolution) if self.bent else shapes

    def ground_m(self, latitude: float) -> float:
        """Metres on the ground for each px, about, at a latitude.

        True in the equal-area plane for areas, in the two others for lengths in all directions.
        """
        if self.plane == "mercator":
            return self.resolution * math.cos(math.radians(latitude))
        if self.plane == "stereographic":  # Snyder 1987, 21-4, on the sphere, true at 71° N
            sine = math.sin(math.radians(latitude))
            return self.resolution * (1 + sine) / (1 + math.sin(math.radians(TRUE_AT)))
        return self.resolution

    def moved(self, right: float, down: float) -> Self:
        """The same frame further to the right and down on the paper: for margins and insets."""
        pixels, by = self.pixels, np.array([right, down])
        origin = (self.origin[0] - right, self.origin[1] - down)
        return replace(self, pixels=lambda points: pixels(points) + by, origin=origin, sheets={})


BUFFER_PX = 16.0  # what is drawn beyond the edge, so that strokes and marks run on into it
