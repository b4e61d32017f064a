"""Lines cut to a window: which pieces of them it shows."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.mesh import Counts, Flags, runs
from geo.paths import Paths
from geo.subdivide import Chains

Window = tuple[float, float, float, float]  # left, bottom, right, top
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Pieces:
    """Piece i has the ``points`` (n, 2) from ``starts[i]`` up to ``starts[i + 1]``.

    It begins in the run ``run[i]``, ``along[i]`` quanta from the start of its line, on the edge
    at the position ``first[i]``, and ends on the one at ``last[i]``. ``enters`` and ``leaves``
    say whether that is at a side of the window, and not at an end of the runs.
    """

    points: Numbers
    starts: Counts
    run: Counts
    along: Numbers
    first: Counts
    last: Counts
    enters: Flags
    leaves: Flags

    def line(self, n: int) -> Numbers:
        """The points of one piece."""
        return self.points[self.starts[n] : self.starts[n + 1]]

    @property
    def which(self) -> Counts:
        """For each point its piece."""
        return np.repeat(np.arange(len(self.run)), np.diff(self.starts))


def pieces_in(chains: Chains, window: Window, run: Counts, *, lines: bool) -> Pieces:
    """What the window shows of these runs, in their order; what goes on is one piece.

    With ``lines`` a piece ends where a line does, and another one begins.
    """
    if not len(run):  # as in most windows, and this is asked of every layer
        return _none()
    first, last = chains.first[run].astype(np.int64), chains.last[run].astype(np.int64)
    here, of = runs(first, last - 1)
    a, b = chains.points[here].astype(float), chains.points[here + 1].astype(float)
    enters, leaves = _crossed(a, b, window)
    length = np.hypot(*(b - a).T)
    before = np.cumsum(length) - length
    along = chains.start[run][of] + before - before[np.searchsorted(of, np.arange(len(run)))][of]
    shown = np.flatnonzero(enters < leaves)
    anew = lines & (chains.start[run] == 0)
    new = _begins(here, enters, leaves, anew[of] & (np.diff(of, prepend=-1) != 0))[shown]
    a, b, enters, leaves = a[shown], b[shown], enters[shown], leaves[shown]
    begins = np.flatnonzero(new)
    ends = np.append(begins[1:], len(shown)) - 1 if len(begins) else begins
    starts = begins + np.arange(len(begins))
    points = np.empty((len(shown) + len(begins), 2))
    points[np.arange(len(shown)) + new.cumsum()] = a + (b - a) * leaves[:, None]
    points[starts] = (a + (b - a) * enters[:, None])[begins]
    return Pieces(
        points,
        np.append(starts, len(points)),
        run[of[shown]][begins],
        (along[shown] + length[shown] * enters)[begins],
        here[shown][begins],
        here[shown][ends],
        enters[begins] > 0,
        leaves[ends] < 1,
    )


def touching(
    chains: Chains, window: Window, run: Counts
) -> tuple[npt.NDArray[np.int32], Counts, Counts]:
    """The edges of these runs that come near the window, as they are: points (n, 2) of lines, where
    each line begins (and after them all, the end), and the run in which each begins.

    Quicker than `pieces_in`. A line ends where one of the runs does that goes on from no other.
    """
    first, last = chains.first[run].astype(np.int64), chains.last[run].astype(np.int64)
    here, of = runs(first, last - 1)
    left, bottom, right, top = window
    window = (math.floor(left), math.floor(bottom), math.ceil(right), math.ceil(top))
    beside = _beside(chains.points[here], window) & _beside(chains.points[here + 1], window)
    shown = np.flatnonzero(beside == 0)
    here, of = here[shown], of[shown]
    new = np.ones(len(here), dtype=bool)
    goes_on = (of[1:] == of[:-1]) | (chains.start[run] > 0)[of[1:]]
    np.logical_not(goes_on & (here[1:] == here[:-1] + 1), out=new[1:])
    begins = np.flatnonzero(new)
    starts = begins + np.arange(len(begins))
    at = np.empty(len(here) + len(begins), dtype=np.int64)
    at[np.arange(len(here)) + new.cumsum()] = here + 1
    at[starts] = here[begins]
    return chains.points[at], np.append(starts, len(at)), run[of[begins]]


def at_sides(paths: Paths, window: Window) -> Paths:
    """The same paths with a vertex wherever an edge crosses a side of the window.

    What a renderer cuts off is then cut by us, alike for all that see it: it rounds the ends of
    hairlines, and a long one that it cuts itself lies elsewhere along all of its length.
    """
    side = _beside(paths.points, window)
    over = (side[1:] | side[:-1]) != 0
    over &= (side[1:] & side[:-1]) == 0
    over[paths.offsets[1:-1] - 1] = False  # from one path to the next
    edge = np.flatnonzero(over)
    if not len(edge):
        return paths
    a, b = paths.points[edge], paths.points[edge + 1]
    shares = np.stack(_crossed(a, b, window), axis=1)
    met = (shares > 0) & (shares < 1) & (shares[:, :1] < shares[:, 1:])
    at, which = np.nonzero(met)
    made = a[at] + (b - a)[at] * shares[at, which][:, None]
    points = np.insert(paths.points, edge[at] + 1, made, axis=0)
    return Paths(points, paths.offsets + np.searchsorted(edge[at] + 1, paths.offsets))


def _beside(points: npt.NDArray[Any], window: Window) -> npt.NDArray[np.uint8]:
    """A bit for each side of the window beyond which a point lies (Cohen and Sutherland)."""
    left, bottom, right, top = window
    x, y = points[:, 0], points[:, 1]
    found: npt.NDArray[np.uint8] = (x < left).view(np.uint8)
    found |= (x > right).view(np.uint8) << 1
    found |= (y < bottom).view(np.uint8) << 2
    found |= (y > top).view(np.uint8) << 3
    return found


def _none() -> Pieces:
    none, nowhere, no = np.zeros(0, np.int64), np.zeros(0), np.zeros(0, bool)
    return Pieces(np.zeros((0, 2)), np.zeros(1, np.int64), none, nowhere, none, none, no, no)


def _crossed(a: Numbers, b: Numbers, window: Window) -> tuple[Numbers, Numbers]:
    """From which to which share of itself each edge a b is in the window."""
    enters, leaves = np.zeros(len(a)), np.ones(len(a))
    across = np.flatnonzero(~(_within(a, window) & _within(b, window)))
    if len(across):  # few are, and to find out of all takes several times as long
        enters[across], leaves[across] = _shares(a[across], b[across], window)
    return enters, leaves


def _within(at: Numbers, window: Window) -> Flags:
    left, bottom, right, top = window
    x, y = at.T
    held: Flags = (x >= left) & (x <= right) & (y >= bottom) & (y <= top)
    return held


def _shares(a: Numbers, b: Numbers, window: Window) -> tuple[Numbers, Numbers]:
    """As `_crossed`, by the rule of Liang and Barsky."""
    left, bottom, right, top = window
    enters, leaves = np.zeros(len(a)), np.ones(len(a))
    for axis, (low, high) in enumerate(((left, right), (bottom, top))):
        step, place = b[:, axis] - a[:, axis], a[:, axis]
        with np.errstate(divide="ignore", invalid="ignore"):
            one, two = (low - place) / step, (high - place) / step
        level = step == 0
        one, two = np.minimum(one, two), np.maximum(one, two)
        one[level] = np.where((place >= low) & (place <= high), 0.0, 2.0)[level]
        two[level] = 1.0
        enters, leaves = np.maximum(enters, one), np.minimum(leaves, two)
    return enters, leaves


def _begins(here: Counts, enters: Numbers, leaves: Numbers, anew: Flags) -> Flags:
    """Which of the edges that are shown do not go on from the one before."""
    new = np.ones(len(here), dtype=bool)
    follows = (here[1:] == here[:-1] + 1) & (enters[1:] == 0) & (leaves[:-1] == 1)
    follows &= enters[:-1] < leaves[:-1]
    new[1:] = ~(follows & ~anew[1:])
    return new
