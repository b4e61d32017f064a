"""A collection as a polar map or a globe fetches it: seam-free, from the planes of the tiles.

RFC 7946 cuts every shape at 180° and closes what holds the pole along it; drawn from above, those
cuts would be lines across the sea. The planes have dissolved them.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from geo.formats import geometry_object
from geo.plane import EQUAL_AREA, Points
from layers.collection import Collection
from layers.coverage import places_for_names
from layers.inset import set_in
from layers.kept import kept
from layers.legend import is_drawn
from layers.level import Level
from layers.look import Box, Look, polar_meridian, turned
from layers.maps import MapSpec
from layers.member import CONTESTED, member
from layers.planes import Planes, PlaneStore

VERSION = "9"  # raise it when the bytes change, so that caches are not believed
ARCS_M = 200_000  # a globe draws arcs of great circles between vertices, the plane straight lines
UNIT_M = 1e5  # about a degree, in which `places_for_names` counts
DEGREES = (0.05, 0.001, 0.0001)  # the steps of positions on a globe, by how closely one looks
POINT = 0.01  # degrees: a step of single points, which are few
TRUE_M = 65_536.0  # metres to the pixel: coarser, small zones lose more than 2 % of their area
FAR_M = 2.0e7  # more than any point of the plane is from the pole
EVERYWHERE = (-FAR_M, -FAR_M, FAR_M, FAR_M)
MOST_WATER = 2  # `min_zoom` of lakes and rivers that are still worth drawing on a globe
COUNTRIES = "countries"


def plane_view(look: Look, collection: Collection, planes: Planes, cache: Path) -> bytes:
    """The GeoJSON that a polar map or a globe fetches; the same features in both.

    ``polar``: metres in the equal-area plane, turned so that `polar_meridian` points down, y up.
    ``globe``: degrees on the sphere without a seam, shells clockwise as seen from outside, no edge
    longer than 200 km, the pole simply inside. Members are those of `layers.member`; ``places``
    for names are in the units of the geometry, the room around them in metres. What the plane does
    not hold (south of 60° S) has no geometry. Kept in ``cache`` under a digest of its making.
    """
    return kept(cache, _digest(look, collection), lambda: _body(look, collection, planes))


def _digest(look: Look, collection: Collection) -> str:
    told = [VERSION, look.kind, look.fine, look.map.model_dump_json()]
    told += [collection.spec.model_dump_json(), collection.digest]
    versions = [shapely.__version__, shapely.geos_version_string]
    return hashlib.sha256(orjson.dumps([*told, *versions])).hexdigest()


def _body(look: Look, collection: Collection, planes: Planes) -> bytes:
    shapes = _shapes(look, collection, planes.store(collection.id, EQUAL_AREA.id))
    placed = _Placed(look)
    members = [
        member(collection, feature, placed.object(shapes.get(number)))
        | _named(collection, placed, shapes.get(number))
        for number, feature in enumerate(collection.features)
        if is_drawn(collection, feature)
        if number in shapes or collection.spec.role == "overlay"
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": members})


def _shapes(look: Look, collection: Collection, store: PlaneStore) -> dict[int, BaseGeometry]:
    """What is drawn of each feature, by its number, in metres of the plane."""
    if collection.spec.role == "overlay" or not (look.is_near or look.kind == "polar"):
        level = store.level(min(look.resolution, TRUE_M))
        return _within(look, collection, level, EVERYWHERE)
    inside = _within(look, collection, store.level(look.resolution), look.window)
    if look.kind == "polar":
        return inside
    around = replace(look, fine=1)
    outside = _within(around, collection, store.level(around.resolution), EVERYWHERE)
    return dict(set_in(inside, outside, look.window))


def _within(
    look: Look, collection: Collection, level: Level, window: Box
) -> dict[int, BaseGeometry]:
    found = dict(_merged(*level.whole(window)))
    if collection.id == COUNTRIES:
        borders = dict(_borders(level, window))
        drawn = enumerate(_countries(look.map, collection, found, borders))
        return {number: shape for number, shape in drawn if shape is not None}
    if collection.spec.role != "base":
        return found
    seen = ((n, _seen(look, one)) for n, one in found.items() if _great(look, collection, n))
    return {number: shape for number, shape in seen if not shape.is_empty}


def _seen(look: Look, shape: BaseGeometry) -> BaseGeometry:
    """The shape without islands and ponds smaller than a square of half the resolution."""
    least = (look.resolution / 2) ** 2
    if "Polygon" not in shape.geom_type:
        return shape
    parts = [
        shapely.Polygon(one.exterior, [r for r in one.interiors if shapely.Polygon(r).area > least])
        for one in shapely.get_parts(shape)
        if one.area > least
    ]
    return shapely.MultiPolygon(parts)


def _great(look: Look, collection: Collection, number: int) -> bool:
    """Whether a water is great enough to be seen; what has no rank always is."""
    least = collection.features[number].properties.tags.get("min_zoom", 0)
    most = MOST_WATER if look.kind == "globe" else look.map.detail
    return not isinstance(least, float | int) or least <= most


def _countries(
    map: MapSpec,
    collection: Collection,
    areas: dict[int, BaseGeometry],
    borders: dict[int, BaseGeometry],
) -> Iterator[BaseGeometry | None]:
    """Of each country its borders, not its coast; the area of what is contested or highlighted."""
    for number, feature in enumerate(collection.features):
        area, line = areas.get(number), borders.get(number)
        if feature.properties.status in CONTESTED:
            yield area
        elif feature.id in map.highlight and area is not None:
            yield shapely.GeometryCollection([one for one in (area, line) if one is not None])
        else:
            yield line


def _merged(shapes: Any, owners: Any) -> Iterator[tuple[int, BaseGeometry]]:
    """One geometry for each feature, whatever the dimensions of its parts."""
    parts: dict[int, list[BaseGeometry]] = {}
    for shape, owner in zip(shapes, owners.tolist(), strict=True):
        parts.setdefault(owner, []).append(_single(shape))
    for owner, held in parts.items():
        yield owner, held[0] if len(held) == 1 else shapely.GeometryCollection(held)


def _single(shape: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(shape)
    only: BaseGeometry = parts[0] if len(parts) == 1 else shape
    return only


def _borders(level: Level, window: Box) -> Iterator[tuple[int, BaseGeometry]]:
    """What two countries share, once, under the first of them."""
    found = level.borders(window)
    lines, owners = found.shapes, found.numbers
    for owner in np.unique(owners[:, 0]) if len(owners) else ():
        yield int(owner), shapely.line_merge(shapely.multilinestrings(lines[owners[:, 0] == owner]))


class _Placed:
    """From the plane to what is sent."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.decimals = ((-2, 0) if look.kind == "polar" else (2, 3, 4))[look.fine]
        self.step = DEGREES[look.fine]

    def object(self, shape: BaseGeometry | None) -> dict[str, Any] | None:
        """The geometry as JSON."""
        if shape is None or shape.is_empty:
            return None
        return geometry_object(self.shape(shape), self.decimals)

    def shape(self, shape: BaseGeometry) -> BaseGeometry:
        """Turned in the plane, or on the sphere."""
        if self.look.kind == "polar":
            moved: BaseGeometry = shapely.transform(
                shape, lambda at: turned(at, polar_meridian(self.look.map))
            )
            return moved
        return _on_sphere(shapely.segmentize(shape, ARCS_M), self.step)

    def names(self, shape: BaseGeometry) -> list[list[float]]:
        """Places for names: two coordinates, and the room around them in metres."""
        small = shapely.transform(shape, lambda at: at / UNIT_M)  # a name's place is no survey
        places = np.array(places_for_names(small)).reshape(-1, 3) * UNIT_M
        spots = [self.shape(shapely.Point(x, y)) for x, y in places[:, :2].tolist()]
        moved = shapely.get_coordinates(spots)
        made: list[list[float]] = np.column_stack([moved.round(2), places[:, 2].round()]).tolist()
        return made


