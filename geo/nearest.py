"""The nearest of many lines to a position, on the ellipsoid.

Positions and vertices are points in space here (metres from the earth's centre), so that there is
no seam at 180° and no special place at a pole. Runs of edges in balls are passed over as a whole,
the few edges that remain are measured along the ellipsoid by `Geod`.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from shapely.geometry.base import BaseGeometry

from geo.edges import Edges, EdgeType, edges_of
from geo.footpoint import foot_point
from geo.geodesic import GEOD, Point
from geo.near import Near

RUN = 32  # edges in one ball
FEW = 12  # edges that are measured one by one without a second thought
SAG_M = 5.0  # more than a straight edge of 10 km in space can differ from its geodesic

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


class LineIndex:
    """The edges of many geometries, ready to be measured to.

    ``edge`` says how the line runs between two vertices: along the geodesic, or straight in
    longitude and latitude as RFC 7946 reads them. Polygons stand for their rings, without the
    edges along ±180° and ±90° that only close a flat map; points have no edges.
    """

    def __init__(self, geometries: Sequence[BaseGeometry | None], edge: EdgeType) -> None:
        self.edges = edges_of(geometries, edge)
        self._a, self._b = space(self.edges.start), space(self.edges.end)
        self._first = _firsts(self.edges)
        self._last = np.append(self._first[1:], len(self._a))
        middle, self._radius = self._balls()
        self._columns = np.ascontiguousarray(middle.T)
        self._told = (self.edges.owner, self.edges.start, self.edges.end)
        owners = self.edges.owner[self._first]
        self._blocks = np.flatnonzero(np.diff(owners, prepend=-1))

    def __len__(self) -> int:
        return len(self._a)

    def nearest(self, at: Point, count: int = 1, reach_m: float = math.inf) -> list[Near]:
        """The ``count`` nearest lines, each by its nearest point, the nearest first.

        Lines further than ``reach_m`` are left out.
        """
        if not len(self):
            return []
        away = self._away(_eye(at))
        reach = np.minimum.reduceat(away + self._radius, self._blocks)
        bound = float(np.partition(reach, min(count, len(reach)) - 1)[min(count, len(reach)) - 1])
        found = self._measured(at, away, min(bound, reach_m), count)[:count]
        return [one for one in found if one.distance_m <= reach_m]

    def within(self, at: Point, metres: float) -> list[Near]:
        """Every line that comes as near as ``metres``, by its nearest point, the nearest first."""
        if not len(self):
            return []
        found = self._measured(at, self._away(_eye(at)), metres)
        return [one for one in found if one.distance_m <= metres]

    def _balls(self) -> tuple[Numbers, Numbers]:
        if not len(self):
            return np.zeros((0, 3)), np.zeros(0)
        low = np.minimum.reduceat(np.minimum(self._a, self._b), self._first)
        high = np.maximum.reduceat(np.maximum(self._a, self._b), self._first)
        middle = (low + high) / 2
        per_edge = np.repeat(middle, self._last - self._first, axis=0)
        far = np.maximum(_norm(self._a - per_edge), _norm(self._b - per_edge))
        return middle, np.maximum.reduceat(far, self._first)

    def _away(self, eye: Numbers) -> Numbers:
        """The distance to the middle of each ball."""
        square = np.zeros(self._columns.shape[1])
        for column, here in zip(self._columns, eye.tolist(), strict=True):
            apart = column - here
            apart *= apart
            square += apart
        return np.asarray(np.sqrt(square, out=square))

    def _measured(
        self, at: Point, away: Numbers, bound: float, count: int | None = None
    ) -> list[Near]:
        """Each line that may come as near as ``bound`` metres in space, measured, in order.

        With ``count`` only those that may be among that many nearest.
        """
        runs = np.flatnonzero(away - self._radius <= bound + slack_m(bound))
        places = _ranges(self._first[runs], self._last[runs])
        if not len(places):
            return []
        apart = _apart(_eye(at), self._a[places], self._b[places])
        owner = self.edges.owner[places]  # rising, since edges stand in the order of the lines
        blocks = np.flatnonzero(np.diff(owner, prepend=-1))
        least = np.minimum.reduceat(apart, blocks)
        if count is not None and count < len(least):
            bound = min(bound, float(np.partition(least, count - 1)[count - 1]))
        kept = least <= bound + slack_m(bound)
        widths = np.diff(np.append(blocks, len(owner)))
        best = np.repeat(np.where(kept, least + slack_m(least), -1.0), widths)
        places = places[apart <= best]
        return self._refined(at, self._plausible(at, places) if len(places) > FEW else places)

    def _plausible(self, at: Point, places: Places) -> Places:
        """Of many edges those that can be the nearest of their line, by measuring to their ends.

        With h to the foot of the perpendicular and d to the nearer end of an edge of length s,
        h ≥ d - s²/d (Pythagoras; on a sphere the legs differ less), and h ≥ d - s in any case.
        """
        ends = (self.edges.start[places], self.edges.end[places])
        eye = np.tile(np.array(at), (len(places), 1))
        near = np.minimum(*(_metres(eye, end) for end in ends))
        length = _metres(*ends)
        least = near - np.minimum(length, length**2 / np.maximum(near, 1.0))
        owner = self.edges.owner[places]
        blocks = np.flatnonzero(np.diff(owner, prepend=-1))
        best = np.minimum.reduceat(near, blocks)
        return places[least <= np.repeat(best, np.diff(np.append(blocks, len(owner)))) + 1.0]

    def _refined(self, at: Point, places: Places) -> list[Near]:
        best: dict[int, tuple[float, Point]] = {}
        rows = zip(*(part[places].tolist() for part in self._told), strict=True)
        for owner, start, end in rows:
            metres, foot = foot_point(at, tuple(start), tuple(end))
            if owner not in best or metres < best[owner][0]:
                best[owner] = metres, foot
        order = sorted(best, key=lambda owner: best[owner][0])
        return [_near(owner, at, *best[owner]) for owner in order]


def slack_m(chord: Any) -> Any:
    """How far the order by straight distance may differ from that along the ellipsoid, in metres.

    A geodesic of length s is about s³/24R² longer than its chord, with R between 6 335 and
    6 400 km according to place and direction; a twentieth covers that spread twice.
    """
    return SAG_M + 0.05 * np.asarray(chord) ** 3 / (24 * GEOD.a**2)


def space(points: Numbers) -> Numbers:
    """Geocentric metres, shape (n, 3), of longitudes and latitudes in degrees, shape (n, 2)."""
    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    across = GEOD.a / np.sqrt(1 - GEOD.es * np.sin(lat) ** 2)
    flat = across * np.cos(lat)
    up = across * (1 - GEOD.es) * np.sin(lat)
    return np.column_stack([flat * np.cos(lon), flat * np.sin(lon), up])


def _metres(a: Numbers, b: Numbers) -> Numbers:
    return np.asarray(GEOD.inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])[2])


def _eye(at: Point) -> Numbers:
    """`space` for one point, for which arrays take ten times as long."""
    lon, lat = math.radians(at[0]), math.radians(at[1])
    across = GEOD.a / math.sqrt(1 - GEOD.es * math.sin(lat) ** 2)
    flat, up = across * math.cos(lat), across * (1 - GEOD.es) * math.sin(lat)
    return np.array([flat * math.cos(lon), flat * math.sin(lon), up])


def _near(owner: int, at: Point, metres: float, point: Point) -> Near:
    lon, lat = point
    bearing = None
    if metres >= 1e-3 and abs(at[1]) < 90:
        bearing = float(GEOD.inv(*at, lon, lat)[0]) % 360
    return Near(owner, metres, bearing, ((lon + 180) % 360 - 180 if abs(lon) > 180 else lon, lat))


def _firsts(edges: Edges) -> Places:
    """Where each run of at most `RUN` edges of one chain begins."""
    count = np.arange(len(edges.chain))
    begins = np.diff(edges.chain, prepend=-1) != 0
    since = count - np.maximum.accumulate(np.where(begins, count, 0))
    return np.flatnonzero(since % RUN == 0)


def _ranges(first: Places, last: Places) -> Places:
    """The whole numbers from each first up to its last, one run behind the other."""
    widths = last - first
    shift = np.repeat(first - np.concatenate([[0], np.cumsum(widths)[:-1]]), widths)
    return np.asarray(np.arange(int(widths.sum())) + shift)


def _apart(eye: Numbers, a: Numbers, b: Numbers) -> Numbers:
    """The straight distance from ``eye`` to each edge from ``a`` to ``b``, in space."""
    along, out = b - a, eye - a
    square = np.einsum("ij,ij->i", along, along)
    share = np.einsum("ij,ij->i", along, out) / np.where(square > 0, square, 1.0)
    return _norm(out - np.clip(share, 0.0, 1.0)[:, None] * along)


def _norm(vectors: Numbers) -> Numbers:
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", vectors, vectors)))
