"""Do the measures fit together and avoid the land, and do the sea routes stay in the water?"""

from collections.abc import Iterator
from itertools import combinations
from typing import cast

import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from geo.feature import Feature
from geo.finding import Finding, Place
from geo.geodesic import METRES_PER_M, Point, distance_m
from layers.bering_transits.sides import sides, widths_m
from layers.collection import Collection
from layers.errors import LayersError
from layers.truthrules import (
    has_vertex,
    on_circle,
    reaches,
    size_agrees,
    touches_no_land,
    unchecked,
)
from layers.world import World

_BOUNDARY_LON = -(168 + 58 / 60 + 37 / 3600)  # the meridian of the agreement of 1 June 1990
_CORNERS = {"precautionary_area_b": 7, "precautionary_area_e": 6}
_MEAN_M = (3.89, 4.05)  # the mean over the length of a route, in M; published as 4
_WIDTH_M = (3.75, 4.25)  # anywhere: B–C lies between two meridians, E–B is wide in its bend
_COAST_M = 3_000  # 1:10 million coasts lie up to this far off
# km² of the polygons with their islands, computed independently when the points were collected.
_AREAS_KM2 = {
    "atba_st_lawrence_island": 21_868,
    "atba_king_island": 499,
    "atba_nunivak_island": 10_119,
}


def truth(collection: Collection, world: World) -> Iterator[Finding]:
    """What does not agree with the land, with the published figures or within the layer."""
    for feature in collection.features:
        kind = feature.properties.kind
        if kind in ("sea_route", "two_way_route", "precautionary_area"):
            yield from touches_no_land(feature, world)
        if kind in ("two_way_route", "precautionary_area", "area_to_be_avoided"):
            yield from _within_180(feature)
        if kind == "two_way_route":
            yield from _route(feature, collection)
        if kind == "precautionary_area":
            yield from _area(feature)
        if kind == "area_to_be_avoided":
            cited = _AREAS_KM2[feature.id] * 1e6
            yield from size_agrees(feature, cited, tolerance=0.002)
            yield from _holds_its_islands(feature, world)
    yield from _no_overlap(collection)
    yield from _russian_side(collection)
    yield from _limits(collection, world)


def _route(feature: Feature, collection: Collection) -> Iterator[Finding]:
    """It shares a border with the area at either end, and is 4 M wide between them."""
    ends = [collection.by_id[name] for name in str(feature.properties.tags["ends"]).split()]
    for end in ends:
        shared = shapely.intersection(_shape(feature).boundary, _shape(end).boundary)
        across = [_chord_m(part) for part in shapely.get_parts(shapely.line_merge(shared))]
        if len(across) != 1 or not _WIDTH_M[0] < across[0] / METRES_PER_M < 1.2 * _WIDTH_M[1]:
            message = f"does not share one mouth with {end.id}, but {across} m"
            yield _finding(feature, "truth-meets", message)
    yield from _width(feature, ends)


def _width(feature: Feature, ends: list[Feature]) -> Iterator[Finding]:
    both = sides(_shape(feature), [_shape(end) for end in ends])
    if len(both) != 2:
        yield _finding(feature, "truth-sides", f"has {len(both)} sides between its two areas")
        return
    found = [(metres / METRES_PER_M, where) for metres, where in widths_m(*both)]
    mean = sum(wide for wide, _ in found) / len(found)
    if not _MEAN_M[0] <= mean <= _MEAN_M[1]:
        yield _finding(feature, "truth-width", f"is {mean:.3f} M wide on the mean, not 4")
    for wide, where in found:
        if not _WIDTH_M[0] <= wide <= _WIDTH_M[1]:
            yield _finding(feature, "truth-width", f"is {wide:.3f} M wide, not 4", where)


