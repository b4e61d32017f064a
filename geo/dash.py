"""Dashes whose phase is that of the whole line, in every piece of it."""

import math
from collections.abc import Sequence

import numpy as np

from geo.scene import Paths, Points

LEAST = 40.0  # px: pieces are at least so long
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
    found: dict[float, dict[bytes, Points]] = {}
    for points, start in zip(paths, np.asarray(starts).tolist(), strict=True):
        for first, piece in _pieces(points, start, stride):
            same = found.setdefault(round(first % period, 2) % period, {})
            same.setdefault(np.rint(piece * _FINEST).tobytes(), piece)
    return {phase: Paths.each(found[phase].values()) for phase in sorted(found)}


def _pieces(points: Points, start: float, stride: float) -> list[tuple[float, Points]]:
    """The path cut at whole multiples of ``stride``, and how far along its line each piece is."""
    steps = np.diff(points, axis=0)
    along = start + np.concatenate([[0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))])
    cuts = np.arange(math.floor(start / stride) + 1, math.ceil(along[-1] / stride)) * stride
    if not len(cuts):
        return [(start, points)]
    at = [np.interp(cuts, along, points[:, axis]) for axis in (0, 1)]
    every = np.insert(points, (where := np.searchsorted(along, cuts)), np.column_stack(at), axis=0)
    ends = where + np.arange(len(cuts))
    bounds = np.concatenate([[0], ends, [len(every) - 1]]).tolist()
    firsts = [start, *cuts.tolist()]
    return [
        (first, every[low : high + 1])
        for first, low, high in zip(firsts, bounds[:-1], bounds[1:], strict=True)
    ]
