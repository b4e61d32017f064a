"""Geometry views: a collection as one map draws it, made once and kept in the cache.

The API answers with RFC 7946; a Mercator map wants the same shapes shifted to its own middle,
without what Mercator cannot hold, and its base no finer than its pixels.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import orjson
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import shift
from geo.feature import Feature
from geo.formats import geometry_object
from layers.area import area_of, within
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.coverage import places_for_names, with_true_outline
from layers.generalise import (
    borders,
    generalised,
    latitude,
    realigned,
    thinned,
    to_plane,
)
from layers.kept import kept
from layers.legend import is_drawn
from layers.maps import MERCATOR_LIMIT, MapSpec
from layers.member import CONTESTED, member

VERSION = "10"  # raise it when the bytes of a view change, so that caches are not believed
PIXEL_DEG = 360 / 256  # one pixel at zoom 0, in degrees of the equator
OVERLAY_DECIMALS, COVERAGE_DECIMALS, BASE_DECIMALS = 6, 4, 3
FINER = 1  # zoom level: an overlay is looked at more closely than its base
STATE_BOUNDARY = "state_boundary"
COUNTRIES = "countries"
REACH_DEG = 0.03  # Natural Earth is up to 3 km off along the Aras


def view(
    map: MapSpec, collection: Collection, cache: Path, better: Sequence[Feature] = ()
) -> bytes:
    """The GeoJSON that ``map`` fetches for ``collection``; longitudes lie within lon0 ± 180.

    Each feature carries the index of its style rule (``rule``, null where none fits) and the
    number of its ``vertices`` beside the properties, and where the map is to name an area the
    ``places`` for it. Overlays are whole, without what their style does not draw; only the
    outlines of a heavy coverage are simplified, all in one, and an area that the map cuts comes as
    a collection of the area and of its own outline, so that nobody draws the cut. The base is cut
    to `area_of` and simplified, small waters left out; of `countries` only the borders are drawn,
    because the coast is that of `land`, and the outline of what is contested. ``better`` are border
    lines that replace those of the base (`better_lines`). Geometry is null where there is nothing
    to draw. Kept in ``cache`` under a digest of everything it is made of.
    """
    digest = _digest(map, collection, better)
    return kept(cache, digest, lambda: _body(map, collection, better))


def better_lines(map: MapSpec, catalogue: Catalogue) -> list[Feature]:
    """The state boundaries that an overlay of the map knows better than its base does."""
    held = (feature for one in map.shown(catalogue) for feature in one.features)
    return [feature for feature in held if feature.properties.kind == STATE_BOUNDARY]


def _digest(map: MapSpec, collection: Collection, better: Sequence[Feature]) -> str:
    told = [VERSION, map.model_dump_json(), collection.spec.model_dump_json(), collection.digest]
    told += [feature.geometry.wkt for feature in better if feature.geometry is not None]
    versions = [shapely.__version__, shapely.geos_version_string]
    return hashlib.sha256(orjson.dumps([told, area_of(map), versions])).hexdigest()


def _body(map: MapSpec, collection: Collection, better: Sequence[Feature]) -> bytes:
    base = collection.spec.role == "base"
    shapes = [_placed(feature.geometry, map) for feature in collection.features]
    if base:
        for line in better if collection.id == COUNTRIES else ():
            shapes = _on_better_line(shapes, _placed(line.geometry, map))
        shapes = _base_shapes(collection, shapes, map)
    elif collection.heavy_coverage:
        shapes = _lighter(shapes, map)
    if not base and collection.id not in map.unstroked:
        west = map.lon0 - 180
        shapes = [one and with_true_outline(one, west, MERCATOR_LIMIT) for one in shapes]
    members = [
        member(collection, feature, geometry_object(shape, _decimals(collection)))
        | _named(collection, shape, map)
        for feature, shape in zip(collection.features, shapes, strict=True)
        if shape is not None or not base
        if is_drawn(collection, feature)
        if collection.spec.role != "labels" or within(feature, map)
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": members})


def _lighter(shapes: list[BaseGeometry | None], map: MapSpec) -> list[BaseGeometry | None]:
    """A coverage without what nobody sees; an area that would vanish stays as it is."""
    world = (map.lon0 - 180, -MERCATOR_LIMIT, map.lon0 + 180, MERCATOR_LIMIT)
    simple = generalised(shapes, world, PIXEL_DEG / 2 ** (map.detail + FINER))
    # The grid of the base does not hold the latitude at which Mercator ends.
    south, north = (-np.inf, -MERCATOR_LIMIT), (np.inf, MERCATOR_LIMIT)
    return [
        whole if one is None else shapely.transform(one, lambda at: np.clip(at, south, north))
        for one, whole in zip(simple, shapes, strict=True)
    ]


def _on_better_line(
    shapes: list[BaseGeometry | None], line: BaseGeometry | None
) -> list[BaseGeometry | None]:
    return realigned(shapes, line, REACH_DEG) if isinstance(line, LineString) else shapes


def _base_shapes(
    collection: Collection, shapes: list[BaseGeometry | None], map: MapSpec
) -> list[BaseGeometry | None]:
    window, tolerance = area_of(map), PIXEL_DEG / 2**map.detail
    shapes = [
        shape if _worth_drawing(feature, map) else None
        for feature, shape in zip(collection.features, shapes, strict=True)
    ]
    if all(feature.form == "line" for feature in collection.features):
        return thinned(shapes, window, tolerance)
    whole = generalised(shapes, window, tolerance)
    if collection.id != COUNTRIES:
        return whole
    lines = borders(whole)
    return [
        _base_shape(feature, area, line, map)
        for feature, area, line in zip(collection.features, whole, lines, strict=True)
    ]


def _worth_drawing(feature: Feature, map: MapSpec) -> bool:
    """Whether a water is great enough for the detail of the map; what has no rank always is."""
    least = feature.properties.tags.get("min_zoom", 0)
    return not isinstance(least, float | int) or least <= map.detail + FINER


def _base_shape(
    feature: Feature, area: BaseGeometry | None, line: BaseGeometry | None, map: MapSpec
) -> BaseGeometry | None:
    """The borders; where the map tints the country, its area beneath them."""
    if feature.properties.status in CONTESTED:
        return area
    if feature.id not in map.highlight or area is None:
        return line
    return shapely.GeometryCollection([one for one in (area, line) if one is not None])


def _named(
    collection: Collection, shape: BaseGeometry | None, map: MapSpec
) -> dict[str, list[list[float]]]:
    """The places for the name of an area: longitude, latitude, room in degrees of the equator."""
    if shape is None or collection.id not in map.named:
        return {}
    places = np.array(places_for_names(to_plane(shape))).reshape(-1, 3)
    places[:, 1] = latitude(places[:, 1])
    return {"places": places.round(2).tolist()}


def _decimals(collection: Collection) -> int:
    if collection.spec.role == "base":
        return BASE_DECIMALS
    return COVERAGE_DECIMALS if collection.heavy_coverage else OVERLAY_DECIMALS


def _placed(geometry: BaseGeometry | None, map: MapSpec) -> BaseGeometry | None:
    """The geometry on the unrolled world of the map; None where Mercator cannot show any of it."""
    if geometry is None or geometry.is_empty:
        return None
    moved = shift(geometry, map.lon0)
    if moved.bounds[1] >= -MERCATOR_LIMIT and moved.bounds[3] <= MERCATOR_LIMIT:
        return moved
    west = map.lon0 - 180
    rest = shapely.clip_by_rect(moved, west, -MERCATOR_LIMIT, west + 360, MERCATOR_LIMIT)
    return None if rest.is_empty else rest
