"""Rings cut to a box fill the same within it."""

import numpy as np
import pytest
import shapely

from geo.paths import Paths
from geo.ringclip import clipped, reduced

BOX = (0.0, 0.0, 60.0, 60.0)


def area(rings: Paths) -> float:
    """The signed areas together: what runs to and fro along a side counts for nothing."""
    return sum(
        float(np.sum(ring[:-1, 0] * ring[1:, 1] - ring[1:, 0] * ring[:-1, 1])) / 2 for ring in rings
    )


@pytest.mark.parametrize("seed", range(40))
def test_a_star_keeps_what_of_it_is_in_the_box(seed: int) -> None:
    random = np.random.default_rng(seed)
    turns = np.sort(random.random(30)) * 2 * np.pi
    reach = random.random(30) * 90 + 10
    middle = random.random(2) * 60
    star = shapely.Polygon(
        middle + reach[:, None] * np.column_stack([np.cos(turns), np.sin(turns)])
    )
    wanted = shapely.intersection(star.buffer(0), shapely.box(*BOX)).area
    found, _ = clipped(Paths.of([star]), BOX)
    assert abs(area(found)) == pytest.approx(wanted, rel=1e-9, abs=1e-9)
    assert all((ring[0] == ring[-1]).all() for ring in found)
    fewer, _ = reduced(Paths.of([star]), BOX)
    assert area(clipped(fewer, BOX)[0]) == pytest.approx(area(found), rel=1e-9, abs=1e-9)


def test_each_ring_says_which_one_it_was_and_what_is_outside_is_gone() -> None:
    rings = Paths.of(
        [shapely.box(70, 70, 90, 90), shapely.box(10, 10, 20, 20), shapely.box(-9, 5, 5, 9)]
    )
    found, of = clipped(rings, BOX)
    assert of.tolist() == [1, 2]
    assert found.points.min() >= 0
    assert reduced(rings, BOX)[1].tolist() == [1, 2]


def test_a_ring_around_the_box_becomes_the_box() -> None:
    found, _ = clipped(Paths.of([shapely.box(-1e6, -1e6, 1e6, 1e6)]), BOX)
    assert abs(area(found)) == pytest.approx(3600)


def test_nothing_stays_nothing() -> None:
    found, of = clipped(Paths.each([]), BOX)
    assert found.empty and not len(of)


def test_a_ring_around_corners_of_a_box_fills_what_it_did_when_it_has_fewer_corners() -> None:
    turns = np.linspace(0, 2 * np.pi, 400)
    around = np.column_stack([np.cos(turns), np.sin(turns)])
    for middle, radius in (((30.0, 30.0), 35.0), ((0.0, 0.0), 50.0), ((30.0, 30.0), 90.0)):
        rings = Paths.each([middle + radius * around])
        fewer, _ = reduced(rings, BOX)
        assert len(fewer.points) < len(rings.points)
        assert area(clipped(fewer, BOX)[0]) == pytest.approx(area(clipped(rings, BOX)[0]))
