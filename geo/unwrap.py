"""What is broken at 180° made to run on past it, and closed over a pole that it goes around."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import Ring, cut, like, rings_of
from geo.clean import joined, polygons_of

POLE_SNAP = 0.0015  # Natural Earth closes Antarctica at -89.999 where -90 is meant


def unwrap_ring(ring: Sequence[tuple[float, float]] | Ring) -> Ring:
    """The vertices, shape (n, 2), with longitudes that take the short way from each to the next.

    A ring around a pole does not come home: its last longitude is 360 off the first.
    """
    points = np.array(ring, dtype=float)[:, :2]
    turns = np.round(np.diff(points[:, 0], prepend=points[0, 0]) / 360)
    points[:, 0] -= 360 * np.cumsum(turns)  # whole turns only: the digits of a longitude stay
    return points


def winds(ring: Ring) -> bool:
    """Whether an unwrapped ring runs around a pole."""
    return bool(abs(ring[-1, 0] - ring[0, 0]) > 180)


def close_over_pole(ring: Ring, pole: float | None = None) -> Ring:
    """An unwrapped ring that runs around a pole, closed along ``pole`` (90 or -90).

    Without ``pole`` it is the one on the side of the mean latitude. Vertices at the pole itself,
    or within 0.0015° of it, are devices of a flat map: they have no longitude and are dropped.
    A ring that does not run around a pole comes back as it is.
    """
    if not winds(ring):
        return ring
    turn = np.array([360 * np.sign(ring[-1, 0] - ring[0, 0]), 0.0])
    kept = ring[np.abs(ring[:, 1]) < 90 - POLE_SNAP]
    pole = pole if pole is not None else math.copysign(90.0, float(kept[:, 1].mean()))
    if (kept[-1] == kept[0] + turn).all():
        kept = kept[:-1]
    # Only from the vertex nearest the pole is a meridian sure not to meet the ring again.
    start = int((kept[:, 1] * math.copysign(1, pole)).argmax())
    kept = np.vstack([kept[start:], kept[:start] + turn, kept[start] + turn])
    return np.vstack([kept, [kept[-1, 0], pole], [kept[0, 0], pole], kept[0]])


def unwrap(geometry: BaseGeometry) -> BaseGeometry:
    """A broken geometry made unbroken: nothing jumps, rings around a pole are closed over it.

    An edge longer than 180° of longitude is taken for a jump, so do not give it geometry that is
    cut already. Polygons around a pole come back cut at 180°, all others may leave ±180. A hole
    around the same pole makes a belt, whichever of the two rings stands first.
    """
    if isinstance(geometry, Point) or geometry.is_empty:
        return geometry
    if isinstance(geometry, Polygon):
        return _unwrap_polygon(geometry)
    if isinstance(geometry, LineString):
        return LineString(unwrap_ring(shapely.get_coordinates(geometry)))
    parts = shapely.get_parts(geometry)
    changed = _may_jump(parts)
    made = [
        [part] if still else shapely.get_parts(unwrap(part))
        for part, still in zip(parts, ~changed, strict=True)
    ]
    return like(geometry, [one for group in made for one in group])


def _may_jump(parts: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    """Which of these have to be looked at ring by ring; of the parts of a map few do."""
    odd = shapely.get_type_id(parts) > shapely.GeometryType.POLYGON
    odd |= shapely.has_z(parts) | (shapely.get_num_interior_rings(parts) > 0)
    points, part = shapely.get_coordinates(parts, return_index=True)
    far = (np.abs(np.diff(points[:, 0])) >= 180) & (part[1:] == part[:-1])
    odd[part[1:][far]] = True
    return odd


def _unwrap_polygon(polygon: Polygon) -> BaseGeometry:
    shell, *holes = [unwrap_ring(shapely.get_coordinates(r)) for r in rings_of(polygon)]
    if not any(winds(ring) for ring in (shell, *holes)):
        return Polygon(shell, [_beside(hole, shell) for hole in holes])
    area = _cap(shell)
    for hole in holes:  # exact for a hole inside, and for a belt in either order of its rings
        area = area.symmetric_difference(_cap(hole))
    return joined(polygons_of(area))


def _cap(ring: Ring) -> BaseGeometry:
    """The area of an unwrapped ring, cut at 180°; around a pole it is whole, wherever it began."""
    return shapely.union_all(shapely.get_parts(cut(Polygon(close_over_pole(ring)))))


def _beside(hole: Ring, shell: Ring) -> Ring:
    """The hole, moved by whole turns to where the shell lies."""
    west = shell[:, 0].min()
    turns = np.ceil((west - hole[:, 0].min() - 1e-9) / 360)
    return np.column_stack([hole[:, 0] + 360 * turns, hole[:, 1]])
