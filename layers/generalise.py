"""The base of a map no finer than its pixels, simplified so that shared borders stay shared.

Everything here lies in the plane of spherical Mercator, in degrees of the equator: x is the
longitude as the map unrolls it, y the stretched latitude.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import split

from geo.joint import jointed

Coordinates = npt.NDArray[np.float64]  # shape (n, 2): x, y
Window = tuple[float, float, float, float]  # west, south, east, north
GRID = 1e-3  # degrees of the equator: an eighth of a pixel at zoom 6
HAIR = 1e-9  # degrees, a tenth of a millimetre
MARGIN = 0.02  # of the window: its own cut edges shall not be simplified into view


def generalised(
    shapes: Sequence[BaseGeometry | None], window: Window, tolerance: float
) -> list[BaseGeometry | None]:
    """Polygons in lon, lat, cut to ``window`` (lon, lat), without detail below ``tolerance``.

    Neighbours that shared an edge share it afterwards. Islands smaller than a square of the
    tolerance are left out; None stands for a shape of which nothing is left.
    """
    box = _rect(window)
    flat = [None if shape is None else _clipped(to_plane(shape), box) for shape in shapes]
    held = {n: shape for n, shape in enumerate(flat) if shape is not None}
    simple = shapely.coverage_simplify(np.array(list(held.values()), dtype=object), tolerance)
    made: list[BaseGeometry | None] = [None] * len(shapes)
    for n, shape in zip(held, simple, strict=True):
        parts = [part for part in _polygons(shape) if part.area > tolerance**2]
        if parts:
            made[n] = to_degrees(MultiPolygon(_tidy(parts, tolerance)))
    return made


def thinned(
    shapes: Sequence[BaseGeometry | None], window: Window, tolerance: float
) -> list[BaseGeometry | None]:
    """Lines in lon, lat, cut to ``window`` (lon, lat), without detail below ``tolerance``.

    Lines shorter than that are left out; None stands for a shape of which nothing is left.
    """
    box = _rect(window)
    return [None if one is None else _thinned(to_plane(one), box, tolerance) for one in shapes]


def _thinned(shape: BaseGeometry, box: Window, tolerance: float) -> BaseGeometry | None:
    simple = shapely.get_parts(shapely.simplify(shapely.clip_by_rect(shape, *box), tolerance))
    lines = shapely.transform(simple[shapely.length(simple) > tolerance], _on_grid)
    return to_degrees(MultiLineString(list(lines))) if len(lines) else None


def borders(shapes: Sequence[BaseGeometry | None]) -> list[BaseGeometry | None]:
    """Of each polygon the part of its outline that it shares with another one, as lines.

    None where nothing is shared: an island has a coast and no border. The shapes must be a
    coverage, vertex for vertex.
    """
    rings = [_rings(shape) for shape in shapes]
    edges = [_edges(ring) for group in rings for ring in group]
    if not edges:
        return [None for _ in shapes]
    _, number, count = np.unique(
        np.concatenate(edges), axis=0, return_inverse=True, return_counts=True
    )
    shared = np.split(count[number.ravel()] > 1, np.cumsum([len(edge) for edge in edges])[:-1])
    flags = iter(shared)
    return [_lines([(ring, next(flags)) for ring in group]) for group in rings]


def realigned(
    areas: Sequence[BaseGeometry | None], line: LineString, reach: float
) -> list[BaseGeometry | None]:
    """The areas (lon, lat), with the border between two of them moved onto a better ``line``.

    The two are those that hold most of either side of the line within ``reach`` degrees of it.
    They exchange what lies on the other's side there. Every other area keeps what it has, but gets
    a vertex where a new one of the two lies on its edge, so that what fitted together still does.
    Nothing changes where the line does not part two areas.
    """
    made = list(areas)
    sides = _sides(line, reach)
    owners = {_owner(areas, side): side for side in sides}
    if len(owners) != 2 or None in owners:
        return made
    (one, here), (two, there) = ((n, side) for n, side in owners.items() if n is not None)
    first, second = areas[one], areas[two]
    assert first is not None and second is not None
    made[one] = _exchanged(first, second.intersection(here), there.intersection(first))
    made[two] = _exchanged(second, first.intersection(there), here.intersection(second))
    joints = _new([first, second], [made[one], made[two]])
    return [area if n in (one, two) else jointed(area, joints) for n, area in enumerate(made)]


def _exchanged(area: BaseGeometry, gained: BaseGeometry, lost: BaseGeometry) -> BaseGeometry:
    """On a grid that holds every vertex of the data: else hairs without an area would be left."""
    return area.union(gained, grid_size=HAIR).difference(lost, grid_size=HAIR)


def _sides(line: LineString, reach: float) -> list[BaseGeometry]:
    """The two sides of a strip along a line; none where the line does not part it."""
    strip = line.buffer(reach, cap_style="flat")
    parts = sorted(shapely.get_parts(split(strip, line)), key=lambda part: -float(part.area))
    return parts[:2] if len(parts) > 1 else []


def _new(before: Sequence[BaseGeometry], after: Sequence[BaseGeometry | None]) -> Coordinates:
    """The vertices that are there afterwards and were not before."""
    old, new = (set(map(tuple, shapely.get_coordinates(list(one)))) for one in (before, after))
    return np.array(sorted(new - old)).reshape(-1, 2)


def _owner(areas: Sequence[BaseGeometry | None], side: BaseGeometry) -> int | None:
    held = [0.0 if area is None else area.intersection(side).area for area in areas]
    return int(np.argmax(held)) if any(held) else None


def to_plane(shape: BaseGeometry) -> BaseGeometry:
    """Degrees of longitude and latitude to the plane; latitudes beyond ±89.9 are drawn there."""
    return shapely.transform(shape, lambda c: np.column_stack([c[:, 0], mercator_y(c[:, 1])]))


def to_degrees(shape: BaseGeometry) -> BaseGeometry:
    """The inverse of `to_plane`."""
    return shapely.transform(shape, lambda c: np.column_stack([c[:, 0], latitude(c[:, 1])]))


def mercator_y(lat: Coordinates) -> Coordinates:
    """Spherical Mercator ordinate in degrees of the equator (Snyder 1987, equation 7-2)."""
    return np.degrees(np.arcsinh(np.tan(np.radians(np.clip(lat, -89.9, 89.9)))))


def latitude(y: Coordinates) -> Coordinates:
    """The latitude of an ordinate (Snyder 1987, equation 7-4)."""
    return np.degrees(np.arctan(np.sinh(np.radians(y))))


def _rect(window: Window) -> Window:
    west, south, east, north = window
    low, high = mercator_y(np.array([south, north]))
    wide, tall = MARGIN * (east - west), MARGIN * (high - low)
    return (west - wide, float(low) - tall, east + wide, float(high) + tall)


def _clipped(shape: BaseGeometry, box: Window) -> BaseGeometry | None:
    if (
        shape.bounds[0] < box[0]
        or shape.bounds[1] < box[1]
        or shape.bounds[2] > box[2]
        or shape.bounds[3] > box[3]
    ):
        shape = shapely.clip_by_rect(shape, *box)
    areas = _polygons(shape)
    return MultiPolygon(areas) if areas else None


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]


def _tidy(parts: list[Polygon], tolerance: float) -> list[Polygon]:
    """The parts without holes below the tolerance (ponds) and on one grid for all of the base."""
    made = []
    for part in parts:
        holes = [ring for ring in part.interiors if Polygon(ring).area > tolerance**2]
        made.append(shapely.transform(Polygon(part.exterior, holes), _on_grid))
    return made


def _on_grid(points: Coordinates) -> Coordinates:
    return np.round(points / GRID) * GRID


def _rings(shape: BaseGeometry | None) -> list[Coordinates]:
    if shape is None:
        return []
    rings = [ring for part in _polygons(shape) for ring in (part.exterior, *part.interiors)]
    return [shapely.get_coordinates(ring) for ring in rings]


def _edges(ring: Coordinates) -> Coordinates:
    """The edges of a ring, shape (n, 4), the same for both directions."""
    a, b = ring[:-1], ring[1:]
    swap = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    first, second = np.where(swap[:, None], b, a), np.where(swap[:, None], a, b)
    return np.hstack([first, second])


def _lines(rings: list[tuple[Coordinates, npt.NDArray[np.bool_]]]) -> BaseGeometry | None:
    found = [run for ring, shared in rings for run in _runs(ring, shared)]
    if not found:
        return None
    return found[0] if len(found) == 1 else MultiLineString(found)


def _runs(ring: Coordinates, shared: npt.NDArray[np.bool_]) -> list[LineString]:
    """The longest runs of shared edges; one that passes the start of the ring stays whole."""
    if shared.all():
        return [LineString(ring)]
    turn = int(np.argmin(shared))  # begin at an edge that is not shared
    points = np.vstack([ring[:-1][turn:], ring[:-1][:turn], ring[turn]])
    flags = np.concatenate([[False], np.roll(shared, -turn), [False]])
    starts = np.flatnonzero(~flags[:-1] & flags[1:])
    ends = np.flatnonzero(flags[:-1] & ~flags[1:])
    return [LineString(points[a : b + 1]) for a, b in zip(starts, ends, strict=True)]
