"""Lines cut to a window: which pieces of them it shows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.mesh import Counts, Flags, runs
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


def _crossed(a: Numbers, b: Numbers, window: Window) -> tuple[Numbers, Numbers]:
    """From which to which share of itself each edge a b is in the window (Liang and Barsky)."""
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