def _area(feature: Feature) -> Iterator[Finding]:
    ring = cast(Polygon, _shape(feature)).exterior
    if radius := feature.properties.tags.get("radius_m"):
        centre = feature.properties.vertices[0]
        assert centre.lon is not None and centre.lat is not None
        points = cast(list[Point], list(ring.coords))
        middle = (centre.lon, centre.lat)
        yield from on_circle(feature, points, middle, float(radius), tolerance_m=0.5)
        return
    corners = len(feature.properties.vertices)
    if corners != _CORNERS[feature.id]:
        wanted = _CORNERS[feature.id]
        yield _finding(feature, "truth-corners", f"has {corners} corners, not {wanted}")
    for vertex in feature.properties.vertices:
        assert vertex.lon is not None and vertex.lat is not None
        yield from has_vertex(feature, (vertex.lon, vertex.lat), f"point {vertex.n}")


def _within_180(feature: Feature) -> Iterator[Finding]:
    west, _, east, _ = _shape(feature).bounds
    if east - west > 10 or not -180 < west <= east < -160:
        message = f"reaches from {west:.2f} to {east:.2f}; all measures lie east of 180°"
        yield _finding(feature, "truth-180", message)


def _holds_its_islands(feature: Feature, world: World) -> Iterator[Finding]:
    """All land that it touches lies within it, or outside by what the coast may be off."""
    shape = _shape(feature)
    try:
        touched = [part for part in world.land_near(shape) if shape.intersects(part)]
    except LayersError as error:
        yield unchecked("truth-island", error, feature)
        return
    if not touched:
        yield _finding(feature, "truth-island", "holds no land, but stands around an island")
    for part in touched:
        for lon, lat in shapely.get_coordinates(shapely.difference(part, shape)):
            edge = shapely.shortest_line(shapely.Point(lon, lat), shape).coords[-1]
            metres = distance_m((lon, lat), (edge[0], edge[1]))
            if metres > _COAST_M:
                message = f"leaves {metres:,.0f} m of land outside"
                yield _finding(feature, "truth-island", message, (lon, lat))
                break


def _no_overlap(collection: Collection) -> Iterator[Finding]:
    kinds = ("two_way_route", "precautionary_area")
    ours = [f for f in collection.features if f.properties.kind in kinds]
    for first, second in combinations(ours, 2):
        common = shapely.intersection(_shape(first), _shape(second)).area
        if common > 1e-9:  # square degrees; about 5 m² here
            yield _finding(first, "truth-overlap", f"overlaps {second.id}")


def _russian_side(collection: Collection) -> Iterator[Finding]:
    """Area E and most of route E–B lie west of the boundary of 1990."""
    for name, share in (("precautionary_area_e", 1.0), ("two_way_route_e_b", 0.5)):
        feature = collection.by_id[name]
        shape = _shape(feature)
        west = shapely.clip_by_rect(shape, -180, 60, _BOUNDARY_LON, 70).area / shape.area
        if west < share - 1e-9:
            yield _finding(feature, "truth-side", f"{west:.0%} of it lie west of the boundary")


def _limits(collection: Collection, world: World) -> Iterator[Finding]:
    east = [collection.by_id[f"nsr_limit_east_{part}"] for part in ("parallel", "meridian")]
    corner = _shape(east[0]).coords[-1]
    yield from has_vertex(east[1], cast(Point, corner), "the corner of the eastern limit")
    for name in ("nsr_limit_east_parallel", "nsr_limit_west_meridian"):
        limit = collection.by_id[name]
        start = Feature(limit.id, shapely.Point(_shape(limit).coords[0]), limit.properties)
        try:
            near = shapely.union_all(world.land_near(_shape(limit).buffer(0.5)))
        except LayersError as error:
            yield unchecked("truth-reach", error, limit)
            continue
        yield from reaches(start, near, "the coast", within_m=_COAST_M)


def _shape(feature: Feature) -> BaseGeometry:
    assert feature.geometry is not None, f"{feature.id} has no geometry"
    return feature.geometry


def _chord_m(part: BaseGeometry) -> float:
    """The straight distance between the two ends of a line."""
    line = cast(LineString, part)
    return distance_m(cast(Point, line.coords[0]), cast(Point, line.coords[-1]))


def _finding(feature: Feature, rule: str, message: str, where: Point | None = None) -> Finding:
    place = Place(lon=where[0], lat=where[1]) if where else Place()
    advice = "compare imo_points.csv with NOAA's data set and the Coast Pilot"
    return Finding(rule, message, advice, feature=feature.id, place=place)
