"""Routes that share their course are drawn once, and keep their dashes in step."""

from collections.abc import Sequence

import numpy as np
import pytest
import shapely

from server.draw.once import once

TRUNK = [(0, 0), (10, 0), (20, 0), (30, 0)]


def lines(*given: Sequence[tuple[float, float]]) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    return np.array([shapely.LineString(one) for one in given], dtype=object)


def test_what_a_second_line_shares_with_the_first_is_left_out_of_it() -> None:
    found, starts = once(lines(TRUNK, [*TRUNK[:3], (20, 9)]), np.array([0.0, 5.0]))
    assert [list(one.coords) for one in found] == [TRUNK, [(20, 0), (20, 9)]]
    assert starts.tolist() == [0.0, 25.0]


def test_a_line_that_runs_the_other_way_shares_its_course_too() -> None:
    found, _ = once(lines(TRUNK, [*TRUNK[::-1], (-5, 5)]), np.array([0.0, 0.0]))
    assert [list(one.coords) for one in found] == [TRUNK, [(0, 0), (-5, 5)]]


def test_a_line_that_leaves_and_comes_back_is_in_pieces() -> None:
    detour = [(0, 1), (0, 0), (10, 0), (15, 8), (20, 0), (30, 0), (30, 4)]
    found, starts = once(lines(TRUNK, detour), np.array([0.0, 100.0]))
    assert [list(one.coords) for one in found[1:]] == [
        [(0, 1), (0, 0)],
        [(10, 0), (15, 8), (20, 0)],
        [(30, 0), (30, 4)],
    ]
    whole = shapely.LineString(detour)
    wanted = [100 + whole.project(shapely.Point(one.coords[0])) for one in found[1:]]
    assert starts[1:].tolist() == pytest.approx(wanted)


def test_lines_that_only_cross_stay_as_they_are() -> None:
    given = lines(TRUNK, [(5, -5), (5, 5)])
    found, starts = once(given, np.array([1.0, 2.0]))
    assert found is given
    assert starts.tolist() == [1.0, 2.0]
