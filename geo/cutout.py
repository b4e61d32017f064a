"""What of `geo.subdivide`'s chains lies in a window; everything in quanta of the plane."""

import numpy as np
import numpy.typing as npt
import shapely

from geo.mesh import Counts, Flags, Shapes, runs
from geo.subdivide import Chains

Window = tuple[float, float, float, float]  # left, bottom, right, top
Numbers = npt.NDArray[np.float64]


def areas_in(rings: Chains, window: Window) -> tuple[Shapes, Counts]:
    """The polygons that have anything in the window, clipped to it, and their owners."""
    parts = _parts(rings, window)
    if not len(parts):
        return _nothing(), parts
    shapes, parts = _reduced(rings, parts, window)
    inside = _inside(rings.part_box[parts], window)
    shapes[~inside] = shapely.clip_by_rect(_sound(shapes[~inside]), *window)
    held = ~shapely.is_empty(shapes)
    return shapes[held], rings.owner[parts[held]].astype(np.int64)


def rings_in(rings: Chains, window: Window) -> tuple[Numbers, Counts, Counts]:
    """What fills the window by the even-odd rule, without a cut: points of closed rings, where
    each ring begins (and after them all, the end), and the owner of each.

    Outside of the window the rings are reduced to what changes nothing in it.
    """
    parts = _parts(rings, window)
    if not len(parts):
        return np.zeros((0, 2)), np.zeros(1, dtype=np.int64), parts
    at, size, part, parts = _kept(rings, parts, window)
    closed, starts = _closed(at, size)
    owner = rings.owner[parts].astype(np.int64)
    return rings.points[closed].astype(float), starts, owner[_counted(part)]


def _sound(shapes: Shapes) -> Shapes:
    """Valid shapes: a reduced ring may cross itself outside of the window, and then the
    complement of what it holds would be cut out.
    """
    bad = ~shapely.is_valid(shapes)
    if bad.any():
        shapes[bad] = shapely.make_valid(shapes[bad])
    return shapes


def lines_in(chains: Chains, window: Window, hit: Flags) -> tuple[Shapes, Counts, Numbers]:
    """The pieces in the window of the runs that are ``hit``: as line strings, the run in which
    each begins, and how far along its line that is.
    """
    at = np.flatnonzero(hit)
    if not len(at):
        return _nothing(), at, np.zeros(0)
    first, last = chains.first[at].astype(np.int64), chains.last[at].astype(np.int64)
    here, run = runs(first, last - 1)
    a, b = chains.points[here].astype(float), chains.points[here + 1].astype(float)
    enters, leaves = _crossed(a, b, window)
    length = np.hypot(*(b - a).T)
    before = np.cumsum(length) - length
    begins = np.searchsorted(run, np.arange(len(at)))
    along = chains.start[at][run] + before - before[begins][run]
    shown = np.flatnonzero(enters < leaves)
    if not len(shown):
        return _nothing(), shown, np.zeros(0)
    new = _begins(chains, at[run], here, enters, leaves)[shown]
    a, b, enters, leaves = a[shown], b[shown], enters[shown, None], leaves[shown, None]
    start, end = a + (b - a) * enters, a + (b - a) * leaves
    piece = np.cumsum(new) - 1
    order = np.concatenate([np.flatnonzero(new), np.arange(len(shown))])
    points = np.concatenate([start[new], end])
    rank = np.concatenate([np.zeros(int(new.sum()), dtype=int), np.ones(len(shown), dtype=int)])
    sorted_ = np.lexsort([rank, order])
    which = np.concatenate([piece[new], piece])[sorted_]
    lines = np.asarray(shapely.linestrings(points[sorted_], indices=which))
    along = (along[shown] + length[shown] * enters[:, 0])[new]
    return lines, at[run[shown]][new], along


def stroked(chains: Chains, window: Window) -> Flags:
    """The runs that have their box in the window and are no cut edges; of two sides the first."""
    if _misses(chains, window):
        return np.zeros(len(chains.box), dtype=bool)
    return _hit(chains.box, window) & chains.is_stroked


def _parts(chains: Chains, window: Window) -> Counts:
    if _misses(chains, window):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(_hit(chains.part_box, window))


def _misses(chains: Chains, window: Window) -> bool:
    """Whether nothing at all is there: most windows have no use for the worlds beside theirs."""
    (left, bottom, right, top), (low, south, high, north) = window, chains.reach
    return left > high or right < low or bottom > north or top < south


def _hit(box: npt.NDArray[np.int32], window: Window) -> Flags:
    left, bottom, right, top = window
    found: Flags = (box[:, 0] <= right) & (box[:, 2] >= left)
    return found & (box[:, 1] <= top) & (box[:, 3] >= bottom)


