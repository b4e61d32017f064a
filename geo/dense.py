"""Edges that are straight in longitude and latitude, given vertices so that a plane bends them."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]  # shape (n, 2)
Counts = npt.NDArray[np.int64]

BEND_M = 2.0  # metres in the plane: a fifth of a pixel at zoom 14
SHORT_M = 11_000.0  # what is drawn along a line of its own type has a vertex every 10 km
MOST = 4096  # pieces of one edge: that is enough for a parallel around the earth
_DEGREE_M = 111_320.0


def dense(
    points: Points, starts: Counts, forward: Callable[[Points], Points]
) -> tuple[Points, Counts]:
    """More vertices on the edges that ``forward`` bends by more than 2 m, and the new starts.

    ``points`` are lon, lat of many lines in one array, line i from ``starts[i]`` up to
    ``starts[i + 1]``. Edges of 11 km or less stay as they are. Both directions of an edge get the
    same vertices, to the last digit, so that neighbours go on sharing it.
    """
    pieces = np.ones(len(points), dtype=np.int64)
    pieces[:-1] = _pieces(points[:-1], points[1:], forward)
    pieces[starts[1:] - 1] = 1  # no edge leads from the end of a line to the next line
    first = np.concatenate([[0], np.cumsum(pieces)])
    if first[-1] == len(points):
        return points, starts
    owner = np.repeat(np.arange(len(points)), pieces)
    step = np.arange(first[-1]) - first[owner]
    made = points[owner]
    new = np.flatnonzero(step)
    made[new] = _between(points, owner[new], step[new], pieces)
    return made, first[starts]


def _pieces(a: Points, b: Points, forward: Callable[[Points], Points]) -> Counts:
    """Into how many pieces each edge is to be cut; the bend falls with the square of it."""
    wide = (b - a) * _DEGREE_M
    wide[:, 0] *= np.cos(np.radians((a[:, 1] + b[:, 1]) / 2))
    pieces = np.ones(len(a), dtype=np.int64)
    long = np.flatnonzero(np.hypot(wide[:, 0], wide[:, 1]) > SHORT_M)
    here, there = forward(a[long]), forward(b[long])
    bend = np.zeros(len(long))
    for share in (0.5, 0.25):  # in the middle an edge across the equator is straight in Mercator
        at = forward(a[long] + (b[long] - a[long]) * share)
        bend = np.maximum(bend, _off(at - here, there - here))
    pieces[long] = np.clip(np.ceil(np.sqrt(bend / BEND_M)), 1, MOST)
    return pieces


def _off(at: Points, chord: Points) -> npt.NDArray[np.float64]:
    """How far places are from the line of a chord; of one without a length, from its end."""
    length = np.hypot(chord[:, 0], chord[:, 1])
    across = np.abs(at[:, 0] * chord[:, 1] - at[:, 1] * chord[:, 0])
    far = np.hypot(at[:, 0], at[:, 1])
    return np.asarray(np.where(length > 0, across / np.where(length > 0, length, 1), far))


def _between(points: Points, owner: Counts, step: Counts, pieces: Counts) -> Points:
    """The points at ``step`` of ``pieces`` on their edges, reckoned from the lower end."""
    a, b, share = points[owner], points[owner + 1], step / pieces[owner]
    back = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    share = np.where(back, (pieces[owner] - step) / pieces[owner], share)[:, None]
    low, high = np.where(back[:, None], b, a), np.where(back[:, None], a, b)
    made: Points = low + (high - low) * share
    return made
