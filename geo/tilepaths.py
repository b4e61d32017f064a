"""From shapely geometries to the paths of a tile: rounded, without repeats, wound and valid.

Coordinates are tile units, y down. Rounding can fold a polygon over itself; such a one is made
again on the grid of the tile (`_repaired`), so every polygon that leaves here is valid. What
rounding leaves nothing of keeps a mark of one unit, so that no feature is lost.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import shapely

from geo.mvtgeometry import Geometries, Paths
from geo.varint import Integers

Mask = npt.NDArray[np.bool_]
Units = npt.NDArray[np.float64]
Fold = Callable[[Units, Integers], tuple[Units, Integers]]  # puts points into paths
MARK = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.int64)  # one unit, wound as a shell
_TRIES = 3


def lines(geometries: Geometries, numbers: Integers) -> Paths:
    """Line strings and multi line strings as paths of two points or more."""
    parts, owner = shapely.get_parts(geometries, return_index=True)
    coords, path = shapely.get_coordinates(parts, return_index=True)
    return strings(coords, path, numbers[owner])


def strings(points: Units, path: Integers, numbers: Integers, fold: Fold | None = None) -> Paths:
    """Lines as their points, the line of each point, and the number of each line, in order."""
    at, of = fold(points, path) if fold else (points, path)
    made = _without_repeats(rounded(at), of, numbers)
    kept = made.chosen(made.counts >= 2)
    lost = _lost(kept, numbers)
    return _marked(kept, points[np.searchsorted(path, lost)], numbers[lost], MARK[:2])


def rings(geometries: Geometries, numbers: Integers, fold: Fold | None = None) -> Paths:
    """Polygons and multipolygons as rings, the shell of each before its holes, all valid.

    Those of one number stand together and are one multipolygon. `with_marks` tells what is lost.
    ``fold`` puts further points into them before they are rounded; where that makes what is not
    valid and cannot be mended, it is done without.
    """
    if not len(geometries):
        return Paths(np.zeros((0, 2), dtype=np.int64), numbers[:0], numbers[:0])
    found, sound = _rings(geometries, numbers, fold)
    for way in (fold, fold, None):
        if sound.all():
            return found
        broken = np.unique(numbers[~sound])
        mended = [_repaired(_together(geometries[numbers == one])) for one in broken]
        geometries, numbers = np.array(mended, dtype=object), broken
        again, sound = _rings(geometries, numbers, way)
        found = in_order(found.chosen(~np.isin(found.numbers, broken)), again)
    return found


def _rings(geometries: Geometries, numbers: Integers, fold: Fold | None) -> tuple[Paths, Mask]:
    """The rings, and which of the geometries were valid after rounding."""
    polygons, owner = shapely.get_parts(geometries, return_index=True)
    flat, of = shapely.get_rings(polygons, return_index=True)
    coords, path = shapely.get_coordinates(flat, return_index=True)
    if fold:
        coords, path = fold(coords, path)
    shell = np.ones(len(of), dtype=bool)
    np.not_equal(of[1:], of[:-1], out=shell[1:])
    every = _without_repeats(rounded(coords), path, numbers[owner[of]])
    area = _areas(every)
    solid = (every.counts >= 4) & (area != 0)
    if not solid.all():  # a hole whose shell is gone goes with it
        solid &= solid[np.maximum.accumulate(np.where(shell, np.arange(len(shell)), 0))]
        every, area, shell = every.chosen(solid), area[solid], shell[solid]
    return _opened(every, (area > 0) != shell), _sound(every, shell, numbers)


def rounded(coords: Units) -> Integers:
    """Coordinates as whole units."""
    return np.rint(coords).astype(np.int64)


def _without_repeats(points: Integers, path: Integers, numbers: Integers) -> Paths:
    """Paths whose every point differs from the one before it."""
    new = np.ones(len(points), dtype=bool)
    steps = points[1:] != points[:-1]
    np.logical_or(steps[:, 0], steps[:, 1], out=new[1:])
    new[1:] |= path[1:] != path[:-1]
    return Paths(points[new], np.bincount(path[new], minlength=len(numbers)), numbers)


def _areas(paths: Paths) -> Integers:
    """Twice the area of each closed path by the surveyor's formula; exact in whole numbers."""
    if not len(paths.counts):
        return paths.counts
    x, y = paths.points[:, 0], paths.points[:, 1]
    cross = np.zeros(len(x), dtype=np.int64)
    cross[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
    ends = paths.counts.cumsum()
    cross[ends - 1] = 0  # from the end of one ring to the start of the next
    return np.add.reduceat(cross, ends - paths.counts)


def _sound(paths: Paths, shell: Mask, numbers: Integers) -> Mask:
    """For each of ``numbers`` whether its rings make a valid multipolygon."""
    if not len(paths.counts):
        return np.ones(len(numbers), dtype=bool)
    owners = paths.numbers
    alone = bool((owners[1:] != owners[:-1]).all())
    bad = _bad_rings(paths) if alone else _bad_areas(paths, np.flatnonzero(shell))
    return ~np.isin(numbers, bad) if len(bad) else np.ones(len(numbers), dtype=bool)


def _bad_rings(paths: Paths) -> Integers:
    """The numbers whose only ring is no valid polygon."""
    which = np.arange(len(paths.counts)).repeat(paths.counts)
    made = shapely.polygons(shapely.linearrings(paths.points.astype(float), indices=which))
    valid = shapely.is_valid(made)
    return paths.numbers[:0] if valid.all() else paths.numbers[~valid]


def _bad_areas(paths: Paths, shells: Integers) -> Integers:
    """The numbers whose rings make no valid multipolygon."""
    owners = paths.numbers[shells]
    first = np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1])))
    offsets = (
        np.concatenate(([0], np.cumsum(paths.counts))),
        np.append(shells, len(paths.counts)),
        np.append(first, len(shells)),
    )
    made = shapely.from_ragged_array(
        shapely.GeometryType.MULTIPOLYGON, paths.points.astype(np.float64), offsets
    )
    return owners[first][~shapely.is_valid(made)]


