"""Geometry of the globe laid flat in a plane, where it is not cut at 180° or at the pole any more.

Everything comes in RFC 7946 form and leaves in whole numbers of the plane's quantum (some
centimetres), as floats: shared edges are the same numbers, and unions along the seam are exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import shapely
from shapely import MultiLineString, MultiPoint, MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.clean import valid
from geo.dense import dense
from geo.plane import Plane, Points

Shapes = npt.NDArray[np.object_]
Owners = npt.NDArray[np.int64]
Parts = tuple[Shapes, Owners]  # each part with the index of the shape that it belongs to

_POINT, _LINE, _AREA = 0, 1, 3  # type ids of shapely for points, line strings and polygons


@dataclass(frozen=True)
class Flat:
    """What many shapes are in a plane, in quanta: points (n, 2), line strings, polygons."""

    points: tuple[Points, Owners]
    lines: Parts
    areas: Parts


def flat(shapes: Sequence[BaseGeometry | None], plane: Plane) -> Flat:
    """Shapes of any type in ``plane``; what lies beyond its latitudes is left out.

    Parts that met at 180° are one, and what was closed over the pole is whole there. In Mercator
    the eastern part stays and the western one has x beyond half the world; what runs around the
    earth stays cut, with edges at ± half the world. Long edges get vertices (`geo.dense`).
    """
    parts, owner = _exploded(np.array(shapes, dtype=object), np.arange(len(shapes)))
    kind = shapely.get_type_id(parts)
    areas, lines, points = (_of(parts, owner, kind == one) for one in (_AREA, _LINE, _POINT))
    return Flat(_points(points, plane), _lines(lines, plane), _areas(areas, plane))


def project(geometry: BaseGeometry, plane: Plane) -> BaseGeometry:
    """One geometry in metres of the plane, as a multi type or, of several, a collection.

    Valid, with seam and pole dissolved as by `flat`; empty where the plane does not hold it.
    """
    made = flat([geometry], plane)
    found: list[BaseGeometry] = [
        MultiPolygon(list(made.areas[0])),
        MultiLineString(list(made.lines[0])),
        MultiPoint(made.points[0]),
    ]
    held = [one for one in found if not one.is_empty]
    whole = held[0] if len(held) == 1 else shapely.GeometryCollection(held)
    return shapely.transform(whole, lambda points: points * plane.quantum)


def _of(parts: Shapes, owner: Owners, which: npt.NDArray[np.bool_]) -> Parts:
    return parts[which], owner[which]


def _exploded(parts: Shapes, owner: Owners) -> Parts:
    """Single, not empty geometries of a mixture of any depth."""
    while True:
        parts, index = shapely.get_parts(parts, return_index=True)
        owner = owner[index]
        if not (shapely.get_type_id(parts) > _AREA).any():
            return _of(parts, owner, ~shapely.is_empty(parts))


def _points(held: Parts, plane: Plane) -> tuple[Points, Owners]:
    at, index = shapely.get_coordinates(held[0], return_index=True)
    inside = (at[:, 1] >= plane.south) & (at[:, 1] <= plane.north)
    return np.rint(plane.forward(at[inside]) / plane.quantum), held[1][index][inside]


def _lines(held: Parts, plane: Plane) -> Parts:
    parts, owner = _in_band(held, plane, _LINE)
    laid = _laid(parts, plane)
    touch = _touches(parts, plane)
    apart = ~touch
    whole = [
        (shapely.line_merge(MultiLineString(list(one)), directed=True), number)
        for one, number in _groups(laid, parts, owner, touch, plane)
    ]
    return _gathered(laid[apart], owner[apart], whole, _LINE)


def _areas(held: Parts, plane: Plane) -> Parts:
    parts, owner = _in_band(held, plane, _AREA)
    laid = _sound(_laid(parts, plane))
    touch = _touches(parts, plane)
    whole = [
        (shapely.union_all(one), number)
        for one, number in _groups(laid, parts, owner, touch, plane)
    ]
    return _gathered(laid[~touch], owner[~touch], whole, _AREA)


def _in_band(held: Parts, plane: Plane, kind: int) -> Parts:
    """The parts cut to the latitudes of the plane."""
    parts, owner = held
    if not len(parts):
        return held
    _, south, _, north = shapely.bounds(parts).T
    cut = (south < plane.south) | (north > plane.north)
    band = shapely.box(-200, plane.south, 200, plane.north)
    parts = parts.copy()
    parts[cut] = shapely.intersection(parts[cut], band)
    parts, owner = _exploded(parts, owner)
    return _of(parts, owner, shapely.get_type_id(parts) == kind)


def _laid(parts: Shapes, plane: Plane) -> Shapes:
    """Polygons or line strings, of one type, on the lattice of the plane."""
    if not len(parts):
        return parts
    kind, points, (ends, *outer) = shapely.to_ragged_array(parts)
    points, starts = dense(points, ends.astype(np.int64), plane.forward)
    on_lattice = np.rint(plane.forward(points) / plane.quantum) + 0.0
    made = shapely.from_ragged_array(kind, on_lattice, cast(Any, (starts, *outer)))
    return np.asarray(shapely.remove_repeated_points(made, 0.0))


def _sound(parts: Shapes) -> Shapes:
    """Polygons made valid on the lattice: slits to the pole close, belts get their hole."""
    made = parts.copy()
    for n in np.flatnonzero(~shapely.is_valid(parts)):
        made[n] = shapely.set_precision(valid(parts[n]), 1.0)
    return made


def _touches(parts: Shapes, plane: Plane) -> npt.NDArray[np.bool_]:
    """Which parts may have been cut from others, at 180° or at the pole."""
    if not len(parts):
        return np.zeros(0, dtype=bool)
    west, _, east, north = shapely.bounds(parts).T
    if plane.polar:
        return np.asarray((west == -180) | (east == 180) | (north == 90))
    return np.asarray((west == -180) != (east == 180))  # both: it runs around the earth


def _groups(
    laid: Shapes, parts: Shapes, owner: Owners, touch: npt.NDArray[np.bool_], plane: Plane
) -> list[tuple[Shapes, int]]:
    """For each shape its parts that may have been cut, moved to where they meet."""
    made, one_turn = [], np.array([plane.turn, 0])
    for number in np.unique(owner[touch]):
        mine = np.flatnonzero(touch & (owner == number))
        group = laid[mine]
        if not plane.polar:
            west = shapely.bounds(parts[mine])[:, 0] == -180
            if not west.all():
                group[west] = shapely.transform(group[west], lambda at: at + one_turn)
        made.append((group, int(number)))
    return made


def _gathered(
    apart: Shapes, owner: Owners, whole: Sequence[tuple[BaseGeometry, int]], kind: int
) -> Parts:
    """What was never cut and what was joined, in the order of the shapes."""
    shapes = np.array([*apart, *(one for one, _ in whole)], dtype=object)
    owners = np.concatenate([owner, np.array([n for _, n in whole], dtype=np.int64)])
    order = np.argsort(owners, kind="stable")
    parts, owners = _exploded(shapes[order], owners[order].astype(np.int64))
    return _of(parts, owners, shapely.get_type_id(parts) == kind)
