"""Lines as coordinates, with whose they are and where each begins."""

import numpy as np
from shapely import LineString

from geo.paths import Paths
from geo.strings import Strings

LINES = [[(0, 0), (1, 0), (1, 5)], [(7, 7), (8, 8)], [(2, 2), (2, 3), (3, 3)]]
HELD = Strings(Paths.each(LINES), np.array([4, 5, 4]), np.array([0.0, 1.5, 6.0]))


def test_lines_come_back_as_the_line_strings_they_were() -> None:
    assert [*HELD.shapes] == [LineString(one) for one in LINES]
    again = Strings.of(HELD.shapes, HELD.numbers, HELD.along)
    assert again.paths.points.tolist() == HELD.paths.points.tolist()
    assert again.paths.offsets.tolist() == HELD.paths.offsets.tolist()


def test_some_of_the_lines_keep_their_numbers_and_their_beginnings() -> None:
    some = HELD.chosen(HELD.numbers == 4)
    assert [*some.shapes] == [LineString(LINES[0]), LineString(LINES[2])]
    assert some.along.tolist() == [0.0, 6.0]
    assert not len(HELD.chosen(HELD.numbers == 9).shapes)


def test_joined_lines_stay_in_order_and_no_lines_add_nothing() -> None:
    twice = Strings.joined([HELD, Strings.none(), HELD.chosen(HELD.numbers == 5)])
    assert [*twice.shapes] == [LineString(LINES[n]) for n in (0, 1, 2, 1)]
    assert twice.numbers.tolist() == [4, 5, 4, 5]
    assert twice.which.tolist() == [0, 0, 0, 1, 1, 2, 2, 2, 3, 3]
