"""TopoJSON read: shared arcs become rings, lines and points with their properties.

The format is that of the TopoJSON specification, version 1 (topojson-specification, section 2):
arcs are delta-coded integers when there is a ``transform``; a negative index ``~i`` is arc ``i``
run backwards; an arc begins where the one before it ends. Rings come back as they are drawn on
the sphere, so one that crosses 180° jumps there: `geo.antimeridian.unwrap` is the next step.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
from shapely import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import BadTopology

Points = npt.NDArray[np.float64]  # shape (n, 2): lon, lat
MIN_RING = 4  # the first vertex is repeated at the end


@dataclass(frozen=True, slots=True)
class Member:
    """One geometry of an object, with its id and properties as they stand in the file."""

    id: str | None
    geometry: BaseGeometry | None
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Topology:
    """A decoded file: its arcs, how its integers become degrees, and its objects still coded."""

    arcs: list[Points]
    scale: Points
    translate: Points
    objects: dict[str, Any]

    def members(self, name: str) -> list[Member]:
        """The geometries of the object ``name``; a collection gives one member for each.

        Rings that quantising left with fewer than three places are dropped, and with a shell its
        holes; a geometry of which nothing is left is None. Raises `BadTopology`.
        """
        try:
            return [self._member(plain) for plain in _flat(self.objects[name])]
        except KeyError as error:
            known = ", ".join(self.objects) or "none"
            raise BadTopology(f"object {name!r}: no {error}; the objects are: {known}") from error
        except (TypeError, ValueError, AttributeError, IndexError) as error:
            raise BadTopology(f"object {name!r} is not well formed: {error}") from error

    def _member(self, plain: dict[str, Any]) -> Member:
        code = None if plain.get("id") is None else str(plain["id"])
        return Member(code, self._geometry(plain), plain.get("properties") or {})

    def _geometry(self, plain: dict[str, Any]) -> BaseGeometry | None:
        if plain["type"] is None:
            return None
        if plain["type"] not in _READERS:
            raise BadTopology(f"{plain['type']!r} is not a type of TopoJSON geometry")
        member, read = _READERS[plain["type"]]
        return read(self, plain[member])

    def _point(self, position: list[float]) -> Point:
        return Point(self._positions([position])[0])

    def _points(self, positions: list[list[float]]) -> MultiPoint:
        return MultiPoint(self._positions(positions))

    def _line(self, arcs: list[int]) -> LineString:
        return LineString(self._run(arcs))

    def _lines(self, arcs: list[list[int]]) -> MultiLineString:
        return MultiLineString([self._run(one) for one in arcs])

    def _polygons(self, arcs: list[list[list[int]]]) -> MultiPolygon | None:
        parts = [one for part in arcs if (one := self._polygon(part))]
        return MultiPolygon(parts) if parts else None

    def _positions(self, plain: Any) -> Points:
        return np.asarray(plain, dtype=float)[:, :2] * self.scale + self.translate

    def _polygon(self, rings: list[list[int]]) -> Polygon | None:
        shell, *holes = [self._run(ring) for ring in rings]
        if not _has_area(shell):
            return None
        return Polygon(shell, [hole for hole in holes if _has_area(hole)])

    def _run(self, indices: list[int]) -> Points:
        pieces = [self._arc(index) for index in indices]
        for before, after in pairwise(pieces):
            if not np.array_equal(before[-1], after[0]):
                raise BadTopology(
                    f"arcs {indices} do not meet at lon {after[0][0]:.6f}, lat {after[0][1]:.6f}"
                )
        return np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])])

    def _arc(self, index: int) -> Points:
        place = index if index >= 0 else ~index
        if place >= len(self.arcs):
            raise BadTopology(f"arc {index} is not there; the topology has {len(self.arcs)} arcs")
        return self.arcs[place] if index >= 0 else self.arcs[place][::-1]


_READERS: dict[str, tuple[str, Callable[[Topology, Any], BaseGeometry | None]]] = {
    "Point": ("coordinates", Topology._point),
    "MultiPoint": ("coordinates", Topology._points),
    "LineString": ("arcs", Topology._line),
    "MultiLineString": ("arcs", Topology._lines),
    "Polygon": ("arcs", Topology._polygon),
    "MultiPolygon": ("arcs", Topology._polygons),
}


def decode(data: bytes | dict[str, Any]) -> Topology:
    """The topology in UTF-8 JSON, or in the dict that was read from it. Raises `BadTopology`."""
    try:
        plain = data if isinstance(data, dict) else orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise BadTopology(f"not JSON: {error}") from error
    if not isinstance(plain, dict) or plain.get("type") != "Topology":
        raise BadTopology("the document is not a TopoJSON Topology")
    try:
        return _topology(plain)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise BadTopology(f"the topology is not well formed: {error!r}") from error


def _topology(plain: dict[str, Any]) -> Topology:
    transform = plain.get("transform")
    quantised = transform or {"scale": [1, 1], "translate": [0, 0]}
    scale = np.asarray(quantised["scale"], dtype=float)
    translate = np.asarray(quantised["translate"], dtype=float)
    arcs = [np.asarray(arc, dtype=float)[:, :2] for arc in plain["arcs"]]
    if transform:
        arcs = [np.cumsum(arc, axis=0) * scale + translate for arc in arcs]
    return Topology(arcs, scale, translate, dict(plain["objects"]))


def _flat(plain: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if plain["type"] != "GeometryCollection":
        yield plain
        return
    for member in plain["geometries"]:
        yield from _flat(member)


def _has_area(ring: Points) -> bool:
    if len(ring) < MIN_RING:
        return False
    begin = {tuple(point) for point in ring[:MIN_RING].tolist()}  # of most rings that is enough
    return len(begin) >= 3 or len(np.unique(ring, axis=0)) >= 3
