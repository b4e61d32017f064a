"""The schema that every feature meets, published."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from geo.model import Properties
from server.ask import Ask, asked
from server.framework import Router
from server.negotiate import SCHEMA
from server.prepared import Prepared
from server.writer import answered, as_json

router = Router()
CONFORMANCE: tuple[str, ...] = ()


@router.get("/schemas/feature.json")
async def feature(request: Request) -> Response:
    """The JSON Schema of a feature."""
    return await answered(asked(request), _feature)


def _feature(ask: Ask) -> Prepared:
    return as_json(feature_schema(ask.links.feature_schema()), SCHEMA)


def feature_schema(href: str) -> dict[str, Any]:
    """JSON Schema 2020-12 of a GeoJSON feature whose properties are ours."""
    properties = Properties.model_json_schema()
    definitions = {**properties.pop("$defs"), "Properties": properties}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": href,
        "title": "Feature",
        "description": "A GeoJSON feature (RFC 7946) that says its status, licence and sources.",
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": "string", "pattern": "^[a-z0-9]+(_[a-z0-9]+)*$"},
            "geometry": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/Geometry"}]},
            "properties": {"$ref": "#/$defs/Properties"},
        },
        "$defs": {**definitions, "Geometry": _GEOMETRY},
    }


_GEOMETRY = {
    "description": "A geometry of RFC 7946: longitude, latitude, cut at 180°.",
    "type": "object",
    "required": ["type"],
    "properties": {
        "type": {
            "enum": [
                "Point",
                "MultiPoint",
                "LineString",
                "MultiLineString",
                "Polygon",
                "MultiPolygon",
                "GeometryCollection",
            ]
        },
        "coordinates": {"type": "array"},
        "geometries": {"type": "array", "items": {"$ref": "#/$defs/Geometry"}},
    },
}
