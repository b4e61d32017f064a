"""The countries as pictures draw them: on the border lines that an overlay knows better.

What is served as data stays as it is; its borders are those of its source.
"""

import hashlib
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from geo.feature import Feature
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.generalise import realigned
from layers.later import Later
from layers.views import REACH_DEG, STATE_BOUNDARY

Shapes = npt.NDArray[np.object_]

COUNTRIES, DRAWN = "countries", "countries_drawn"
VERSION = "2"  # raise it when other shapes are made of the same countries and lines
CONTEXT_DEG = 1.0  # around what is drawn otherwise: so much of its neighbours it is thinned with


def drawn(catalogue: Catalogue) -> Catalogue:
    """The catalogue with `countries_drawn` beside `countries`, where a better line is known.

    It has the same features in the same order, but geometry only for those that are drawn
    otherwise (`otherwise`) and, around these, for their neighbours, so that they are thinned as
    they would be among all others. These are made when somebody looks at them.
    """
    held = catalogue.collections
    lines = _lines(catalogue)
    if not lines or COUNTRIES not in held:
        return catalogue
    countries = held[COUNTRIES]
    told = [VERSION, countries.digest, *(line.wkt for line in lines)]
    digest = hashlib.sha256("\n".join(told).encode()).hexdigest()
    features = Later(partial(_features, countries, lines))
    made = replace(countries, id=DRAWN, features=features, digest=digest, written=None)
    return Catalogue({**held, DRAWN: made}, catalogue.broken)


def _features(countries: Collection, lines: list[LineString]) -> tuple[Feature, ...]:
    shapes = _moved(countries, lines)
    given = _with_context(shapes, _touched(countries, shapes))
    pairs = zip(countries.features, given, strict=True)
    return tuple(Feature(one.id, shape, one.properties) for one, shape in pairs)


def otherwise(catalogue: Catalogue) -> frozenset[int]:
    """Which countries, by number, have other edges in `countries_drawn`: those whose border is
    moved, and whoever touches what they exchange.
    """
    countries = catalogue[COUNTRIES]
    return frozenset(_touched(countries, _moved(countries, _lines(catalogue))))


def _lines(catalogue: Catalogue) -> list[LineString]:
    return [
        one.geometry
        for collection in catalogue.collections.values()
        for one in collection.features
        if one.properties.kind == STATE_BOUNDARY and isinstance(one.geometry, LineString)
    ]


def _moved(countries: Collection, lines: list[LineString]) -> Shapes:
    """All countries; those that are not moved are the very objects of the collection."""
    shapes = [one.geometry for one in countries.features]
    for line in lines:
        shapes = realigned(shapes, line, REACH_DEG)
    return np.array(shapes, dtype=object)


def _touched(countries: Collection, shapes: Shapes) -> list[int]:
    before = np.array([one.geometry for one in countries.features], dtype=object)
    moved = before != shapes
    exchanged = shapely.union_all(shapely.symmetric_difference(before[moved], shapes[moved]))
    return [int(n) for n in _meeting(shapes, exchanged)]


def _with_context(shapes: Shapes, touched: list[int]) -> Shapes:
    """Those that are touched whole, of their neighbours what lies around them, and else None."""
    given = np.full(len(shapes), None)
    near = _meeting(shapes, shapely.union_all(shapes[touched]))
    west, south, east, north = shapely.total_bounds(shapes[touched])
    around = shapely.box(west, south, east, north).buffer(CONTEXT_DEG, join_style="mitre")
    given[near] = shapely.intersection(shapes[near], around)
    given[touched] = shapes[touched]
    return given


def _meeting(shapes: Shapes, shape: BaseGeometry) -> npt.NDArray[np.int64]:
    """The numbers of the shapes that have a point in common with one, sorted."""
    return np.sort(shapely.STRtree(shapes).query(shape, predicate="intersects"))
