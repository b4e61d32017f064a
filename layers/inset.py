"""A window of fine shapes set into coarse ones, so that a whole globe need not be fine."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.look import Box

Shapes = Mapping[int, BaseGeometry]


def set_in(inside: Shapes, outside: Shapes, window: Box) -> Iterator[tuple[int, BaseGeometry]]:
    """Each shape of ``inside`` within the window and of ``outside`` around it, by its number.

    All are in the plane of the window. Areas go on across its edge without a seam; a line or a
    coast may make a step there, as long as the coarse one is off.
    """
    box = shapely.box(*window)
    for number in sorted({*inside, *outside}):
        fine = [shapely.intersection(one, box) for one in parts_of(inside.get(number))]
        coarse = [shapely.difference(one, box) for one in parts_of(outside.get(number))]
        made = _whole([part for one in (*fine, *coarse) for part in parts_of(one)])
        if made is not None:
            yield number, made


def parts_of(shape: BaseGeometry | None) -> list[BaseGeometry]:
    """The points, lines and polygons that a geometry is made of, however deep they lie."""
    parts = np.array([] if shape is None else [shape], dtype=object)
    while (shapely.get_type_id(parts) > shapely.GeometryType.POLYGON).any():
        parts = shapely.get_parts(parts)
    return [one for one in parts.tolist() if not one.is_empty]


def _whole(parts: Sequence[BaseGeometry]) -> BaseGeometry | None:
    """One geometry; a collection where there are areas and lines."""
    kinds = ("Polygon", "LineString", "Point")
    areas, lines, points = ([one for one in parts if one.geom_type == kind] for kind in kinds)
    made: list[Any] = [
        *([shapely.union_all(areas)] if areas else []),
        *([shapely.line_merge(shapely.multilinestrings(lines))] if lines else []),
        *([shapely.multipoints(points)] if points else []),
    ]
    if len(made) > 1:
        return shapely.GeometryCollection(made)
    return made[0] if made else None
