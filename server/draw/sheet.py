"""One collection on the paper: its geometry in a frame, and from metres to px."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from geo.dash import dashed
from geo.ringclip import clipped
from geo.scene import Item, Line, Paths, Points, Stroke
from layers.collection import Collection
from layers.planes import Geometries, Level, Metres, Numbers
from server.draw.drawing import Drawing
from server.draw.frame import Frame, Window
from server.draw.traits import Traits

Lines = tuple[Geometries, Numbers, Metres]
NEAR = 1.06  # how much coarser a level may be: the grid of UPS lies 4 % beside the steps of levels
FAR_PX = 4096.0  # in sixteenths of a px that is what single precision holds with room to spare
RUN_UP_PX = 64.0  # longer than a piece of a dashed line, see `geo.dash`
UNDASHED = ("land", "rivers", "lakes")
NOTHING: Lines = (np.empty(0, dtype=object), np.empty(0, dtype=np.int64), np.empty(0))


@dataclass(frozen=True)
class Sheet:
    """What a frame shows of a collection, in metres of the plane, within the frame's mask."""

    collection: Collection
    traits: Traits
    level: Level
    frame: Frame

    @classmethod
    def of(cls, drawing: Drawing, collection: Collection, frame: Frame) -> "Sheet":
        """The collection at the level that suits the frame; one for all who ask for that frame."""
        if collection.id not in frame.sheets:
            level = drawing.store(collection.id, frame.plane).level(NEAR * frame.resolution)
            made = cls(collection, drawing.traits(collection.id), level, frame)
            frame.sheets[collection.id] = made
        found: Sheet = frame.sheets[collection.id]
        return found

    @cached_property
    def areas(self) -> tuple[Geometries, Numbers]:
        """Polygons, in metres of the plane, and whose they are."""
        if not self.traits.areas:
            return NOTHING[:2]
        shapes, numbers = self.level.areas(self.frame.window)
        if self.frame.mask is None or not len(shapes):
            return shapes, numbers
        shapes = shapely.intersection(shapes, self.frame.mask)
        there = ~shapely.is_empty(shapes)
        return shapes[there], numbers[there]

    @cached_property
    def fills(self) -> tuple[Paths, Numbers]:
        """Rings to be filled by the even-odd rule, in px of the picture, and whose each is."""
        frame = self.frame
        if not self.traits.areas:
            return Paths.each([]), NOTHING[1]
        if frame.mask is None and not frame.bent:
            points, starts, owner = self.level.fills(frame.window)
            return _cut(Paths(frame.pixels(points), starts), owner, frame)
        shapes, owner = self.areas
        rings, of = _rings(frame.bendable(shapes))
        flat = Paths.of_lines(rings)
        return _cut(Paths(frame.pixels(flat.points), flat.offsets), owner[of], frame)

    def filled(self, which: npt.NDArray[np.bool_]) -> Paths:
        """The rings of the features for which ``which`` holds."""
        rings, owner = self.fills
        return picked(rings, which[owner])

    @cached_property
    def lines(self) -> Lines:
        """Lines and outlines, whose they are, and how far along the whole line each begins."""
        if not (self.traits.areas or self.traits.lines):
            return NOTHING
        return self._within(self.level.lines(self._wider))

    @cached_property
    def borders(self) -> Lines:
        """What two areas share, once."""
        return self._within(self.level.borders(self._wider))

    @property
    def _wider(self) -> Window:
        """The window and so much more that all dashes in it are measured from the same points."""
        if self.collection.id in UNDASHED:
            return self.frame.window
        grow = RUN_UP_PX * self.frame.resolution
        left, bottom, right, top = self.frame.window
        return (left - grow, bottom - grow, right + grow, top + grow)

    def points(self, margin_px: float = 0.0) -> tuple[Points, Numbers]:
        """Positions in px of the picture, up to ``margin_px`` outside of it, and whose they are."""
        if not self.traits.points:
            return np.empty((0, 2)), NOTHING[1]
        grow = margin_px * self.frame.resolution
        left, bottom, right, top = self.frame.window
        at, numbers = self.level.points((left - grow, bottom - grow, right + grow, top + grow))
        if self.frame.mask is not None and len(at):
            there = shapely.intersects_xy(self.frame.mask, at)
            at, numbers = at[there], numbers[there]
        return (self.frame.pixels(at) if len(at) else at), numbers

    def _within(self, lines: Lines) -> Lines:
        if self.frame.mask is None or not len(lines[0]):
            return lines
        shapes, numbers, starts = lines
        shapes, of = shapely.get_parts(
            shapely.intersection(shapes, self.frame.mask), return_index=True
        )
        there = shapely.get_type_id(shapes) == shapely.GeometryType.LINESTRING
        there &= ~shapely.is_empty(shapes)
        return shapes[there], numbers[of[there]], starts[of[there]]


def in_pixels(frame: Frame, lines: Geometries) -> Paths:
    """Lines or rings of the plane, in px of the picture."""
    flat = Paths.of_lines(frame.bendable(lines))
    return flat if flat.empty else Paths(frame.pixels(flat.points), flat.offsets)


def picked(paths: Paths, which: npt.NDArray[np.bool_]) -> Paths:
    """Some of the paths."""
    if which.all():
        return paths
    sizes = np.diff(paths.offsets)
    kept = paths.points[np.repeat(which, sizes)]
    return Paths(kept, np.concatenate([[0], np.cumsum(sizes[which])]))


def _cut(rings: Paths, owner: Numbers, frame: Frame) -> tuple[Paths, Numbers]:
    """Rings without what lies so far outside that an engine would have to round it."""
    if rings.empty or np.abs(rings.points).max() <= FAR_PX:
        return rings, owner
    shown, of = clipped(rings, frame.paper)
    return shown, owner[of]


def _rings(shapes: Geometries) -> tuple[Geometries, Numbers]:
    """The rings of all polygons, and in which of the shapes each is."""
    parts, of = shapely.get_parts(shapes, return_index=True)
    areas = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    rings, part = shapely.get_rings(parts[areas], return_index=True)
    return rings, of[areas][part]


def stroked(frame: Frame, shapes: Geometries, starts: Metres, stroke: Stroke) -> list[Item]:
    """Lines under one pen; dashes begin where the whole line does and not where the piece does."""
    if not len(shapes):
        return []
    if not stroke.dash:
        return [Line(in_pixels(frame, shapes), stroke)]
    found = dashed(in_pixels(frame, shapes), starts / frame.resolution, stroke.dash)
    return [Line(paths, replace(stroke, dash_offset=phase)) for phase, paths in found.items()]


def chosen(found: Lines, which: npt.NDArray[np.bool_]) -> tuple[Geometries, Metres]:
    """The lines for which ``which`` holds, and where they begin."""
    return found[0][which], found[2][which]
