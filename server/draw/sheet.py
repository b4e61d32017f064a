"""One collection on the paper: its geometry in a frame, and from metres to px."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
import numpy.typing as npt
import shapely

from geo.dash import dashed
from geo.lineclip import near, reached
from geo.paths import Paths, Points
from geo.pieces import at_sides
from geo.ringclip import clipped, reduced
from geo.scene import Item, Line, Stroke
from geo.strings import Strings
from layers.collection import Collection
from layers.planes import Geometries, Level, Numbers
from layers.themes import Pen
from server.draw.drawing import Drawing
from server.draw.frame import Frame, Window
from server.draw.traits import Traits

NEAR = 1.06  # how much coarser a level may be: the grid of UPS lies 4 % beside the steps of levels
FAR_PX = 4096.0  # in sixteenths of a px that is what single precision holds with room to spare
RUN_UP_PX = 64.0  # longer than a piece of a dashed line: all dashes of it are measured alike
WATERS = ("rivers", "lakes")
UNDASHED = ("land", *WATERS)
EARLY = 0.5  # a zoom level: how much earlier than its own zoom a water is drawn
NOTHING = (np.empty(0, dtype=object), np.empty(0, dtype=np.int64))


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
            return NOTHING
        return self._seen(*self.level.areas(self.frame.window))

    def areas_of(self, wanted: Sequence[int]) -> tuple[Geometries, Numbers]:
        """As `areas`, of a few features."""
        if not self.traits.areas:
            return NOTHING
        return self._seen(*self.level.areas(self.frame.window, wanted))

    def _seen(self, shapes: Geometries, numbers: Numbers) -> tuple[Geometries, Numbers]:
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
            return Paths.none(), NOTHING[1]
        if frame.mask is None:
            points, starts, owner = self.level.fills(self._window, self._wanted)
            if not len(points):
                return Paths.none(), NOTHING[1]
            rings = Paths(points, starts)
        else:
            shapes, owner = self.areas
            lines, of = _rings(shapes)
            rings, owner = Paths.of_lines(lines), owner[of]
        return _cut(moved(frame, rings), owner, frame)

    @cached_property
    def edged(self) -> bool:
        """Whether `fills` can be stroked as they are: of a tile, since what closes them outside of
        the window is not seen.
        """
        frame = self.frame
        plain = frame.spare > 0 and frame.mask is None and not frame.bent
        return plain and not self.level.torn(self._window)

    def filled(self, which: npt.NDArray[np.bool_]) -> Paths:
        """The rings of the features for which ``which`` holds."""
        rings, owner = self.fills
        return rings.chosen(which[owner])

    @cached_property
    def lines(self) -> Strings:
        """Lines and outlines, in metres of the plane."""
        return self._outlined(dashed=self.collection.id not in UNDASHED)

    @cached_property
    def near(self) -> Strings:
        """As `lines`, to be looked at and not drawn: no edge need be cut where its dashes begin."""
        return self._outlined(dashed=False)

    def _outlined(self, *, dashed: bool) -> Strings:
        if not (self.traits.areas or self.traits.lines):
            return Strings.none()
        return self._found(partial(self.level.outlines, wanted=self._wanted), dashed=dashed)

    def borders(self, *, dashed: bool) -> Strings:
        """What two areas share, once."""
        return self._found(self.level.borders, dashed=dashed)

    def _found(self, ask: Callable[..., Strings], *, dashed: bool) -> Strings:
        """The lines that a level finds; of those without dashes no edge is cut, where none is too
        long to be drawn as it is.
        """
        frame = self.frame
        if dashed:
            return self._within(ask(frame.grown(RUN_UP_PX)))
        if frame.mask is None and not frame.bent:
            found = ask(self._window, cut=False)
            if frame.holds(found.paths.points, FAR_PX):
                return found
        return self._within(ask(self._window))

    @cached_property
    def visible(self) -> npt.NDArray[np.bool_]:
        """Which features the zoom is large enough for, by their tag ``min_zoom``."""
        return np.asarray(self.traits.from_zoom <= self.frame.zoom_at(60) + EARLY)

    @property
    def _wanted(self) -> npt.NDArray[np.bool_] | None:
        """Which features are drawn, where not all are."""
        return self.visible if self.collection.id in WATERS else None

    @property
    def _window(self) -> Window:
        """Of the base less is needed: its lines are thin."""
        base = self.collection.spec.role == "base"
        return self.frame.near if base else self.frame.window

    def pen(self, pen: Pen) -> Stroke:
        """The pen for lines of nature; with all their corners on the map these are far apart."""
        return pen.fine if self.level.resolution else pen.stroke

    def points(self, margin_px: float = 0.0) -> tuple[Points, Numbers]:
        """Positions in px of the picture, up to ``margin_px`` outside of it, and whose they are."""
        if not self.traits.points:
            return np.empty((0, 2)), NOTHING[1]
        at, numbers = self.level.points(self.frame.grown(margin_px))
        if self.frame.mask is not None and len(at):
            there = shapely.intersects_xy(self.frame.mask, at)
            at, numbers = at[there], numbers[there]
        return (self.frame.pixels(at) if len(at) else at), numbers

    def _within(self, lines: Strings) -> Strings:
        if self.frame.mask is None or not len(lines):
            return lines
        shapes, of = shapely.get_parts(
            shapely.intersection(lines.shapes, self.frame.mask), return_index=True
        )
        there = shapely.get_type_id(shapes) == shapely.GeometryType.LINESTRING
        there &= ~shapely.is_empty(shapes)
        return Strings.of(shapes[there], lines.numbers[of[there]], lines.along[of[there]])


def in_pixels(frame: Frame, lines: Geometries) -> Paths:
    """Lines or rings of the plane, in px of the picture."""
    return moved(frame, Paths.of_lines(lines))


def on_paper(frame: Frame, lines: Strings) -> Paths:
    """Lines of the plane in px of the picture, without what lies beside its map."""
    paths = moved(frame, lines.paths)
    return paths if frame.room is None else near(paths, frame.paper)[0]


def moved(frame: Frame, paths: Paths) -> Paths:
    """Paths of the plane in px of the picture."""
    if paths.empty:
        return paths
    bendable = frame.bendable(paths)
    return Paths(frame.pixels(bendable.points), bendable.offsets)


def seamless(frame: Frame, paths: Paths) -> Paths:
    """Paths in px that are drawn alike on the tiles beside this one."""
    return at_sides(paths, frame.canvas) if frame.spare and not paths.empty else paths


def _cut(rings: Paths, owner: Numbers, frame: Frame) -> tuple[Paths, Numbers]:
    """Rings without what lies beside the map, or so far outside that an engine had to round it."""
    if rings.empty:
        return rings, owner
    if np.abs(rings.points).max() > FAR_PX:
        shown, of = clipped(rings, frame.paper)
    elif frame.room is not None:
        shown, of = reduced(rings, frame.paper)
    else:
        return rings, owner
    return shown, owner[of]


def _rings(shapes: Geometries) -> tuple[Geometries, Numbers]:
    """The rings of all polygons, and in which of the shapes each is."""
    parts, of = shapely.get_parts(shapes, return_index=True)
    areas = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    rings, part = shapely.get_rings(parts[areas], return_index=True)
    return rings, of[areas][part]


def stroked(frame: Frame, lines: Strings, stroke: Stroke) -> list[Item]:
    """Lines under one pen; dashes begin where the whole line does and not where the piece does."""
    if not len(lines):
        return []
    if not stroke.dash:
        paths = on_paper(frame, lines)
        return [] if paths.empty else [Line(seamless(frame, paths), stroke)]
    found = dashed(*_begun(frame, lines), stroke.dash)
    return [Line(paths, replace(stroke, dash_offset=phase)) for phase, paths in found.items()]


def _begun(frame: Frame, lines: Strings) -> tuple[Paths, Points]:
    """As `on_paper`, and how far along the whole line each piece begins, px."""
    paths, starts = moved(frame, lines.paths), lines.along / frame.resolution
    if frame.room is None or paths.empty:
        return paths, starts
    pieces, begins = near(paths, frame.paper)
    of = np.searchsorted(paths.offsets, begins, side="right") - 1
    return pieces, starts[of] + reached(paths, begins)
