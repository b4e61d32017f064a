"""Meridians and parallels under the land of a map, computed in the plane that is drawn."""

import math

import numpy as np
import shapely

from geo.graticule import step_for
from geo.paths import Offsets, Paths, Points
from geo.plane import PLANES, WORLD, Plane
from geo.scene import Item, Line
from layers.planes import Geometries
from layers.themes import Theme
from server.draw.frame import Frame
from server.draw.sheet import in_pixels, moved

PARALLELS = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0)  # degrees between them
WIDEST = 30.0  # degrees between meridians around the pole
SPACING_PX = 220  # about, between two parallels
CLEAR = 80.0  # degrees: north of this only the meridians of 0°, 90°, 180° and 270° run on
SAGITTA_PX = 0.04  # how far a chord may stay behind its parallel
METRES_PER_DEGREE = 111_195.0  # of latitude, on the sphere


def graticule(frame: Frame, theme: Theme) -> list[Item]:
    """The lines at round degrees that cross the frame."""
    plane = PLANES[frame.plane]
    if not (plane.polar or frame.bent or frame.mask):
        paths = Paths(*_squares(frame, plane))
        return [] if paths.empty else [Line(moved(frame, paths), theme.graticule.stroke)]
    lines = _polar(frame, plane) if plane.polar else _mercator(frame, plane)
    if frame.mask is not None and len(lines):
        lines = shapely.get_parts(shapely.intersection(lines, frame.mask))
    drawn = in_pixels(frame, lines)
    return [] if drawn.empty else [Line(drawn, theme.graticule.stroke)]


def step_of(frame: Frame) -> float:
    """Degrees between parallels."""
    return step_for(SPACING_PX * frame.ground_m(70.0) / METRES_PER_DEGREE, 1, PARALLELS)


def _mercator(frame: Frame, plane: Plane) -> Geometries:
    ends, _ = _squares(frame, plane)
    return np.asarray(shapely.linestrings(ends.reshape(-1, 2, 2)), dtype=object).reshape(-1)


def _squares(frame: Frame, plane: Plane) -> tuple[Points, Offsets]:
    """Meridians and parallels as the ends of straight lines, and where each line begins."""
    left, bottom, right, top = frame.window
    step = step_for(SPACING_PX * frame.resolution / WORLD * 360, 1, (*PARALLELS, 15.0, 30.0))
    south, north = plane.inverse(np.array([[0, bottom], [0, top]]))[:, 1]
    x = _multiples(left / WORLD * 360, right / WORLD * 360, step) / 360 * WORLD
    lats = _multiples(south, north, step)
    lats = lats[np.abs(lats) <= plane.north]
    y = plane.forward(np.column_stack([np.zeros(len(lats)), lats]))[:, 1]
    ends = [(at, end) for at in x.tolist() for end in (bottom, top)]
    ends += [(end, at) for at in y.tolist() for end in (left, right)]
    return np.array(ends).reshape(-1, 2), np.arange(0, len(ends) + 1, 2)


def _polar(frame: Frame, plane: Plane) -> Geometries:
    along = step_of(frame)
    across = min(WIDEST, 3 * along)
    near, far, start, turn = _around(frame)
    rays = _rays(plane, across)
    rings = [_ring(frame, r, start, turn) for r in _radii(plane, along) if near <= r <= far]
    lines = np.array([*rays, *rings], dtype=object)
    return np.asarray(shapely.get_parts(shapely.clip_by_rect(lines, *frame.window)), dtype=object)


def _radii(plane: Plane, step: float) -> list[float]:
    lats = _multiples(max(plane.south, -30.0), 89.999, step)
    return [-float(y) for y in plane.forward(np.column_stack([0 * lats, lats]))[:, 1]]


def _rays(plane: Plane, step: float) -> Geometries:
    """The meridians, straight from the south to where they end."""
    lons = np.arange(-180, 180, step)
    ends = np.where(np.mod(lons, 90) == 0, 90.0, CLEAR)
    south = np.full(len(lons), max(plane.south, -30.0))
    at = np.column_stack([lons, south, lons, ends]).reshape(-1, 2)
    return np.asarray(shapely.linestrings(plane.forward(at).reshape(-1, 2, 2)), dtype=object)


def _ring(frame: Frame, radius: float, start: float, turn: float) -> shapely.LineString:
    """The part of a parallel that the window can hold; its points are the same for every window."""
    step = math.sqrt(8 * SAGITTA_PX * frame.resolution / radius)
    step = 2 * math.pi / math.ceil(2 * math.pi / step)
    first, last = math.floor(start / step), math.ceil((start + turn) / step)
    angles = np.arange(first, last + 1) * step
    ring: Points = radius * np.column_stack([np.cos(angles), np.sin(angles)])
    return shapely.LineString(ring)


def _around(frame: Frame) -> tuple[float, float, float, float]:
    """The window from the pole: least and greatest distance, first direction, and how wide."""
    left, bottom, right, top = frame.window
    corners = np.array([left, right])[[0, 1, 1, 0]] + 1j * np.array([bottom, top])[[0, 0, 1, 1]]
    far = float(np.abs(corners).max())
    nearest = complex(min(max(0.0, left), right), min(max(0.0, bottom), top))
    if nearest == 0:
        return 0.0, far, 0.0, 2 * math.pi
    middle = complex((left + right) / 2, (bottom + top) / 2)
    beside = np.angle(corners / middle)
    start = float(np.angle(middle) + beside.min())
    return abs(nearest), far, start, float(np.ptp(beside))


def _multiples(low: float, high: float, step: float) -> Points:
    return np.arange(math.ceil(low / step), math.floor(high / step) + 1, dtype=np.float64) * step
