"""The nearest of many lines to a position, on the ellipsoid.

Positions and vertices are points in space here (metres from the earth's centre), so that there is
no seam at 180° and no special place at a pole. Edges stand in runs, runs in groups, each with a
ball around it: what cannot be near is passed over by groups, then by runs, and the few edges that
remain are measured along the ellipsoid by `Geod`. Many sets of lines are asked at once, because a
step over many small arrays takes longer than the same step over one.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.balls import blocks_of, lengths, ranges
from geo.eye import Eye
from geo.footpoint import foot_point
from geo.geodesic import GEOD, Point
from geo.near import Near
from geo.runs import Runs

FEW = 24  # edges that are measured one by one without a second thought
SAG_M = 5.0  # more than a straight edge of 10 km in space can differ from its geodesic

_SPREAD = 0.05 / (24 * GEOD.a**2)

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of one set: the ``count`` nearest lines, none further than ``reach_m``.

    Those as near as ``also_m`` come in addition, however many they are.
    """

    count: int = 1
    reach_m: float = math.inf
    also_m: float = -1.0

    @property
    def bound_m(self) -> float:
        """No line further than this is wanted."""
        return max(self.reach_m if self.count else 0.0, self.also_m)

    def cut(self, found: list[Near]) -> list[Near]:
        """Of lines in order of their distance those that are wanted."""
        near = [one for one in found[: self.count] if one.distance_m <= self.bound_m]
        return near + [one for one in found[self.count :] if one.distance_m <= self.also_m]


