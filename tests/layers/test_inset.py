"""A window of fine shapes in coarse ones: each as it is, and no seam between them."""

import numpy as np
import pytest
from shapely import GeometryCollection, LineString, Point, Polygon, box

from layers.inset import parts_of, set_in

WINDOW = (0.0, 0.0, 10.0, 10.0)


def wavy(step: float) -> Polygon:
    """Land below a coast that swings with a period of 4."""
    x = np.arange(-20, 30 + step / 2, step)
    coast = np.column_stack([x, 5 + np.sin(x * np.pi / 2)])
    return Polygon([(-20, -20), *coast.tolist(), (30, -20)])


FINE, COARSE = wavy(0.1), wavy(2.5)


def test_an_area_is_fine_in_the_window_and_coarse_around_it_and_all_of_one_piece() -> None:
    ((number, made),) = set_in({3: FINE}, {3: COARSE}, WINDOW)
    assert number == 3
    assert made.is_valid
    assert made.geom_type == "Polygon"
    window = box(*WINDOW)
    for whole, part in ((FINE, window), (COARSE, box(-30, -30, 40, 40) - window)):
        assert ((made & part) ^ (whole & part)).area < 1e-9


def test_a_line_goes_on_across_the_edge_where_both_agree() -> None:
    line = LineString([(-5, 5), (15, 5)])
    ((_, made),) = set_in({0: line}, {0: line}, WINDOW)
    assert made.geom_type == "LineString"
    assert made.length == pytest.approx(20)


def test_an_area_with_its_border_stays_a_collection_of_both() -> None:
    both = GeometryCollection([FINE, LineString([(2, 2), (8, 8)])])
    ((_, made),) = set_in({0: both}, {0: COARSE}, WINDOW)
    assert {one.geom_type for one in parts_of(made)} == {"Polygon", "LineString"}


def test_what_lies_on_one_side_alone_is_there() -> None:
    found = dict(
        set_in({0: Point(5, 5), 1: Point(50, 50)}, {2: Point(20, 20), 3: Point(5, 5)}, WINDOW)
    )
    assert set(found) == {0, 2}
