"""The edges of many geometries as plain arrays, none of them long."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geodesic import GEOD

STEP_M = 10_500.0  # layers draw their lines in steps of 10 km; those are left as they are
_DEGREE_M = 111_700.0  # no degree of latitude, and of longitude at the equator, is longer

EdgeType = Literal["geodesic", "lonlat"]
Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Edges:
    """``start`` and ``end`` (lon, lat), shape (n, 2); the number of the geometry and of the chain.

    Edges stand in the order of the geometries. A chain is one line or one ring.
    """

    start: Numbers
    end: Numbers
    owner: Places
    chain: Places


@dataclass(frozen=True, slots=True)
class EdgeSet:
    """Geometries whose edges are asked together.

    ``edge`` says how a line runs between two vertices: along the geodesic, or straight in
    longitude and latitude as RFC 7946 reads them. Polygons stand for their rings, without the
    edges along ±180° and ±90° that only close a flat map; points have no edges.
    """

    geometries: Sequence[BaseGeometry | None]
    edge: EdgeType


def joined(parts: Sequence[Edges], offsets: Sequence[int]) -> Edges:
    """All edges, one part behind the other; the owners of each part counted from its offset."""
    chains = np.cumsum([0, *(int(part.chain[-1]) + 1 if len(part.chain) else 0 for part in parts)])
    owner = [part.owner + offset for part, offset in zip(parts, offsets, strict=False)]
    chain = [part.chain + offset for part, offset in zip(parts, chains.tolist(), strict=False)]
    return Edges(
        np.concatenate([np.zeros((0, 2)), *(part.start for part in parts)]),
        np.concatenate([np.zeros((0, 2)), *(part.end for part in parts)]),
        np.concatenate([np.zeros(0, dtype=np.int64), *owner]),
        np.concatenate([np.zeros(0, dtype=np.int64), *chain]),
    )


def edges_of(geometries: Sequence[BaseGeometry | None], edge: EdgeType) -> Edges:
    """The edges of every line and ring, cut into pieces of at most 10.5 km.

    Left out are edges without length and those of polygons along ±180° and ±90°: a flat map needs
    them to close a shape, the globe does not have them.
    """
    chains, owners, rings = _chains(geometries)
    points, chain = shapely.get_coordinates(chains, return_index=True)
    joined = np.flatnonzero(chain[:-1] == chain[1:]) if len(chain) else np.zeros(0, dtype=np.int64)
    start, end, chain = points[joined], points[joined + 1], chain[joined]
    kept = (start != end).any(axis=1) & ~(rings[chain] & _device(start, end))
    start, end, chain = start[kept], end[kept], chain[kept]
    return _short(Edges(start, end, owners[chain], chain), edge)


def _chains(
    geometries: Sequence[BaseGeometry | None],
) -> tuple[npt.NDArray[np.object_], Places, npt.NDArray[np.bool_]]:
    """Lines and rings in order, the number of the geometry of each, and which are rings."""
    given = np.array([one or shapely.Point() for one in geometries], dtype=object)
    parts, owner = shapely.get_parts(given, return_index=True)
    parts, nested = shapely.get_parts(parts, return_index=True)  # collections hold multi types
    owner = owner[nested]
    kinds = shapely.get_type_id(parts)
    line, area = kinds == shapely.GeometryType.LINESTRING, kinds == shapely.GeometryType.POLYGON
    rings, of = shapely.get_rings(parts[area], return_index=True)
    chains = np.concatenate([parts[line], rings])
    owners = np.concatenate([owner[line], owner[area][of]]).astype(np.int64)
    order = np.argsort(owners, kind="stable")
    is_ring = np.concatenate([np.zeros(line.sum(), bool), np.ones(len(rings), bool)])
    return chains[order], owners[order], is_ring[order]


def _device(start: Numbers, end: Numbers) -> npt.NDArray[np.bool_]:
    """Whether an edge lies along ±180° or at a pole."""
    same = start == end
    seam = same[:, 0] & (np.abs(start[:, 0]) == 180)
    pole = same[:, 1] & (np.abs(start[:, 1]) == 90)
    return np.asarray(seam | pole)


def _short(edges: Edges, edge: EdgeType) -> Edges:
    """The same lines with every long edge in equal pieces."""
    count = _pieces(edges)
    if (count == 1).all():
        return edges
    whole = np.repeat(np.arange(len(count)), count)
    number = np.arange(len(whole)) - np.repeat(np.cumsum(count) - count, count)
    lower, upper = number / count[whole], (number + 1) / count[whole]
    start, end = edges.start[whole], edges.end[whole]
    long = count[whole] > 1
    at = _along_geodesic if edge == "geodesic" else _along_degrees
    first, last = start.copy(), end.copy()
    first[long], last[long] = (at(start[long], end[long], s[long]) for s in (lower, upper))
    return Edges(first, last, edges.owner[whole], edges.chain[whole])


def _pieces(edges: Edges) -> Places:
    """How many pieces each edge needs; never too few, near a pole sometimes more."""
    turn = np.abs(edges.end - edges.start)
    lat = np.minimum(np.abs(edges.start[:, 1]), np.abs(edges.end[:, 1]))
    wide = turn[:, 0] * np.cos(np.radians(lat))
    metres = np.hypot(wide, turn[:, 1]) * _DEGREE_M
    return np.asarray(np.maximum(1, np.ceil(metres / STEP_M)), dtype=np.int64)


def _along_degrees(start: Numbers, end: Numbers, share: Numbers) -> Numbers:
    moved = start + (end - start) * share[:, None]
    return np.where((share == 1)[:, None], end, moved)


def _along_geodesic(start: Numbers, end: Numbers, share: Numbers) -> Numbers:
    azimuth, _, metres = GEOD.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    lon, lat, _ = GEOD.fwd(start[:, 0], start[:, 1], azimuth, np.asarray(metres) * share)
    moved = np.column_stack([lon, lat])
    ends = (share == 0)[:, None], (share == 1)[:, None]
    return np.where(ends[0], start, np.where(ends[1], end, moved))
