"""Geometry views: a collection as one map draws it, made once and kept in the cache.

The API answers with RFC 7946; a Mercator map wants the same shapes shifted to its own middle,
without what Mercator cannot hold, and its base no finer than its pixels.
"""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import shift
from geo.feature import Feature
from geo.formats import geometry_object, properties_object
from layers.collection import Collection
from layers.legend import rule_of
from layers.maps import MERCATOR_LIMIT, MapSpec

VERSION = b"1"  # raise it when the bytes of a view change, so that caches are not believed
PIXEL_DEG = 360 / 256  # one pixel at zoom 0, in degrees of the equator
OVERLAY_DECIMALS = 6
_BASE_PROPERTIES = ("name", "names", "kind", "status", "parties", "note", "tags")

Coordinates = npt.NDArray[np.float64]


def area_of(map: MapSpec) -> tuple[float, float, float, float]:
    """The part of the unrolled world that a reader may pan to: west, south, east, north.

    It is the first view with as much again to each side and half as much above and below, as far
    as the world and Mercator go, so that windows of any shape are filled.
    """
    west, south, east, north = map.view
    wide, low, high = east - west, *_mercator_y(np.array([south, north]))
    tall = high - low
    limit = _mercator_y(np.array([-MERCATOR_LIMIT, MERCATOR_LIMIT]))
    rows = np.array([max(low - tall, limit[0]), min(high + tall, limit[1])])
    bottom, top = _latitude(rows)
    left, right = max(west - wide, map.lon0 - 180), min(east + wide, map.lon0 + 180)
    return (round(left, 4), round(float(bottom), 4), round(right, 4), round(float(top), 4))


def view(map: MapSpec, collection: Collection, cache: Path) -> bytes:
    """The GeoJSON that ``map`` fetches for ``collection``; longitudes lie within lon0 ± 180.

    Each feature carries the index of its style rule beside the properties (``rule``, null where
    none fits). Overlays are whole; the base is cut to `area_of`, simplified without tearing shared
    borders, and has only the properties that a popup shows. Kept in ``cache`` under a digest of
    everything it is made of.
    """
    path = cache / "views" / f"{_digest(map, collection)}.geojson"
    if path.is_file():
        return path.read_bytes()
    body = _body(map, collection)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{hashlib.sha256(body).hexdigest()[:8]}.part")
    part.write_bytes(body)
    part.replace(path)
    return body


def _digest(map: MapSpec, collection: Collection) -> str:
    told = [map.model_dump_json(), collection.spec.model_dump_json(), collection.digest]
    versions = [shapely.__version__, shapely.geos_version_string]
    return hashlib.sha256(b"\n".join([VERSION, orjson.dumps([told, versions])])).hexdigest()


def _body(map: MapSpec, collection: Collection) -> bytes:
    base = collection.spec.role == "base"
    shapes = [_placed(f.geometry, map) for f in collection.features]
    if base:
        shapes = _generalised(shapes, map)
    drawn = zip(collection.features, shapes, strict=True)
    members = [
        _member(collection, feature, shape, base)
        for feature, shape in drawn
        if not (base and shape is None)
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": members})


def _member(
    collection: Collection, feature: Feature, shape: BaseGeometry | None, base: bool
) -> dict[str, Any]:
    told = properties_object(feature.properties)
    # Vertex lists are long and their place is the API; a page says how many there are.
    vertices = len(told.pop("vertices", []))
    if base:
        told = {key: told[key] for key in _BASE_PROPERTIES if key in told}
    return {
        "type": "Feature",
        "id": feature.id,
        "rule": rule_of(collection, feature),
        "vertices": vertices,
        "geometry": geometry_object(shape, OVERLAY_DECIMALS),
        "properties": told,
    }


def _placed(geometry: BaseGeometry | None, map: MapSpec) -> BaseGeometry | None:
    """The geometry on the unrolled world of the map; None where Mercator cannot show any of it."""
    if geometry is None or geometry.is_empty:
        return None
    west = map.lon0 - 180
    moved = shift(geometry, map.lon0)
    low, high = moved.bounds[1], moved.bounds[3]
    if low >= -MERCATOR_LIMIT and high <= MERCATOR_LIMIT:
        return moved
    window = shapely.box(west, -MERCATOR_LIMIT, west + 360, MERCATOR_LIMIT)
    return _same_family(moved, moved.intersection(window))


def _generalised(shapes: list[BaseGeometry | None], map: MapSpec) -> list[BaseGeometry | None]:
    """Polygons that share their borders, simplified together in the plane of the map."""
    window = shapely.box(*area_of(map))
    held = [n for n, shape in enumerate(shapes) if shape is not None and shape.intersects(window)]
    flat = [_to_plane(shapes[n]) for n in held]
    tolerance = 0.5 * PIXEL_DEG / 2**map.detail
    simple = shapely.coverage_simplify(flat, tolerance) if flat else []
    made: list[BaseGeometry | None] = [None] * len(shapes)
    for n, shape in zip(held, simple, strict=True):
        made[n] = _cropped(shape, window, tolerance)
    return made


def _cropped(shape: BaseGeometry, window: BaseGeometry, tolerance: float) -> BaseGeometry | None:
    """The simplified shape in degrees, within the window, without islands below a pixel."""
    parts = [p for p in shapely.get_parts(shape) if p.area > tolerance**2]
    whole = shapely.MultiPolygon(parts) if parts else shape
    kept = _same_family(whole, shapely.make_valid(_to_degrees(whole)).intersection(window))
    # A hundredth of a pixel, on one grid for all, so that shared borders stay shared.
    decimals = 3 if tolerance > 0.02 else 4
    return None if kept is None else shapely.transform(kept, lambda c: np.round(c, decimals))


def _same_family(like: BaseGeometry, found: BaseGeometry) -> BaseGeometry | None:
    """What of ``found`` has the dimension of ``like``; clipping leaves points and lines behind."""
    wanted = shapely.get_dimensions(like)
    parts = shapely.get_parts(found)
    kept = [p for p in parts if shapely.get_dimensions(p) == wanted and not p.is_empty]
    if not kept:
        return None
    return kept[0] if len(kept) == 1 else shapely.union_all(kept)


def _to_plane(shape: BaseGeometry | None) -> BaseGeometry:
    assert shape is not None
    return shapely.transform(shape, _degrees_to_plane)


def _to_degrees(shape: BaseGeometry) -> BaseGeometry:
    return shapely.transform(shape, lambda c: np.column_stack([c[:, 0], _latitude(c[:, 1])]))


def _degrees_to_plane(points: Coordinates) -> Coordinates:
    return np.column_stack([points[:, 0], _mercator_y(points[:, 1])])


def _mercator_y(latitude: Coordinates) -> Coordinates:
    """Spherical Mercator ordinate in degrees of the equator (Snyder 1987, equation 7-2)."""
    return np.degrees(np.arcsinh(np.tan(np.radians(latitude))))


def _latitude(y: Coordinates) -> Coordinates:
    """The inverse of `_mercator_y` (Snyder 1987, equation 7-4)."""
    return np.degrees(np.arctan(np.sinh(np.radians(y))))
