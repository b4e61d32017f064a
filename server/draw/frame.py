"""The frame of a picture: which part of which stored plane it shows, and how large."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
from shapely import Polygon

from geo.grid import Grid
from geo.paths import Paths, Points

TILE = 256  # CSS px
EQUATOR_M = 40_075_016.685578488  # of WGS 84: what Web Mercator shows in 256 px at zoom 0
TRUE_AT = 71.0  # degrees: where the stereographic plane has the scale 1
FLATTEST = 70.0  # degrees: zooms are compared at this latitude for all that lies further north
BEND_PX = 8.0  # on a globe of 300 px a chord this long leaves its arc by 0.03 px
Window = tuple[float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """What a picture shows. ``window`` is (left, bottom, right, top) in metres of the plane.

    ``resolution`` is metres of the plane for each CSS px. ``pixels`` takes points of the plane,
    shape (n, 2), to px of the picture, y down. ``origin`` is where the top left corner of the
    picture lies in the px of the whole plane: hatches keep their phase by it. ``mask`` bounds what
    is shown of the plane, for the horizon of a globe; it is in the plane too. ``bent`` says that
    straight lines of the plane are curves of the picture: points have to be put between. ``spare``
    px at each side of the window are for wide strokes and hatches alone. ``room`` (left, top,
    right, bottom in px) is the part of the picture in which the map lies, if that is not all of it.
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
    spare: float = 0.0
    room: Window | None = None
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
            spare=BUFFER_PX - THIN_PX,
        )

    @property
    def near(self) -> Window:
        """The window, as far as flat colours and thin lines are seen."""
        return self.grown(-self.spare)

    def grown(self, px: float) -> Window:
        """The window and ``px`` more on every side."""
        by = px * self.resolution
        left, bottom, right, top = self.window
        return (left - by, bottom - by, right + by, top + by)

    def holds(self, points: Points, px: float) -> bool:
        """Whether all points of the plane lie within so many px of the window."""
        if not len(points):
            return True
        left, bottom, right, top = self.grown(px)
        x, y = points.T
        return bool(x.min() >= left and x.max() <= right and y.min() >= bottom and y.max() <= top)

    @property
    def canvas(self) -> Window:
        """What of a tile is drawn, in px, the margin that is cut off in the end included."""
        out = BUFFER_PX - self.spare
        return (-out, -out, self.width + out, self.height + out)

    @property
    def paper(self) -> Window:
        """The map in px, with the margin that strokes reach into: left, top, right, bottom."""
        left, top, right, bottom = self.room or (0.0, 0.0, self.width, self.height)
        return (left - BUFFER_PX, top - BUFFER_PX, right + BUFFER_PX, bottom + BUFFER_PX)

    def zoom_at(self, latitude: float) -> float:
        """The zoom of Web Mercator (256 px) at which the ground is as large as here."""
        if self.plane == "mercator":
            return math.log2(EQUATOR_M / TILE / self.resolution)
        shrunk = math.cos(math.radians(min(abs(latitude), FLATTEST)))
        return math.log2(EQUATOR_M * shrunk / TILE / self.resolution)

    def bendable(self, paths: Paths) -> Paths:
        """Paths of the plane with points enough to be bent, one every `BEND_PX` px."""
        bent = self.bent and not paths.empty
        return paths.parted(BEND_PX * self.resolution) if bent else paths

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


BUFFER_PX = 16.0  # what is drawn beyond the edge, so that strokes and marks run on into it
THIN_PX = 4.0  # what of it the base needs, whose strokes are thin
