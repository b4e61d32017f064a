"""A tile cut from the sheet of its zoom is the tile made by itself."""

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from geo.mvtgeometry import Paths
from geo.tilepaths import rings
from geo.tilesheet import Sheet

WINDOW = (1000.0, 1000.0, 3000.0, 3000.0)


def cells(count: int = 80) -> list[BaseGeometry]:
    """Areas that share their edges and fill a square of 4096 units."""
    rng = np.random.default_rng(7)
    sites = shapely.MultiPoint(rng.uniform(0, 4096, (count, 2)))
    square = shapely.box(0, 0, 4096, 4096)
    made = shapely.get_parts(shapely.voronoi_polygons(sites, extend_to=square))
    return [shapely.clip_by_rect(one, 0, 0, 4096, 4096) for one in made]


def sheet_of(shapes: list[BaseGeometry]) -> Sheet:
    return Sheet.of(np.array(shapes, dtype=object), np.arange(len(shapes)))


def areas(paths: Paths) -> dict[int, BaseGeometry]:
    """The shapes of the paths by number: shells, less the holes that follow them."""
    made: dict[int, BaseGeometry] = {}
    ends = np.cumsum(paths.counts)
    for end, count, number in zip(ends, paths.counts, paths.numbers.tolist(), strict=True):
        ring = shapely.Polygon(paths.points[end - count : end])
        old = made.get(number, shapely.Polygon())
        # With y down a shell runs against the clock of a plane with y up, and a hole with it.
        made[number] = old.union(ring) if ring.exterior.is_ccw else old.difference(ring)
    return made


def test_a_window_holds_what_lies_in_it() -> None:
    shapes = cells()
    found = areas(sheet_of(shapes).cut(WINDOW))
    square = shapely.box(*WINDOW)
    for number, shape in enumerate(shapes):
        wanted = shape.intersection(square)
        if wanted.area > 4:
            assert found[number].is_valid
            assert found[number].symmetric_difference(wanted).area < 3 * wanted.length


def test_what_touches_fills_the_window_without_gap_or_overlap() -> None:
    found = list(areas(sheet_of(cells()).cut(WINDOW)).values())
    assert shapely.union_all(found).area == pytest.approx(2000 * 2000, rel=1e-3)
    assert sum(one.area for one in found) == pytest.approx(2000 * 2000, rel=1e-3)


def test_a_hole_is_kept() -> None:
    ring = shapely.box(1200, 1200, 2800, 2800) - shapely.box(1500, 1500, 2000, 2000)
    cut = sheet_of([ring]).cut(WINDOW)
    assert cut.counts.tolist() == [4, 4]
    crossing = shapely.box(0, 1200, 2800, 2800) - shapely.box(1500, 1500, 2000, 2000)
    assert len(sheet_of([crossing]).cut(WINDOW).counts) == 2


def test_what_rounding_folds_is_mended_once_for_all_tiles() -> None:
    pinched = shapely.Polygon(
        [(1100, 1100), (1200, 1100.4), (1300, 1100), (1300, 1110), (1200, 1100.45), (1100, 1110)]
    )
    direct = rings(np.array([pinched], dtype=object), np.array([0]))
    cut = sheet_of([pinched]).cut(WINDOW)
    assert cut.points.tolist() == direct.points.tolist()


def test_nothing_makes_an_empty_sheet() -> None:
    empty = Sheet.of(np.zeros(0, dtype=object), np.zeros(0, dtype=np.int64))
    assert len(empty.cut(WINDOW).counts) == 0
    assert empty.size >= 0


def test_outside_of_everything_there_is_nothing() -> None:
    assert len(sheet_of(cells()).cut((9000.0, 9000.0, 9100.0, 9100.0)).counts) == 0
