"""Routes that share their course are drawn once, and keep their dashes in step."""

from collections.abc import Sequence

import numpy as np
import pytest
import shapely

from geo.paths import Paths
from geo.strings import Strings
from server.draw.once import once

TRUNK = [(0, 0), (10, 0), (20, 0), (30, 0)]


def lines(along: Sequence[float], *given: Sequence[tuple[float, float]]) -> Strings:
    return Strings(Paths.each(given), np.arange(len(given)), np.array(along, dtype=float))


def points(found: Strings) -> list[list[tuple[float, float]]]:
    return [[(x, y) for x, y in path.tolist()] for path in found.paths]


def test_what_a_second_line_shares_with_the_first_is_left_out_of_it() -> None:
    found = once(lines([0, 5], TRUNK, [*TRUNK[:3], (20, 9)]))
    assert points(found) == [TRUNK, [(20, 0), (20, 9)]]
    assert found.along.tolist() == [0.0, 25.0]
    assert found.numbers.tolist() == [0, 1]


def test_a_line_that_runs_the_other_way_shares_its_course_too() -> None:
    found = once(lines([0, 0], TRUNK, [*TRUNK[::-1], (-5, 5)]))
    assert points(found) == [TRUNK, [(0, 0), (-5, 5)]]


def test_a_line_that_leaves_and_comes_back_is_in_pieces() -> None:
    detour = [(0, 1), (0, 0), (10, 0), (15, 8), (20, 0), (30, 0), (30, 4)]
    found = once(lines([0, 100], TRUNK, detour))
    assert points(found)[1:] == [
        [(0, 1), (0, 0)],
        [(10, 0), (15, 8), (20, 0)],
        [(30, 0), (30, 4)],
    ]
    whole = shapely.LineString(detour)
    wanted = [100 + whole.project(shapely.Point(one[0])) for one in points(found)[1:]]
    assert found.along[1:].tolist() == pytest.approx(wanted)


def test_lines_that_only_cross_stay_as_they_are() -> None:
    given = lines([1, 2], TRUNK, [(5, -5), (5, 5)])
    assert once(given) is given
