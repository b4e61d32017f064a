"""Vertices for edges that a plane bends."""

import numpy as np

from geo.dense import BEND_M, MOST, dense
from geo.plane import EQUAL_AREA, MERCATOR


def along(*places: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    return np.array(places, dtype=float), np.array([0, len(places)])


def test_both_directions_of_an_edge_get_the_same_vertices() -> None:
    there, _ = dense(*along((-123.3, 48.9), (-95.15, 49.0)), EQUAL_AREA.forward)
    back, _ = dense(*along((-95.15, 49.0), (-123.3, 48.9)), EQUAL_AREA.forward)
    assert len(there) > 10
    assert (there[::-1] == back).all()


def test_no_edge_leaves_its_curve_by_more_than_the_bend() -> None:
    points, _ = dense(*along((-120, 49), (-95, 49)), EQUAL_AREA.forward)
    flat = EQUAL_AREA.forward(points)
    middle = EQUAL_AREA.forward((points[1:] + points[:-1]) / 2)
    off = np.hypot(*(middle - (flat[1:] + flat[:-1]) / 2).T)
    assert off.max() < 1.1 * BEND_M


def test_a_meridian_needs_no_vertices_and_short_edges_get_none() -> None:
    meridian, _ = dense(*along((30, 40), (30, 80)), EQUAL_AREA.forward)
    assert len(meridian) == 2
    short, _ = dense(*along((30, 89.95), (60, 89.95)), EQUAL_AREA.forward)
    assert len(short) == 2


def test_an_edge_across_the_equator_bends_in_mercator_though_its_middle_does_not() -> None:
    points, _ = dense(*along((0, -60), (60, 60)), MERCATOR.forward)
    assert len(points) > 100


def test_each_line_keeps_to_itself() -> None:
    points = np.array([[0, 50], [40, 50], [0, 70], [40, 70]], dtype=float)
    made, starts = dense(points, np.array([0, 2, 4]), EQUAL_AREA.forward)
    assert (made[starts[:-1]] == points[[0, 2]]).all()
    assert (made[starts[1:] - 1] == points[[1, 3]]).all()
    assert set(made[: starts[1], 1]) == {50.0}


def test_a_parallel_around_the_earth_has_a_bounded_number() -> None:
    points, _ = dense(*along((-180, 10), (180, 10)), EQUAL_AREA.forward)
    assert 1000 < len(points) <= MOST + 1
