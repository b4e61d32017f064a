"""Rules on the shape of a GeoJSON document: collection, features, ids (RFC 7946, section 3)."""

from collections.abc import Iterator
from typing import Any

from geo.boxrules import bbox_findings
from geo.finding import Finding
from geo.georules import GEOMETRIES, TYPES, geometry_findings, misplaced, type_finding
from geo.spot import Spot, is_id, label_of, shown

# Names under which libraries write WGS 84 longitude, latitude in a `crs` member.
_WGS84 = ("crs84", "4326")


def document_findings(value: Any) -> Iterator[Finding]:
    """What is wrong with a parsed document, in document order."""
    spot = Spot()
    if not isinstance(value, dict):
        yield spot.finds("document-type", f"the document is {shown(value)}")
        return
    kind = value.get("type")
    if kind not in TYPES:
        yield _no_document(value, spot)
        return
    yield from _crs(value, spot)
    if kind == "FeatureCollection":
        yield from bbox_findings(value, spot)
        yield from _collection(value, spot)
    elif kind == "Feature":
        yield from _feature(value, Spot("", label_of(value, 0)))
    else:
        yield from bbox_findings(value, spot)
        yield from geometry_findings(value, spot)


def _no_document(value: dict[str, Any], spot: Spot) -> Finding:
    if "type" in value and value["type"] != "Topology":
        return type_finding(value, spot, TYPES)
    for sign, name in (("arcs", "TopoJSON"), ("geometryType", "Esri JSON"), ("rings", "Esri JSON")):
        if sign in value:
            return spot.finds("document-type", f"the document is {name}, not GeoJSON")
    return spot.finds("document-type", "the document is an object without a type")


def _crs(value: dict[str, Any], spot: Spot) -> Iterator[Finding]:
    if "crs" not in value:
        return
    crs = value["crs"]
    name = crs.get("properties") if isinstance(crs, dict) else crs
    name = name.get("name", name.get("href")) if isinstance(name, dict) else name
    known = name is None or str(name).lower().endswith(_WGS84)
    here = spot.down("crs")
    yield here.finds("crs-member" if known else "crs-foreign", f"`crs` names {shown(name)}")


def _collection(value: dict[str, Any], spot: Spot) -> Iterator[Finding]:
    yield from misplaced(value, "FeatureCollection", spot)
    features = value.get("features")
    if not isinstance(features, list):
        yield spot.finds("features-missing", "a FeatureCollection without an array of features")
        return
    if not features:
        yield spot.down("features").finds("features-empty", "the collection is empty")
    for n, member in enumerate(features):
        yield from _member(member, Spot("", label_of(member, n)).down("features", n))
    yield from _ids(features, spot.down("features"))


def _member(member: Any, spot: Spot) -> Iterator[Finding]:
    if isinstance(member, dict) and member.get("type") == "Feature":
        yield from _feature(member, spot)
    elif isinstance(member, dict) and member.get("type") not in (*GEOMETRIES, "FeatureCollection"):
        yield type_finding(member, spot, ("Feature",))
    else:
        what = member["type"] if isinstance(member, dict) else shown(member)
        yield spot.finds("feature-object", f"{what} stands where a Feature is wanted")


def _feature(value: dict[str, Any], spot: Spot) -> Iterator[Finding]:
    yield from misplaced(value, "Feature", spot)
    yield from _id(value, spot)
    yield from bbox_findings(value, spot)
    if "geometry" not in value:
        yield spot.finds("geometry-missing", "a Feature without `geometry`")
    elif value["geometry"] is None:
        yield spot.down("geometry").finds("geometry-null", "the feature has no place")
    else:
        here = spot.down("geometry")
        if isinstance(value["geometry"], dict):
            yield from bbox_findings(value["geometry"], here)
        yield from geometry_findings(value["geometry"], here)
    if "properties" not in value:
        yield spot.finds("properties-missing", "a Feature without `properties`")
    elif not isinstance(value["properties"], dict | None):
        said = shown(value["properties"])
        yield spot.down("properties").finds("properties-type", f"properties are {said}")


def _id(value: dict[str, Any], spot: Spot) -> Iterator[Finding]:
    if "id" not in value:
        yield spot.finds("id-missing", "a Feature without an id")
    elif value["id"] == "":
        yield spot.down("id").finds("id-empty", "the id is an empty string")
    elif not is_id(value["id"]):
        yield spot.down("id").finds("id-type", f"the id is {shown(value['id'])}")


def _ids(features: list[Any], spot: Spot) -> Iterator[Finding]:
    """What is wrong with the ids of a collection taken together."""
    given = [
        (n, member["id"])
        for n, member in enumerate(features)
        if isinstance(member, dict) and is_id(member.get("id"))
    ]
    first: dict[Any, int] = {}
    for n, own in given:
        here = Spot(spot.pointer, str(own)).down(n, "id")
        if own in first:
            message = f"the id {shown(own)} is that of feature {first[own]} too"
            yield here.finds("id-duplicate", message)
        elif first and isinstance(own, str) != isinstance(given[0][1], str):
            yield here.finds("id-mixed", f"the id {shown(own)} is of another type than the first")
        first.setdefault(own, n)
