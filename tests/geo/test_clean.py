"""Polygons made valid, and coverages made clean."""

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon, box

from geo.clean import covering, polygons_of, touching, valid, valid_by_parts

BOW_TIE = Polygon([(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)])


def test_a_ring_that_crosses_itself_becomes_the_areas_that_it_encloses() -> None:
    made = valid(BOW_TIE)
    assert made.is_valid
    assert made.area == 2
    assert len(polygons_of(made)) == 2


def test_a_valid_polygon_comes_back_as_it_is() -> None:
    square = box(0, 0, 1, 1)
    assert valid(square) is square


def test_what_two_areas_cover_goes_to_one_of_them_and_nothing_is_lost() -> None:
    clean = covering([box(0, 0, 2, 1), box(1.9, 0, 4, 1)])
    assert shapely.coverage_is_valid(np.array(clean, dtype=object))
    assert sum(one.area for one in clean) == 4


def test_cleaning_warns_of_nothing_however_strict_the_caller_is_with_numbers() -> None:
    seeds = np.random.default_rng(7).uniform(0, 4e6, (40, 20, 2))
    hulls = [shapely.convex_hull(shapely.MultiPoint(points)) for points in seeds]
    with np.errstate(invalid="raise"):
        clean = covering(hulls, gap_width=100.0, merge_strategy="min_area")
    assert len(clean) == len(hulls)


def test_parts_at_fault_are_made_valid_and_the_others_are_left_as_they_are() -> None:

    still = box(5, 0, 6, 1)
    made = valid_by_parts(MultiPolygon([BOW_TIE, still]))
    assert made.is_valid
    assert made.equals(valid(MultiPolygon([BOW_TIE, still])))
    assert still.wkb in {part.wkb for part in shapely.get_parts(made)}


def test_parts_that_overlap_are_made_valid_together() -> None:
    both = MultiPolygon([box(0, 0, 2, 2), box(1, 1, 3, 3)])
    assert valid_by_parts(both).wkb == valid(both).wkb


def test_a_polygon_touches_where_it_shares_a_point_and_not_where_only_boxes_overlap() -> None:
    shapes = [
        box(0, 0, 9, 9).difference(box(2, 2, 7, 7)),
        box(3, 3, 4, 4),  # in the hole
        box(9, 9, 10, 10),  # at a corner
        Polygon([(20, 0), (30, 0), (30, 10)]),
        box(21, 8, 22, 9),  # in the box of the triangle alone
    ]
    assert touching(np.array(shapes)).tolist() == [True, False, True, False, False]
