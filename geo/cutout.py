"""What of `geo.subdivide`'s chains lies in a window; everything in quanta of the plane."""

import numpy as np
import numpy.typing as npt
import shapely

from geo.mesh import Counts, Flags, Shapes, runs
from geo.pieces import Numbers, Pieces, Window, pieces_in
from geo.rectangle import between, walked
from geo.subdivide import Chains


def areas_in(rings: Chains, window: Window) -> tuple[Shapes, Counts]:
    """The polygons that have anything in the window, clipped to it, valid; and their owners.

    The window is taken to the middle between whole numbers.
    """
    window = between(window)
    parts = _parts(rings, window)
    if not len(parts):
        return _nothing(), parts
    inside = _inside(rings.part_box[parts], window)
    shapes, held = _cut(rings, parts[~inside], window)
    whole, kept = _reduced(rings, parts[inside], window)
    return np.concatenate([whole, shapes]), rings.owner[np.concatenate([kept, held])].astype(
        np.int64
    )


def _cut(rings: Chains, parts: Counts, window: Window) -> tuple[Shapes, Counts]:
    """What the window holds of parts that are not all in it, and of which part it is."""
    if not len(parts):
        return _nothing(), parts
    chains, part = _between(rings.parts, parts)
    run, chain = _between(rings.chain_runs, chains)
    hit = _hit(rings.box[run], window)
    run, chain = run[hit], chain[hit]
    pieces = pieces_in(rings, window, run, lines=False)
    ring = chain[np.searchsorted(run, pieces.run)]
    open_ = np.zeros(len(parts), dtype=bool)
    open_[part[ring[pieces.enters | pieces.leaves]]] = True
    open_[~open_] = _around(rings, parts[~open_], window)
    ends = np.searchsorted(part[ring], np.arange(len(parts) + 1))
    found = [
        (shape, n)
        for n in np.flatnonzero(open_).tolist()
        for shape in walked(pieces, np.arange(ends[n], ends[n + 1]), ring, window)
    ]
    shapes = np.array([shape for shape, _ in found], dtype=object)
    return shapes, parts[np.array([n for _, n in found], dtype=np.int64)]


def _around(rings: Chains, parts: Counts, window: Window) -> Flags:
    """Which of the parts, none of which has an edge on a side of the window, hold its corner."""
    held = np.zeros(len(parts), dtype=bool)
    if not len(parts):
        return held
    at, size, part, kept = _kept(rings, parts, window)
    if not len(size):
        return held
    closed, starts = _closed(at, size)
    x, y = rings.points[closed].astype(float).T
    crosses = (y[1:] > window[1]) != (y[:-1] > window[1])
    crosses[starts[1:-1] - 1] = False
    edge = np.flatnonzero(crosses)
    share = (window[1] - y[edge]) / (y[edge + 1] - y[edge])
    edge = edge[x[edge] + share * (x[edge + 1] - x[edge]) > window[0]]
    ring = np.searchsorted(starts, edge, side="right") - 1
    odd = np.bincount(_counted(part)[ring], minlength=len(kept)) % 2 == 1
    held[np.searchsorted(parts, kept[odd])] = True
    return held


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


def lines_in(chains: Chains, window: Window, hit: Flags) -> tuple[Shapes, Counts, Numbers]:
    """The pieces in the window of the runs that are ``hit``: as line strings, the run in which
    each begins, and how far along its line that is.
    """
    pieces = strings_in(chains, window, hit)
    if not len(pieces.run):
        return _nothing(), pieces.run, pieces.along
    lines = np.asarray(shapely.linestrings(pieces.points, indices=pieces.which))
    return lines, pieces.run, pieces.along


def strings_in(chains: Chains, window: Window, hit: Flags) -> Pieces:
    """As `lines_in`, as coordinates."""
    return pieces_in(chains, window, np.flatnonzero(hit), lines=True)


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
    if not len(parts):
        return _nothing(), parts
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


def _nothing() -> Shapes:
    return np.zeros(0, dtype=object)
