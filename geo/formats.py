"""GeoJSON in and out: the `geojson` package makes the objects, orjson the bytes."""

import json
import re
from collections.abc import Iterable
from functools import partial
from itertools import pairwise
from mmap import mmap
from typing import Any

import geojson
import numpy as np
import numpy.typing as npt
import orjson
import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geo.errors import BadGeoJSON
from geo.feature import Feature
from geo.model import Properties

DECIMALS = 7  # 1e-7° is 11 mm: finer than any vertex that we publish, RFC 7946 section 11.2
_SHAPE, _REST = b',"geometry":', b',"properties":'  # no text in JSON has either: it escapes quotes
_TYPE = re.compile(rb'\{"type":"(\w+)"')
_SHORT = 1_000  # bytes of a geometry that is read all the same
_OPEN, _CLOSE = b'{"type":"FeatureCollection","features":[\n', b"\n]}\n"
_FEATURE_LINE = re.compile(rb"^(\{.*\}),?$", re.MULTILINE)


def geometry_object(
    geometry: BaseGeometry | None, decimals: int = DECIMALS
) -> dict[str, Any] | None:
    """The GeoJSON geometry with coordinates rounded to ``decimals``; None stays None."""
    if geometry is None:
        return None
    has_z = bool(shapely.has_z(geometry))
    rounded = shapely.transform(geometry, partial(_rounded, decimals=decimals), include_z=has_z)
    plain: dict[str, Any] = orjson.loads(shapely.to_geojson(rounded))
    return plain


def _rounded(points: npt.NDArray[np.float64], decimals: int) -> npt.NDArray[np.float64]:
    return np.round(points, decimals) + 0.0  # + 0.0 turns -0.0 into 0.0


def properties_object(properties: Properties) -> dict[str, Any]:
    """The properties as JSON values in schema order, without the members that say nothing."""
    full = properties.model_dump(mode="json", exclude_none=True)
    return {key: value for key, value in full.items() if value not in ([], {})}


def feature_object(feature: Feature) -> geojson.Feature:
    """The feature as a `geojson.Feature` in RFC 7946 member order."""
    made = geojson.Feature(id=feature.id, properties=properties_object(feature.properties))
    # Set afterwards: the package rounds what passes through it to six decimals, vertex by vertex.
    made["geometry"] = geometry_object(feature.geometry)
    return made


def feature_bytes(feature: Feature) -> bytes:
    """One feature as UTF-8 on one line: type, id, geometry, properties; always the same bytes."""
    made = feature_object(Feature(feature.id, None, feature.properties))
    made["geometry"] = _written(feature.geometry)
    ordered = {key: made[key] for key in ("type", "id", "geometry", "properties")}
    return orjson.dumps(ordered, option=orjson.OPT_SERIALIZE_NUMPY)


def _written(geometry: BaseGeometry | None) -> dict[str, Any] | None:
    """As `geometry_object`, but with arrays for rings, which are not written and read on the way:
    that is half of what it takes to write a map of the world.
    """
    if geometry is None or geometry.is_empty or shapely.has_z(geometry):
        return geometry_object(geometry)
    if geometry.geom_type not in {"Polygon", "MultiPolygon"}:
        return geometry_object(geometry)
    _, points, (rings, parts, *_) = shapely.to_ragged_array([geometry])
    cut = np.split(_rounded(points, DECIMALS), rings[1:-1])
    areas = [cut[start:end] for start, end in pairwise(parts.tolist())]
    several = geometry.geom_type == "MultiPolygon"
    return {"type": geometry.geom_type, "coordinates": areas if several else areas[0]}


def collection_bytes(features: Iterable[Feature]) -> bytes:
    """A FeatureCollection with one feature on a line, so that a changed fact is a changed line."""
    lines = b",\n".join(feature_bytes(feature) for feature in features)
    return _OPEN + lines + _CLOSE


def feature_spans(data: bytes | mmap) -> list[tuple[int, int]]:
    """Where the bytes of each feature begin and end in what `collection_bytes` made, in order."""
    return [found.span(1) for found in _FEATURE_LINE.finditer(data)]