def _on_sphere(shape: BaseGeometry, step: float) -> BaseGeometry:
    """The shape in degrees, rounded, shells clockwise and holes not.

    A ring that runs the wrong way stands for all the rest of the sphere. So the turn is taken of
    the rounded ring, and in the plane, where a ring across 180° has no seam to be mistaken about.
    """

    step = min(step, POINT) if shape.geom_type == "Point" else step

    def degrees(at: Points) -> Points:
        return np.asarray(np.rint(EQUAL_AREA.inverse(at) / step) * step)

    if isinstance(shape, shapely.GeometryCollection):
        every = [_on_sphere(part, step) for part in shape.geoms]
        return shapely.GeometryCollection([part for part in every if not part.is_empty])
    if not isinstance(shape, shapely.Polygon | shapely.MultiPolygon):
        round_: BaseGeometry = shapely.transform(shape, degrees)
        return round_
    kept: BaseGeometry = shapely.transform(shape, degrees)
    kept = shapely.transform(kept, EQUAL_AREA.forward)
    if not kept.is_valid:
        kept = shapely.make_valid(kept, method="structure", keep_collapsed=False)
    parts = [_clockwise(shapely.transform(part, degrees)) for part in shapely.get_parts(kept)]
    areas = [part for part in parts if not part.is_empty]
    return areas[0] if len(areas) == 1 else shapely.MultiPolygon(areas)


def _clockwise(area: shapely.Polygon) -> shapely.Polygon:
    shell, *holes = (_wound(ring, number > 0) for number, ring in enumerate(_rings(area)))
    return shapely.Polygon(shell, [hole for hole in holes if len(hole)])


def _rings(area: shapely.Polygon) -> list[Points]:
    return [shapely.get_coordinates(ring) for ring in (area.exterior, *area.interiors)]


def _wound(ring: Points, ccw: bool) -> Points:
    """The ring in the wanted turn; nothing where rounding has left no area in it."""
    x, y = EQUAL_AREA.forward(ring).T
    twice = float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))  # the shoelace formula
    if abs(twice) < 1:
        return ring[:0]
    return ring if (twice > 0) == ccw else ring[::-1]


def _named(collection: Collection, placed: _Placed, shape: BaseGeometry | None) -> dict[str, Any]:
    if shape is None or collection.id not in placed.look.map.named:
        return {}
    return {"places": placed.names(shape)}