def _inside(box: npt.NDArray[np.int32], window: Window) -> Flags:
    left, bottom, right, top = window
    found: Flags = (box[:, 0] >= left) & (box[:, 2] <= right)
    return found & (box[:, 1] >= bottom) & (box[:, 3] <= top)


def _sides(box: npt.NDArray[np.int32], window: Window) -> Counts:
    """0 for a box in the window, else a number for the side on which all of it lies."""
    left, bottom, right, top = window
    outside = [box[:, 2] < left, box[:, 0] > right, box[:, 3] < bottom, box[:, 1] > top]
    return np.select(outside, [1, 2, 3, 4], 0)


def _reduced(rings: Chains, parts: Counts, window: Window) -> tuple[Shapes, Counts]:
    """The parts with no more of what is not in the window than keeps their inside inside."""
    at, size, part, parts = _kept(rings, parts, window)
    return _polygons(rings, at, size, part), parts


def _kept(rings: Chains, parts: Counts, window: Window) -> tuple[Counts, Counts, Counts, Counts]:
    """The positions of the points of reduced rings, how many each has, its part, and all parts."""
    chains, part = _between(rings.parts, parts)
    run, chain = _between(rings.chain_runs, chains)
    side = _sides(rings.box[run], window)
    starts_ring = np.diff(chain, prepend=-1) != 0
    again = (side > 0) & (side == np.roll(side, 1)) & ~starts_ring
    run, chain, side = run[~again], chain[~again], side[~again]
    first = rings.first[run].astype(np.int64)
    at, of = runs(first, np.where(side > 0, first, rings.last[run] - 1))
    size = np.bincount(chain[of], minlength=len(chains))
    area = size > 2
    shell = np.zeros(len(chains), dtype=bool)
    shell[np.flatnonzero(np.diff(part, prepend=-1))] = True
    area &= area[np.flatnonzero(shell)][part]
    at = at[area[chain[of]]]
    return at, size[area], part[area], parts[area[shell]]


def _between(starts: npt.NDArray[np.int32], which: Counts) -> tuple[Counts, Counts]:
    """What belongs to each of ``which``, and to the how manieth of them it belongs."""
    return runs(starts[which].astype(np.int64), starts[which + 1].astype(np.int64) - 1)


def _polygons(rings: Chains, at: Counts, size: Counts, part: Counts) -> Shapes:
    """Polygons of open rings: the positions ``at``, ``size`` of them in each ring."""
    if not len(size):
        return _nothing()
    closed, starts = _closed(at, size)
    outer = np.append(np.flatnonzero(np.diff(part, prepend=-1)), len(part))
    points = rings.points[closed].astype(float)
    made = shapely.from_ragged_array(shapely.GeometryType.POLYGON, points, (starts, outer))
    return np.asarray(made)


def _closed(at: Counts, size: Counts) -> tuple[Counts, Counts]:
    """The positions with each ring's first one repeated, and where each ring begins."""
    ends = np.cumsum(size)
    closed = np.insert(at, ends, at[ends - size])
    return closed, np.concatenate([[0], ends + np.arange(1, len(size) + 1)]).astype(np.int64)


def _counted(part: Counts) -> Counts:
    """0 for the first part, 1 for the next, whatever their numbers."""
    return np.cumsum(np.diff(part, prepend=part[:1]) != 0)


def _crossed(a: Numbers, b: Numbers, window: Window) -> tuple[Numbers, Numbers]:
    """From which to which share of itself each edge a b is in the window (Liang and Barsky)."""
    left, bottom, right, top = window
    enters, leaves = np.zeros(len(a)), np.ones(len(a))
    for axis, (low, high) in enumerate(((left, right), (bottom, top))):
        step, place = b[:, axis] - a[:, axis], a[:, axis]
        with np.errstate(divide="ignore", invalid="ignore"):
            one, two = (low - place) / step, (high - place) / step
        level = step == 0
        one = np.where(level, np.where((place >= low) & (place <= high), 0.0, 2.0), one)
        two = np.where(level, 1.0, two)
        enters = np.maximum(enters, np.where(level, one, np.minimum(one, two)))
        leaves = np.minimum(leaves, np.where(level, two, np.maximum(one, two)))
    return enters, leaves


def _begins(chains: Chains, run: Counts, here: Counts, enters: Numbers, leaves: Numbers) -> Flags:
    """Which of the edges that are shown do not go on from the one before."""
    new = np.ones(len(here), dtype=bool)
    follows = (here[1:] == here[:-1] + 1) & (enters[1:] == 0) & (leaves[:-1] == 1)
    follows &= enters[:-1] < leaves[:-1]
    same = (run[1:] == run[:-1]) | (chains.start[run[1:]] > 0)
    new[1:] = ~(follows & same)
    return new


def _nothing() -> Shapes:
    return np.zeros(0, dtype=object)