def feature_in_words(body: bytes) -> dict[str, Any]:
    """What `feature_bytes` wrote as an object, for somebody who reads and does not draw.

    Of a longer geometry there is its ``type`` alone: the lists of a coast would take twenty times
    the memory of its bytes.
    """
    head, _, tail = body.partition(_SHAPE)
    shape, _, rest = tail.partition(_REST)
    kind = _TYPE.match(shape)
    if len(shape) < _SHORT or not kind or not rest:
        return dict(orjson.loads(body))
    return dict(orjson.loads(b'%s%s{"type":"%s"}%s%s' % (head, _SHAPE, kind[1], _REST, rest)))


def load_text(data: bytes) -> Any:
    """The JSON value in ``data``. Raises `BadGeoJSON` with the line and column of the fault.

    NaN and Infinity are refused, as is any encoding but UTF-8 (RFC 8259).
    """
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return _load_slowly(data)  # which knows where the fault is, and takes what orjson will not


def _load_slowly(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise BadGeoJSON(f"byte {error.start} is not UTF-8", line, column) from error
    except json.JSONDecodeError as error:
        raise BadGeoJSON(error.msg, error.lineno, error.colno) from error
    except RecursionError as error:
        raise BadGeoJSON("brackets are nested too deep to be GeoJSON") from error


def _no_constant(name: str) -> float:
    raise BadGeoJSON(f"{name} is not a JSON number")


def parse_collection(data: bytes) -> list[Feature]:
    """The features of one of our own files, checked against the schema.

    Raises `BadGeoJSON` for text that is no FeatureCollection, and pydantic's
    `ValidationError` for properties that miss the schema.
    """
    plain = load_text(data)
    if not isinstance(plain, dict) or plain.get("type") != "FeatureCollection":
        raise BadGeoJSON("the document is not a FeatureCollection")
    members = plain.get("features")
    if not isinstance(members, list):
        raise BadGeoJSON("the member features is not a list")
    return [parse_feature(member) for member in members]


def written_features(data: bytes) -> tuple[Feature, ...] | None:
    """The features of what `collection_bytes` wrote; None where these are other bytes.

    As from `parse_collection`, in a quarter of the time: no coordinate is an object on the way.
    Raises `BadGeoJSON`, and `ValueError` for text that is no JSON or misses the schema.
    """
    spans = feature_spans(data)
    held = sum(end - start for start, end in spans) + len(b",\n") * (len(spans) - 1)
    whole = data.startswith(_OPEN) and data.endswith(_CLOSE)
    if not whole or len(data) != len(_OPEN) + held + len(_CLOSE):
        return None
    return tuple(_written_feature(data[start:end]) for start, end in spans)


def _written_feature(body: bytes) -> Feature:
    head, _, tail = body.partition(_SHAPE)
    shape, _, rest = tail.partition(_REST)
    member = orjson.loads(head + _REST + rest)
    geometry = None if shape == b"null" else _read(shape, member.get("id"))
    return Feature(str(member["id"]), geometry, Properties.model_validate(member["properties"]))


def parse_feature(member: Any) -> Feature:
    """One feature object as a `Feature`; the same errors as `parse_collection`."""
    if not isinstance(member, dict):
        raise BadGeoJSON(f"{member!r:.40} stands where a feature should be")
    return Feature(
        id=str(member.get("id", "")),
        geometry=_shape(member),
        properties=Properties.model_validate(member.get("properties")),
    )


def _shape(member: dict[str, Any]) -> BaseGeometry | None:
    if member.get("geometry") is None:
        return None
    return _read(orjson.dumps(member["geometry"]), member.get("id"))  # 3 times as fast as shape()


def _read(shape: bytes, id: Any) -> BaseGeometry:
    try:
        return shapely.from_geojson(shape)
    except (TypeError, ShapelyError) as error:
        raise BadGeoJSON(f"the geometry of feature {id!r} cannot be read: {error}") from error