def _opened(paths: Paths, flip: Mask) -> Paths:
    """Rings without the point that closes them, those in ``flip`` turned round."""
    keep = np.ones(len(paths.points), dtype=bool)
    keep[paths.counts.cumsum() - 1] = False
    points, counts = paths.points[keep], paths.counts - 1
    if not flip.any():
        return Paths(points, counts, paths.numbers)
    starts = counts.cumsum() - counts
    at = np.arange(len(points))
    turned = np.repeat(flip, counts)
    mirrored = np.repeat(2 * starts + counts - 1, counts) - at
    return Paths(points[np.where(turned, mirrored, at)], counts, paths.numbers)


def with_marks(kept: Paths, geometries: Geometries, numbers: Integers, mark: Integers) -> Paths:
    """The paths, and a mark at the first point of each feature that has none left."""
    lost = _lost(kept, numbers)
    firsts = [shapely.get_coordinates(one)[0] for one in geometries[lost]]
    return _marked(kept, np.array(firsts), numbers[lost], mark)


def _lost(kept: Paths, numbers: Integers) -> Integers:
    """Where in ``numbers`` each of those stands first that has no path."""
    if set(numbers.tolist()) <= set(kept.numbers.tolist()):
        return numbers[:0]
    every, first = np.unique(numbers, return_index=True)
    return np.asarray(first[~np.isin(every, kept.numbers)])


def _marked(
    kept: Paths, points: npt.NDArray[np.float64], numbers: Integers, mark: Integers
) -> Paths:
    """The paths, and a mark at each of the points."""
    if not len(numbers):
        return kept
    places = (rounded(points)[:, None, :] + mark).reshape(-1, 2)
    return in_order(kept, Paths(places, np.full(len(numbers), len(mark)), numbers))


def in_order(one: Paths, other: Paths) -> Paths:
    """The paths of both by feature number; those of one feature stay in their order."""
    numbers = np.concatenate([one.numbers, other.numbers])
    counts = np.concatenate([one.counts, other.counts])
    points = np.concatenate([one.points, other.points])
    order = np.argsort(numbers, kind="stable")
    starts = np.cumsum(counts) - counts
    moved = counts[order]
    at = np.arange(len(points)) + np.repeat(starts[order] - (np.cumsum(moved) - moved), moved)
    return Paths(points[at], moved, numbers[order])


def _repaired(geometry: shapely.Geometry) -> shapely.Geometry:
    """The geometry on the grid of the tile and valid; empty where nothing of it is left.

    Snap rounding (Hobby 1999), which GEOS does when it sets the precision of a valid polygon,
    moves no vertex by more than a unit and keeps the edges of two such polygons together.
    """
    made = geometry
    for _ in range(_TRIES):
        if not shapely.is_valid(made):
            made = shapely.make_valid(made, method="structure", keep_collapsed=False)
        made = _polygonal(shapely.set_precision(made, 1.0))
        made = shapely.transform(shapely.set_precision(made, 0.0), np.rint)
        if shapely.is_valid(made):
            return made
    return _polygonal(shapely.buffer(made, 0))


def _together(geometries: Geometries) -> shapely.Geometry:
    """All polygons of the geometries, as one."""
    return shapely.MultiPolygon(list(shapely.get_parts(geometries)))


def _polygonal(geometry: shapely.Geometry) -> shapely.Geometry:
    """Only the polygons of it."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])
