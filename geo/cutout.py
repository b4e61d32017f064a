"""What of `geo.subdivide`'s chains lies in a window; everything in quanta of the plane."""

from collections.abc import Sequence

import numpy as np
import shapely

from geo import boxes
from geo.mesh import Counts, Flags, Shapes, runs
from geo.pieces import Numbers, Pieces, Window, pieces_in, touching
from geo.rectangle import between, walked
from geo.subdivide import BLOCK, Chains, belonging


def areas_in(
    rings: Chains, window: Window, wanted: Sequence[int] | None = None
) -> tuple[Shapes, Counts]:
    """The polygons that have anything in the window, clipped to it, valid; and their owners.

    The window is taken to the middle between whole numbers. Of ``wanted`` owners alone, if given.
    """
    window = between(window)
    parts = _parts(rings, window)
    if wanted is not None:
        parts = parts[np.isin(rings.owner[parts], wanted)]
    if not len(parts):
        return _nothing(), parts
    inside = boxes.inside(rings.part_box[parts], window)
    shapes, held = _cut(rings, parts[~inside], window)
    whole, kept = _reduced(rings, parts[inside], window)
    return np.concatenate([whole, shapes]), rings.owner[np.concatenate([kept, held])].astype(
        np.int64
    )


def _cut(rings: Chains, parts: Counts, window: Window) -> tuple[Shapes, Counts]:
    """What the window holds of parts that are not all in it, and of which part it is."""
    if not len(parts):
        return _nothing(), parts
    chains, part = belonging(rings.parts, parts)
    run, chain = belonging(rings.chain_runs, chains)
    hit = boxes.hit(rings.box[run], window)
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


def lines_in(chains: Chains, window: Window, run: Counts) -> tuple[Shapes, Counts, Numbers]:
    """The pieces in the window of these runs: as line strings, the run in which each begins, and
    how far along its line that is.
    """
    pieces = strings_in(chains, window, run)
    if not len(pieces.run):
        return _nothing(), pieces.run, pieces.along
    lines = np.asarray(shapely.linestrings(pieces.points, indices=pieces.which))
    return lines, pieces.run, pieces.along


def strings_in(chains: Chains, window: Window, run: Counts) -> Pieces:
    """As `lines_in`, as coordinates."""
    return pieces_in(chains, window, run, lines=True)


def strings_of(
    chains: Chains, window: Window, run: Counts, cut: bool
) -> tuple[Numbers, Counts, Counts, Numbers]:
    """Points, where each line begins, the run of each, and how far along its line that is;
    of runs that are not to be ``cut`` nothing is said of that.
    """
    if not cut:
        points, starts, of = touching(chains, window, run)
        return points.astype(np.float64), starts, of, np.zeros(len(of))
    pieces = strings_in(chains, window, run)
    return pieces.points, pieces.starts, pieces.run, pieces.along


def stroked(chains: Chains, window: Window) -> Counts:
    """The runs that have their box in the window and are no cut edges; of two sides the first."""
    if boxes.misses(chains, window):
        return np.zeros(0, dtype=np.int64)
    blocks = np.flatnonzero(boxes.hit(chains.blocks, window))
    near = (blocks[:, None] * BLOCK + np.arange(BLOCK)).ravel()
    near = near[: np.searchsorted(near, len(chains.box))]
    return np.asarray(near[boxes.hit(chains.box[near], window) & chains.is_stroked[near]])


def _parts(chains: Chains, window: Window) -> Counts:
    if boxes.misses(chains, window):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(boxes.hit(chains.part_box, window))


def _reduced(rings: Chains, parts: Counts, window: Window) -> tuple[Shapes, Counts]:
    """The parts with no more of what is not in the window than keeps their inside inside."""
    if not len(parts):
        return _nothing(), parts
    at, size, part, parts = _kept(rings, parts, window)
    return _polygons(rings, at, size, part), parts


def _kept(rings: Chains, parts: Counts, window: Window) -> tuple[Counts, Counts, Counts, Counts]:
    """The positions of the points of reduced rings, how many each has, its part, and all parts."""
    chains, part = belonging(rings.parts, parts)
    run, chain = belonging(rings.chain_runs, chains)
    side = boxes.sides(rings.box[run], window)
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
