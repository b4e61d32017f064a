"""GeoJSON in and out: the `geojson` package makes the objects, orjson the bytes."""

import json
import re
from collections.abc import Iterable
from functools import partial
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
    made = feature_object(feature)
    ordered = {key: made[key] for key in ("type", "id", "geometry", "properties")}
    return orjson.dumps(ordered)


def collection_bytes(features: Iterable[Feature]) -> bytes:
    """A FeatureCollection with one feature on a line, so that a changed fact is a changed line."""
    lines = b",\n".join(feature_bytes(feature) for feature in features)
    return b'{"type":"FeatureCollection","features":[\n' + lines + b"\n]}\n"


def feature_spans(data: bytes) -> list[tuple[int, int]]:
    """Where the bytes of each feature begin and end in what `collection_bytes` made, in order."""
    return [found.span(1) for found in _FEATURE_LINE.finditer(data)]


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
    try:
        return shapely.from_geojson(orjson.dumps(member["geometry"]))  # 3 times as fast as shape()
    except (TypeError, ShapelyError) as error:
        raise BadGeoJSON(
            f"the geometry of feature {member.get('id')!r} cannot be read: {error}"
        ) from error
