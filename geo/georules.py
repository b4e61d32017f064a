"""Rules on a GeoJSON geometry object: its members, its nesting, then what its positions say."""

from collections.abc import Iterator, Sequence
from typing import Any

from geo.chain import DEPTHS, Chain, read_chains
from geo.finding import Finding
from geo.linerules import line_findings
from geo.placerules import care_findings, finite, overflow_findings, plain, range_findings
from geo.ringrules import polygon_findings, polygons_findings
from geo.spot import Spot, shown

GEOMETRIES = (*DEPTHS, "GeometryCollection")
TYPES = (*GEOMETRIES, "Feature", "FeatureCollection")

# RFC 7946, section 7.1: no type may have the members that define another.
_FOREIGN = {
    "FeatureCollection": ("coordinates", "geometries", "geometry", "properties"),
    "Feature": ("coordinates", "geometries", "features"),
    "GeometryCollection": ("coordinates", "geometry", "properties", "features"),
}
_FOREIGN_GEOMETRY = ("geometries", "geometry", "properties", "features")


def geometry_findings(value: Any, spot: Spot, *, inner: bool = False) -> Iterator[Finding]:
    """What is wrong with a geometry object; ``inner`` when it is part of a GeometryCollection."""
    if not isinstance(value, dict):
        yield spot.finds("geometry-type", f"{shown(value)} stands where a geometry is wanted")
        return
    kind = value.get("type")
    if kind not in GEOMETRIES:
        yield type_finding(value, spot, GEOMETRIES)
        return
    yield from misplaced(value, kind, spot)
    if kind == "GeometryCollection":
        yield from _collection(value, spot, inner=inner)
    elif not isinstance(value.get("coordinates"), list):
        yield spot.finds("coordinates-missing", f"a {kind} without an array of coordinates")
    elif not value["coordinates"]:
        yield spot.down("coordinates").finds("coordinates-empty", f"a {kind} without positions")
    elif kind != "Point" or not plain(value["coordinates"]):
        yield from _positions(kind, value["coordinates"], spot)


def type_finding(value: dict[str, Any], spot: Spot, allowed: Sequence[str]) -> Finding:
    """Why the ``type`` of an object is none of the allowed ones."""
    kind = value.get("type")
    words = ", ".join(allowed)
    if "type" not in value:
        return spot.finds("type-unknown", f"there is no type; it is one of {words}")
    here = spot.down("type")
    for word in TYPES:
        if isinstance(kind, str) and kind != word and kind.lower() == word.lower():
            return here.finds("type-case", f"the type {kind!r} is spelled {word!r}")
    return here.finds("type-unknown", f"the type {shown(kind)} is none of {words}")


def misplaced(value: dict[str, Any], kind: str, spot: Spot) -> Iterator[Finding]:
    """Members that define another type than ``kind``."""
    for name in _FOREIGN.get(kind, _FOREIGN_GEOMETRY):
        if name in value:
            yield spot.down(name).finds("member-misplaced", f"a {kind} has a member {name!r}")


def _collection(value: dict[str, Any], spot: Spot, *, inner: bool) -> Iterator[Finding]:
    if inner:
        yield spot.finds("collection-nested", "a GeometryCollection lies inside another")
    parts = value.get("geometries")
    if not isinstance(parts, list):
        yield spot.finds("geometries-missing", "a GeometryCollection without geometries")
        return
    if not parts:
        yield spot.down("geometries").finds("coordinates-empty", "a collection of no geometry")
    for n, part in enumerate(parts):
        yield from geometry_findings(part, spot.down("geometries", n), inner=True)


def _positions(kind: str, coordinates: list[Any], spot: Spot) -> Iterator[Finding]:
    chains, unreadable = read_chains(kind, coordinates, spot.down("coordinates"))
    yield from unreadable
    if not chains:
        return
    if too_big := list(overflow_findings(chains)):
        yield from too_big
        return
    if not finite(chains):
        return
    off_globe = list(range_findings(chains))
    yield from off_globe
    if not off_globe:
        yield from care_findings(chains)
        yield from _form(kind, coordinates, chains, spot)


def _form(
    kind: str, coordinates: list[Any], chains: Sequence[Chain], spot: Spot
) -> Iterator[Finding]:
    if kind in ("LineString", "MultiLineString"):
        for chain in chains:
            yield from line_findings(chain)
    elif kind == "Polygon":
        yield from polygon_findings(chains, spot)
    elif kind == "MultiPolygon":
        rest = iter(chains)
        polygons = [[next(rest) for _ in rings] for rings in coordinates]
        yield from polygons_findings(polygons, spot)
