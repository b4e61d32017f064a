"""What stands in a map's frame until its scripts have come: the first view, drawn in the page.

On a slow line scripts and data take seconds. The outlines of the first view are a few kilobytes,
and the page brings them along; once the map itself is there, it takes their place. Flat and polar
maps have a glance, a globe does not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import shapely
from shapely.geometry import shape as shape_of
from shapely.geometry.base import BaseGeometry

from geo.face import SIXTEENTHS
from geo.pathdata import path_data
from geo.paths import Paths
from geo.vocabulary import Status
from layers.area import area_of, is_wide
from layers.collection import Collection
from layers.generalise import mercator_y
from layers.legend import paints
from layers.look import Look
from layers.maps import MapSpec
from layers.spec import Paint
from server.maps.drawn import File, geojson_of
from server.maps.projection import FLAT, POLAR
from server.maps.sketch import UNITS, Pattern, Sketch, area, line, marks, pattern, tinted
from server.state import Site

WIDE = 400  # units across: each is two pixels of a wide screen
SLACK = 3.0  # units (six pixels) by which an outline may leave its way
LEAST = 40.0  # square units of base map: what is smaller is no more than a dot
AROUND = 0.4  # of the view, on each side: a frame may be wider or higher than it
LEFT_OUT = ("rivers", "labels")  # too fine for a glance, or needing fonts
COUNTRIES = "countries"
Box = tuple[float, float, float, float]
Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Glance:
    """The drawing: ``width`` and ``height`` in its units, of which a pixel has about ``units``;
    the lowest sketches first."""

    width: int
    height: int
    sketches: tuple[Sketch, ...]
    patterns: tuple[Pattern, ...]
    hung: bool  # from the upper edge of the frame, and not in its middle
    units: float = UNITS


def glance(
    site: Site, map: MapSpec, projection: str, collections: list[Collection]
) -> Glance | None:
    """The first view of ``collections``, the lowest first; None for a globe.

    It shows ``map.view``, or the view of the polar map with its meridian down; y points down.
    """
    if projection not in (FLAT, POLAR):
        return None
    table = _Table(site, map, projection, _Frame(map, projection))
    shown = [one for one in collections if one.id not in LEFT_OUT]
    sketches = [sketch for one in shown for sketch in table.layer(one)]
    width, height = round(table.frame.width), round(table.frame.height)
    patterns = tuple(table.patterns)
    return Glance(width, height, tuple(sketches), patterns, table.frame.hung)


class _Frame:
    """From the coordinates of the map's data to units of the drawing."""

    def __init__(self, map: MapSpec, projection: str) -> None:
        self._flat = projection == FLAT
        self.hung = self._flat and is_wide(map)
        left, bottom, right, top = self._view(map)
        self._corner = np.array([left, top])
        self._scale = WIDE / max(right - left, top - bottom)
        self.width, self.height = (right - left) * self._scale, (top - bottom) * self._scale

    def _view(self, map: MapSpec) -> Box:
        if not self._flat:
            return Look(map, "polar").view
        west, south, east, north = map.view
        # A window higher than a wide view shows more of the south, and nothing above the map's end.
        low, high, end = mercator_y(np.array([south, north, area_of(map)[3]]))
        return (west, float(low), east, float(end if self.hung else high))

    def seen(self, geometry: BaseGeometry) -> BaseGeometry:
        """What any frame shows of a geometry, in units, without what is too fine for a glance."""
        reach = AROUND * WIDE
        box = (-reach, -reach, self.width + reach, self.height + reach)
        near = shapely.clip_by_rect(shapely.transform(geometry, self._units), *box)
        simple: BaseGeometry = shapely.simplify(near, SLACK, preserve_topology=False)
        return simple

    def _units(self, at: Points) -> Points:
        up = mercator_y(at[:, 1]) if self._flat else at[:, 1]
        placed = (np.column_stack([at[:, 0], up]) - self._corner) * (self._scale, -self._scale)
        return np.asarray(placed)


@dataclass
class _Table:
    """Where a glance is drawn."""

    site: Site
    map: MapSpec
    projection: str
    frame: _Frame
    patterns: list[Pattern] = field(default_factory=list)

    def layer(self, collection: Collection) -> Iterator[Sketch]:
        """A layer; of the base map only what is large enough."""
        file = File(collection.id, f"{self.projection}.json")
        found = orjson.loads(geojson_of(self.site, self.map, file))["features"]
        painted, drawn = paints(collection), [one for one in found if one["geometry"]]
        for rule in sorted({one["rule"] for one in drawn}, key=lambda one: (one is None, one)):
            paint = Paint() if rule is None else painted[rule]
            yield from self._ruled(collection, paint, [f for f in drawn if f["rule"] == rule])

    def _ruled(
        self, collection: Collection, paint: Paint, features: list[dict[str, Any]]
    ) -> Iterator[Sketch]:
        """All that one rule paints: areas first, each alone where they may overlap."""
        base, name = collection.spec.role == "base", collection.id
        shapes = [self.frame.seen(shape_of(one["geometry"])) for one in features]
        for feature, seen in zip(features, shapes, strict=True):
            if d := _data(_parts(seen, 2, LEAST if base else 0.0), closed=True):
                yield self._area(collection, paint, feature, d)
        if d := _data([part for seen in shapes for part in _parts(seen, 1)], closed=False):
            yield line(name, d, paint)
        if points := [part for seen in shapes for part in _parts(seen, 0)]:
            yield marks(name, shapely.get_coordinates(points).tolist(), paint)

    def _area(
        self, collection: Collection, paint: Paint, feature: dict[str, Any], d: str
    ) -> Sketch:
        if collection.id == COUNTRIES and feature["id"] in self.map.highlight:
            return tinted(collection.id, d)
        whole = feature["geometry"]["type"] != "GeometryCollection"  # else its outline comes apart
        stroked = whole and collection.id not in self.map.unstroked
        hatched = self.map.hatched and collection.spec.role == "overlay"
        disputed = hatched and feature["properties"]["status"] == Status.DISPUTED
        return area(collection.id, d, paint, stroked, self._pattern(paint, disputed))

    def _pattern(self, paint: Paint, disputed: bool) -> Pattern | None:
        made = pattern(len(self.patterns), paint, disputed)
        if made:
            self.patterns.append(made)
        return made


def _parts(seen: BaseGeometry, dimension: int, least: float = 0.0) -> list[BaseGeometry]:
    """The single parts of a geometry that are points, lines or areas (0, 1, 2)."""
    if isinstance(seen, shapely.GeometryCollection):
        return [part for one in seen.geoms for part in _parts(one, dimension, least)]
    parts = shapely.get_parts(seen)
    fit = (shapely.get_dimensions(parts) == dimension) & ~shapely.is_empty(parts)
    large = shapely.area(parts) >= least
    return list(parts[fit & large])


def _data(parts: list[BaseGeometry], *, closed: bool) -> str:
    """Lines or rings in whole units, which `path_data` takes for sixteenths of a pixel."""
    if not parts:
        return ""
    found = Paths.of(parts)
    return path_data(Paths(found.points / SIXTEENTHS, found.offsets), closed=closed)
