"""What fills a window by the even-odd rule: rings that are not cut, but short outside of it."""

import numpy as np

from geo import boxes
from geo.mesh import Counts, Flags, runs
from geo.pieces import Window
from geo.subdivide import Chains, Ints, belonging


def rings_in(
    rings: Chains, window: Window, wanted: Flags | None = None
) -> tuple[Ints, Counts, Counts]:
    """What fills the window by the even-odd rule, without a cut: points of closed rings, where
    each ring begins (and after them all, the end), and the owner of each.

    Outside of the window the rings are reduced to what changes nothing in it. Of the owners for
    which ``wanted`` holds alone, if given.
    """
    near = _near(rings, window, wanted)
    if not len(near):
        return rings.points[:0], np.zeros(1, dtype=np.int64), near
    within = boxes.inside(rings.chain_box[near], window)
    whole, over = near[within], near[~within]
    at, _ = belonging(rings.chains, whole)
    sizes = np.diff(rings.chains)[whole].astype(np.int64)
    if len(over):
        less, left, over = _shortened(rings, over, window)
        at, sizes = np.concatenate([at, less]), np.concatenate([sizes, left])
        whole = np.concatenate([whole, over])
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return rings.points[at], starts, rings.chain_owner[whole]


def _near(rings: Chains, window: Window, wanted: Flags | None) -> Counts:
    """The rings whose boxes reach into the window."""
    if boxes.misses(rings, window):
        return np.zeros(0, dtype=np.int64)
    near = np.flatnonzero(boxes.hit(rings.chain_box, window))
    return near if wanted is None else near[wanted[rings.chain_owner[near]]]


def _shortened(rings: Chains, which: Counts, window: Window) -> tuple[Counts, Counts, Counts]:
    """The positions of the points of closed rings reduced outside of the window, how many each
    ring has, and which rings are left of ``which``.
    """
    run, ring = belonging(rings.chain_runs, which)
    side = boxes.sides(rings.box[run], window)
    kept = np.ones(len(run), dtype=bool)
    kept[1:] = (side[1:] == 0) | (side[1:] != side[:-1]) | (ring[1:] != ring[:-1])
    run, ring, side = run[kept], ring[kept], side[kept]
    first = rings.first[run].astype(np.int64)
    at, of = runs(first, np.where(side > 0, first, rings.last[run] - 1))
    ring = ring[of]
    size = np.bincount(ring, minlength=len(which))
    solid = size > 2
    if not solid.all():
        at, ring = at[solid[ring]], (np.cumsum(solid) - 1)[ring[solid[ring]]]
        size, which = size[solid], which[solid]
    closed = np.empty(len(at) + len(size), dtype=np.int64)
    closed[np.arange(len(at)) + ring] = at
    ends = np.cumsum(size + 1)
    closed[ends - 1] = closed[ends - 1 - size]
    return closed, size + 1, which
