"""Dashes whose phase is that of the whole line, in every piece of it."""

import math
from collections.abc import Sequence

import numpy as np

from geo.paths import Paths, Points

LEAST = 40.0  # px: pieces are at least so long
_NO_STEP = 1e-9  # px
_FINEST = 16  # parts of a px in which a picture is written


def dashed(
    paths: Paths, starts: Sequence[float] | Points, dash: Sequence[float]
) -> dict[float, Paths]:
    """The paths cut where a dash begins, by the offset into the pattern at which they begin.

    ``starts`` says how far along its whole line each path begins, in px. A renderer measures a
    path after rounding it, and what it is off adds up from point to point: in short pieces it
    cannot add up to what an eye sees. All but the first piece of each path have the offset 0.
    A piece that two lines share comes once: twice, its edges would be harder than those beside it.
    """
    period = sum(dash) * (1 + len(dash) % 2)  # an odd pattern runs twice
    stride = period * math.ceil(LEAST / period)
    if paths.empty:
        return {}
    pieces, firsts = _cut(paths, np.asarray(starts, dtype=np.float64), stride)
    found: dict[float, dict[bytes, Points]] = {}
    whole = Paths(np.rint(pieces.points * _FINEST), pieces.offsets)
    for piece, rounded, first in zip(pieces, whole, firsts.tolist(), strict=True):
        same = found.setdefault(round(first % period, 2) % period, {})
        same.setdefault(rounded.tobytes(), piece)
    return {phase: Paths.each(found[phase].values()) for phase in sorted(found)}


def _cut(paths: Paths, starts: Points, stride: float) -> tuple[Paths, Points]:
    """The paths cut at whole multiples of ``stride``, and how far along its line each piece is."""
    points, begins, lasts = paths.points, paths.offsets[:-1], paths.offsets[1:] - 1
    walked = _walked(paths)
    before = walked[begins] - starts  # what is walked is so much more than the way along the line
    least = np.floor(starts / stride).astype(np.int64) + 1
    count = np.ceil((walked[lasts] - before) / stride).astype(np.int64) - least
    count = np.maximum(0, count)
    of, number = np.repeat(np.arange(len(paths)), count), np.arange(count.sum())
    earlier = np.cumsum(count) - count
    cuts = (least[of] + number - earlier[of]) * stride
    goal = cuts + before[of]
    at = np.clip(np.searchsorted(walked, goal), begins[of] + 1, lasts[of])
    share = (walked[at] - goal) / np.maximum(walked[at] - walked[at - 1], _NO_STEP)
    met = points[at] - share[:, None] * (points[at] - points[at - 1])
    every = np.insert(points, np.repeat(at, 2), np.repeat(met, 2, axis=0), axis=0)
    firsts = np.concatenate([begins + 2 * earlier, at + 2 * number + 1])
    order = np.argsort(firsts)
    offsets = np.append(firsts[order], len(every)).astype(np.int64)
    return Paths(every, offsets), np.concatenate([starts, cuts])[order]


def _walked(paths: Paths) -> Points:
    """At each point how far it is from the first, the ways between two paths left out."""
    steps = np.hypot(*np.diff(paths.points, axis=0, prepend=paths.points[:1]).T)
    steps[paths.offsets[:-1]] = 0.0
    return np.cumsum(steps)