class LineIndex:
    """The edges of several sets of lines, ready to be measured to."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs
        self._offsets: list[int] = runs.offsets.tolist()

    def counts(self) -> list[int]:
        """How many edges each set has."""
        balls = self._runs.runs
        found = np.zeros(len(self._offsets) - 1, dtype=np.int64)
        np.add.at(found, balls.of, balls.last - balls.first)
        return [int(one) for one in found]

    def nearest(self, eye: Eye, wanted: Mapping[int, Wanted]) -> dict[int, list[Near]]:
        """What is wanted of each set, by its number: each line by its nearest point, in order.

        ``owner`` of a line is the number of its geometry in its set.
        """
        told: dict[int, list[Near]] = {number: [] for number in wanted}
        for owner, metres, foot in self._measured(eye, wanted) if len(self._runs.vertices) else ():
            number = int(self._runs.sets[owner])
            told[number].append(_near(owner - self._offsets[number], eye.at, metres, foot))
        return {number: wanted[number].cut(found) for number, found in told.items()}

    def _measured(self, eye: Eye, wanted: Mapping[int, Wanted]) -> list[tuple[int, float, Point]]:
        """Each line that may be wanted, with its nearest point, in order."""
        bound = np.full(len(self._offsets) - 1, -math.inf)
        for number, one in wanted.items():
            bound[number] = one.bound_m
        places, owner = self._close(eye, wanted, bound)
        if not len(places):
            return []
        sight = _sight(eye.space, self._runs.spots[places], self._runs.spots[places + 1])
        apart = lengths(sight)
        firsts, widths = blocks_of(owner)
        least = np.minimum.reduceat(apart, firsts)
        of = self._runs.sets[owner[firsts]]
        _lower(bound, wanted, of, least)
        kept = least <= _with_slack(bound)[of]
        best = np.repeat(np.where(kept, least + slack_m(least), -1.0), widths)
        some = np.flatnonzero(apart <= best)
        front = some[_in_front(owner[some], sight[some], apart[some])]
        return self._refined(eye.at, *self._plausible(eye.at, places[front], owner[front]))

    def _close(
        self, eye: Eye, wanted: Mapping[int, Wanted], bound: Numbers
    ) -> tuple[Places, Places]:
        """The edges of all lines that may be wanted, by the vertex that each begins at, and the
        line of each; ``bound`` is lowered on the way.
        """
        groups, runs = self._runs.groups, self._runs.runs
        away = groups.away(eye)
        _lower(bound, wanted, groups.of, away + groups.radius, groups.owner)
        some = np.flatnonzero(away - groups.radius <= _with_slack(bound)[groups.of])
        some = ranges(groups.first[some], groups.last[some])
        if not len(some):
            return some, some
        away, radius, of = runs.away(eye, some), runs.radius[some], runs.of[some]
        _lower(bound, wanted, of, away + radius, runs.owner[some])
        some = some[away - radius <= _with_slack(bound)[of]]
        first, last = runs.first[some], runs.last[some]
        return ranges(first, last), np.repeat(runs.owner[some], last - first)

    def _plausible(self, at: Point, places: Places, owner: Places) -> tuple[Places, Places]:
        """Of many edges those that can be the nearest of their line, by measuring to their ends.

        With h to the foot of the perpendicular and d to the nearer end of an edge of length s,
        h ≥ d - s²/d (Pythagoras; on a sphere the legs differ less), and h ≥ d - s in any case.
        """
        if len(places) <= FEW:
            return places, owner
        ends = (self._runs.vertices[places], self._runs.vertices[places + 1])
        here = np.tile(np.array(at), (len(places), 1))
        near = np.minimum(*(_metres(here, end) for end in ends))
        length = _metres(*ends)
        least = near - np.minimum(length, length**2 / np.maximum(near, 1.0))
        firsts, widths = blocks_of(owner)
        best = np.repeat(np.minimum.reduceat(near, firsts), widths)
        kept = least <= best + 1.0
        return places[kept], owner[kept]

    def _refined(self, at: Point, places: Places, owners: Places) -> list[tuple[int, float, Point]]:
        best: dict[int, tuple[float, Point]] = {}
        vertices = self._runs.vertices
        told = (owners, vertices[places], vertices[places + 1])
        rows = zip(*(part.tolist() for part in told), strict=True)
        for owner, start, end in rows:
            metres, foot = foot_point(at, tuple(start), tuple(end))
            if owner not in best or metres < best[owner][0]:
                best[owner] = metres, foot
        order = sorted(best, key=lambda owner: best[owner][0])
        return [(owner, *best[owner]) for owner in order]


def slack_m(chord: Any) -> Any:
    """How far the order by straight distance may differ from that along the ellipsoid, in metres.

    A geodesic of length s is about s³/24R² longer than its chord, with R between 6 335 and
    6 400 km according to place and direction; a twentieth covers that spread twice.
    """
    return SAG_M + _SPREAD * chord * chord * chord


def _with_slack(bound: Numbers) -> Numbers:
    """The bounds of the sets, with room for what straight distances leave open."""
    return np.asarray(bound + slack_m(np.maximum(bound, 0.0)))


def _lower(
    bound: Numbers,
    wanted: Mapping[int, Wanted],
    of: Places,
    reach: Numbers,
    owner: Places | None = None,
) -> None:
    """Lower the bound of each set to what its ``count`` nearest lines cannot exceed.

    ``reach`` is what the distance of a line cannot exceed, once for each line, or for many members
    of each ``owner``; ``of`` is the set that it belongs to, rising. Never below ``also_m``.
    """
    counted = [(number, one) for number, one in wanted.items() if one.count]
    starts = of.searchsorted(np.arange(len(bound) + 1)).tolist() if counted else []
    for number, one in counted:
        low, high = starts[number : number + 2]
        if low == high:
            continue
        mine = reach[low:high]
        if owner is not None and one.count > 1:
            mine = np.minimum.reduceat(mine, blocks_of(owner[low:high])[0])
        last = min(one.count, len(mine)) - 1
        nearest = float(np.partition(mine, last)[last] if last else mine.min())
        bound[number] = min(bound[number], max(nearest, one.also_m))


def _in_front(owner: Places, sight: Numbers, apart: Numbers) -> Places:
    """Which edges of some lines can be nearest of theirs, seen against the one that seems so.

    Seen in nearly one direction there is hardly any difference in R, and an edge that bulges
    upwards by its sagitta (2.2 m in 10.5 km) comes nearer by the sine of its depression alone.
    """
    if len(owner) < 2:
        return np.arange(len(owner))
    firsts, widths = blocks_of(owner)
    spans = zip(firsts.tolist(), (firsts + widths).tolist(), strict=True)
    nearest = [low + int(apart[low:high].argmin()) for low, high in spans]
    far = np.repeat(apart[nearest], widths)
    towards = sight / np.maximum(apart, 1e-3)[:, None]
    turn = lengths(towards - np.repeat(towards[nearest], widths, axis=0))
    sag = np.minimum(SAG_M, 0.1 + SAG_M * far / GEOD.a + SAG_M / np.maximum(far, 1.0))
    return np.flatnonzero(apart <= far + sag + _SPREAD * np.minimum(1.0, 2.0 * turn) * far**3)


def _sight(eye: Numbers, a: Numbers, b: Numbers) -> Numbers:
    """From the nearest point of each edge from ``a`` to ``b`` straight to the eye, in space."""
    along, out = b - a, eye - a
    square = np.einsum("ij,ij->i", along, along)
    share = np.einsum("ij,ij->i", along, out) / np.where(square > 0, square, 1.0)
    return np.asarray(out - np.clip(share, 0.0, 1.0)[:, None] * along)


def _metres(a: Numbers, b: Numbers) -> Numbers:
    return np.asarray(GEOD.inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])[2])


def _near(owner: int, at: Point, metres: float, point: Point) -> Near:
    lon, lat = point
    bearing = None
    if metres >= 1e-3 and abs(at[1]) < 90:
        bearing = float(GEOD.inv(*at, lon, lat)[0]) % 360
    return Near(owner, metres, bearing, ((lon + 180) % 360 - 180 if abs(lon) > 180 else lon, lat))
