"""One collection on the paper: its geometry in a frame, and from metres to px."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from geo.scene import Item, Line, Paths, Points, Stroke
from layers.collection import Collection
from layers.planes import Geometries, Level, Metres, Numbers
from server.draw.drawing import Drawing
from server.draw.frame import Frame
from server.draw.traits import Traits

Lines = tuple[Geometries, Numbers, Metres]
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
        """The collection at the level that suits the frame."""
        level = drawing.planes.store(collection.id, frame.plane).level(frame.resolution)
        return cls(collection, drawing.traits(collection.id), level, frame)

    @cached_property
    def areas(self) -> tuple[Geometries, Numbers]:
        """Polygons to be filled, and whose they are."""
        if not self.traits.areas:
            return NOTHING[:2]
        shapes, numbers = self.level.areas(self.frame.window)
        if self.frame.mask is None or not len(shapes):
            return shapes, numbers
        shapes = shapely.intersection(shapes, self.frame.mask)
        there = ~shapely.is_empty(shapes)
        return shapes[there], numbers[there]

    @cached_property
    def lines(self) -> Lines:
        """Lines and outlines, whose they are, and how far along the whole line each begins."""
        if not (self.traits.areas or self.traits.lines):
            return NOTHING
        return self._within(self.level.lines(self.frame.window))

    @cached_property
    def borders(self) -> Lines:
        """What two areas share, once."""
        return self._within(self.level.borders(self.frame.window))

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

    def paths(self, shapes: Geometries) -> Paths:
        """The rings or lines of shapes, in px of the picture."""
        return paths(self.frame, shapes)

    def _within(self, lines: Lines) -> Lines:
        if self.frame.mask is None or not len(lines[0]):
            return lines
        shapes, numbers, starts = lines
        shapes, of = shapely.get_parts(
            shapely.intersection(shapes, self.frame.mask), return_index=True
        )
        there = shapely.get_type_id(shapes) == shapely.GeometryType.LINESTRING
        return shapes[there], numbers[of[there]], starts[of[there]]


def paths(frame: Frame, shapes: Geometries) -> Paths:
    """The rings or lines of shapes of the plane, in px of the picture."""
    flat = Paths.of_lines(_rings(frame.bendable(shapes)))
    return flat if flat.empty else Paths(frame.pixels(flat.points), flat.offsets)


def _rings(shapes: Geometries) -> Geometries:
    """Lines as they are, and all rings of polygons; an array holds only the one or the other."""
    kinds = shapely.get_type_id(shapes)
    if (kinds > shapely.GeometryType.POLYGON).any():
        shapes = shapely.get_parts(shapes)
        kinds = shapely.get_type_id(shapes)
    if (kinds == shapely.GeometryType.POLYGON).any():
        return np.asarray(shapely.get_rings(shapes))
    return shapes


def stroked(frame: Frame, shapes: Geometries, starts: Metres, stroke: Stroke) -> list[Item]:
    """Lines under one pen; dashes begin where the whole line does and not where the piece does."""
    if not len(shapes):
        return []
    if not stroke.dash:
        return [Line(paths(frame, shapes), stroke)]
    period = sum(stroke.dash) * (1 + len(stroke.dash) % 2)  # an odd pattern runs twice
    phase = np.round(starts / frame.resolution % period, 2)
    return [
        Line(paths(frame, shapes[phase == one]), replace(stroke, dash_offset=float(one)))
        for one in np.unique(phase).tolist()
    ]


def chosen(found: Lines, which: npt.NDArray[np.bool_]) -> tuple[Geometries, Metres]:
    """The lines for which ``which`` holds, and where they begin."""
    return found[0][which], found[2][which]
