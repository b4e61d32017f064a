"""What the world must confirm about `corridor`: in Armenia throughout, from border to border."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from shapely import Polygon
from shapely.geometry import LineString
from shapely.geometry import Point as ShapelyPoint

from geo.feature import Feature
from geo.finding import Finding, Place
from geo.geodesic import Point
from layers.collection import Collection
from layers.errors import LayersError
from layers.truthrules import inside, same_point, size_agrees
from layers.world import World

# Natural Earth, which the layer `countries` is made of, is up to 3 km off at this boundary.
OUTLINE_TOLERANCE_M = 3000.0
# A latitude within Syunik (Kapan): the river line closed along it is the Armenian side.
DEEP_IN_ARMENIA = 39.2
ENDS = (("tripoint_east", 0), ("tripoint_west", -1))
ROUNDING = 0.002  # figures are given to 0.1 km
SHARE = 0.05  # how far a published length may lie from ours before it needs a note


def truth(collection: Collection, world: World) -> Iterator[Finding]:
    """Findings about place, ends and lengths of the route, and the country of each settlement."""
    known = collection.by_id
    route, boundary = known["syunik_rail_route"], known["armenia_iran_boundary"]
    yield from _in_armenia(route, boundary, world)
    yield from _from_end_to_end(known, route, boundary)
    yield from _lengths(route, boundary)
    for feature in collection.features:
        if feature.properties.kind in ("settlement", "station"):
            country = feature.properties.parties[0]
            yield from inside(feature, world, country, tolerance_m=OUTLINE_TOLERANCE_M)


def armenian_side(aras: LineString) -> Polygon:
    """The land between the Aras, the meridians of its two tripoints, and 39.2° N.

    West and east of those meridians it says nothing; there the outline of the country does.
    """
    east, west = aras.coords[0], aras.coords[-1]
    return Polygon([*aras.coords, (west[0], DEEP_IN_ARMENIA), (east[0], DEEP_IN_ARMENIA)])


def _in_armenia(route: Feature, boundary: Feature, world: World) -> Iterator[Finding]:
    """Two independent tests: the left bank of the river line, and the country's outline."""
    yield from inside(route, world, "AM", tolerance_m=OUTLINE_TOLERANCE_M)
    line, side = _line(route), armenian_side(_line(boundary))
    for a, b in pairwise(line.coords):
        if not side.covers(LineString([a, b])):
            yield Finding(
                "truth-inside",
                "runs over the Armenia–Iran boundary on the Aras",
                "move the vertices to the Armenian side of the river",
                feature=route.id,
                place=Place(lon=a[0], lat=a[1]),
            )


def _from_end_to_end(
    known: dict[str, Feature], route: Feature, boundary: Feature
) -> Iterator[Finding]:
    """Each tripoint is one value: of the point, the route's end and the boundary's end."""
    for name, end in ENDS:
        spot = known[name].geometry
        if not isinstance(spot, ShapelyPoint):
            raise LayersError(f"corridor: the tripoint {name} is no point")
        shared: dict[str, Point] = {name: (spot.x, spot.y)}
        for feature in (boundary, route):
            lon, lat = _line(feature).coords[end]
            shared[feature.id] = (lon, lat)
        yield from same_point(shared, f"the point {name}")


def _lengths(route: Feature, boundary: Feature) -> Iterator[Finding]:
    """Our figures are those of the geometry; a published one agrees or its note says why not."""
    for feature in (route, boundary):
        for figure in feature.properties.figures:
            metres = figure.value * 1000
            if figure.unit != "km":
                continue
            if figure.what.startswith("length of the") and figure.origin == "computed":
                yield from size_agrees(feature, metres, tolerance=ROUNDING)
            elif figure.what.startswith("geodesic between"):
                yield from size_agrees(_chord(feature), metres, tolerance=ROUNDING)
            elif figure.origin == "published":
                explained = figure.note or ""
                yield from size_agrees(feature, metres, tolerance=SHARE, explained=explained)


def _chord(feature: Feature) -> Feature:
    ends = _line(feature).coords
    return replace(feature, geometry=LineString([ends[0], ends[-1]]))


def _line(feature: Feature) -> LineString:
    if not isinstance(feature.geometry, LineString):
        raise LayersError(f"corridor: {feature.id} is no line")
    return feature.geometry
