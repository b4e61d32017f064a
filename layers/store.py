"""Where features are asked for: the `Store` contract, and the store that keeps all in memory."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any, Protocol

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.bbox import BBox
from geo.feature import Feature
from geo.formats import feature_bytes, feature_spans
from geo.moment import Interval
from geo.query import Query
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.errors import NoSuchFeature
from layers.unread import Unread

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a result: ``matched`` features fit the query, ``bodies`` holds those asked for.

    A body is the feature's GeoJSON on one line, as UTF-8, byte for byte as in the built file.
    """

    matched: int
    bodies: tuple[bytes, ...]


class Store(Protocol):
    """What every store can do, whatever it keeps its features in. Order is the file's order."""

    def find(self, collection: str, query: Query) -> Page:
        """The features that fit. Raises `NoSuchLayer`.

        A bbox finds what it touches exactly, not only by extent; features without geometry are
        found when no bbox is given, features without dates at any time. 180° is one meridian
        and a pole one point: a box that reaches them finds what lies on them from either side.
        """
        ...

    def get(self, collection: str, feature: str) -> bytes:
        """One feature's GeoJSON. Raises `NoSuchLayer` or `NoSuchFeature`."""
        ...


class MemoryStore:
    """A store over a catalogue. Bytes and indices are made when they are first asked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._shelves = {one.id: _Shelf(one) for one in catalogue.collections.values()}

    def find(self, collection: str, query: Query) -> Page:
        """See `Store.find`."""
        return self._shelf(collection).find(query)

    def get(self, collection: str, feature: str) -> bytes:
        """See `Store.get`."""
        return self._shelf(collection).get(feature)

    def _shelf(self, id: str) -> "_Shelf":
        return self._shelves[self.catalogue[id].id]  # the catalogue refuses what is not there


class _Shelf:
    """One collection with its indices."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self._bodies: dict[int, bytes] = {}

    def find(self, query: Query) -> Page:
        found = np.ones(len(self.collection.features), dtype=bool)
        if query.bbox is not None:
            found &= self._touching(query.bbox)
        if query.interval is not None:
            found &= self._valid(query.interval)
        for name, value in query.equals:
            found &= self._equal(name, value)
        places = np.flatnonzero(found)
        wanted = places[query.offset : query.offset + query.limit]
        return Page(len(places), tuple(self._body(int(place)) for place in wanted))

    def get(self, id: str) -> bytes:
        place = self._places.get(id)
        if place is None:
            raise NoSuchFeature(f"collection {self.collection.id} has no feature {id[:80]!r}")
        return self._body(place)

    def _body(self, place: int) -> bytes:
        if self._spans:
            start, end = self._spans[place]
            return (self.collection.written or b"")[start:end]
        if place not in self._bodies:
            self._bodies[place] = feature_bytes(self.collection.features[place])
        return self._bodies[place]

    def _touching(self, bbox: BBox) -> Mask:
        areas = np.array(list(_areas(bbox)), dtype=object)
        which, places = self._tree.query(areas, predicate="intersects")
        near = zip(areas[which], places.tolist(), strict=True)
        return self._mask([place for area, place in near if self._touches(area, place)])

    def _touches(self, area: BaseGeometry, place: int) -> bool:
        """Of a feature whose shape is not in memory the index knows the box alone."""
        feature = self.collection.features[place]
        return not isinstance(feature, Unread) or bool(shapely.intersects(area, feature.geometry))

    def _valid(self, wanted: Interval) -> Mask:
        start = _ordinal(wanted.start, first=True)
        end = _ordinal(wanted.end, first=False)
        starts, ends = self._days
        valid: Mask = (starts <= end) & (start <= ends)
        return valid

    def _equal(self, name: str, value: str) -> Mask:
        return self._mask(self._values.get(name, {}).get(value, []))

    def _mask(self, places: Any) -> Mask:
        mask = np.zeros(len(self.collection.features), dtype=bool)
        mask[places] = True
        return mask

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        """Where the features stand in our own file; nothing where it is not as we write it."""
        spans = feature_spans(self.collection.written or b"")
        return spans if len(spans) == len(self.collection.features) else []

    @cached_property
    def _tree(self) -> shapely.STRtree:
        """A spatial index over the features, in their order; an empty geometry stands for None."""
        return shapely.STRtree([_outline(feature) for feature in self.collection.features])

    @cached_property
    def _places(self) -> dict[str, int]:
        return {feature.id: place for place, feature in enumerate(self.collection.features)}

    @cached_property
    def _days(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        spans = [feature.properties.interval for feature in self.collection.features]
        starts = [_ordinal(span.start, first=True) for span in spans]
        ends = [_ordinal(span.end, first=False) for span in spans]
        return np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64)

    @cached_property
    def _values(self) -> dict[str, dict[str, list[int]]]:
        """Property → value as text → places. A list holds each of its members."""
        index: dict[str, dict[str, list[int]]] = defaultdict(partial(defaultdict, list))
        for place, feature in enumerate(self.collection.features):
            for name, value in filterable(feature):
                index[name][value].append(place)
        return index


def filterable(feature: Feature) -> Iterator[tuple[str, str]]:
    """What a feature can be filtered by: its scalar properties, its parties, ``tags.…``; as text.

    Truth values are ``true`` and ``false``, numbers as JSON writes them.
    """
    own = feature.properties
    yield "id", feature.id
    for name in ("name", "kind", "status", "evidence", "instrument", "licence"):
        if (value := getattr(own, name)) is not None:
            yield name, str(value)
    for name in ("valid_from", "valid_to"):
        if (day := getattr(own, name)) is not None:
            yield name, day
    for party in own.parties:
        yield "parties", party
    for tag, one in own.tags.items():
        yield f"tags.{tag}", str(one).lower() if isinstance(one, bool) else str(one)


def _outline(feature: Feature) -> BaseGeometry:
    """The geometry, or its box where it is not in memory."""
    if isinstance(feature, Unread):
        return _shape(*feature.box) if feature.box else shapely.Point()
    return feature.geometry or shapely.Point()


def _areas(bbox: BBox) -> Iterator[BaseGeometry]:
    """The box as planar shapes, and what is the same place under another longitude."""
    south, north = bbox.south, bbox.north
    for part in bbox.parts:
        yield _shape(*part)
    if not bbox.crosses and bbox.west == -180:
        yield _shape(180.0, south, 180.0, north)
    if not bbox.crosses and bbox.east == 180:
        yield _shape(-180.0, south, -180.0, north)
    for pole in {south, north} & {-90.0, 90.0}:
        yield _shape(-180.0, pole, 180.0, pole)


def _shape(west: float, south: float, east: float, north: float) -> BaseGeometry:
    """A box, which may have shrunk to a line or a point: GEOS finds nothing in a flat polygon."""
    if west == east and south == north:
        return shapely.Point(west, south)
    if west == east or south == north:
        return shapely.LineString([(west, south), (east, north)])
    return shapely.box(west, south, east, north)


def _ordinal(day: date | None, *, first: bool) -> int:
    """Days since year 1; an open start lies before all days, an open end behind them."""
    if day is None:
        return 0 if first else 4_000_000
    return day.toordinal()
