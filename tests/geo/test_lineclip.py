"""Lines beside a box are left out, and what is left shows the same in it."""

import numpy as np
import pytest
import shapely

from geo.lineclip import near, reached
from geo.paths import Paths

BOX = (0.0, 0.0, 60.0, 60.0)
ROOM = shapely.box(*BOX)


@pytest.mark.parametrize("seed", range(20))
def test_what_a_box_shows_of_lines_stays_and_each_piece_knows_where_it_begins(seed: int) -> None:
    random = np.random.default_rng(seed)
    walks = [np.cumsum(random.normal(0, 9, (80, 2)), axis=0) + 30 for _ in range(3)]
    lines = Paths.each(walks)
    found, begins = near(lines, BOX)
    before, after = (
        shapely.intersection(shapely.MultiLineString(list(paths)), ROOM) for paths in (lines, found)
    )
    assert after.length == pytest.approx(before.length)
    assert len(found.points) < len(lines.points)
    assert (found.points[found.offsets[:-1]] == lines.points[begins]).all()
    along = np.concatenate([[0.0, *np.cumsum(np.hypot(*np.diff(one, axis=0).T))] for one in walks])
    assert reached(lines, begins) == pytest.approx(along[begins])


def test_of_lines_that_miss_the_box_nothing_is_left() -> None:
    found, begins = near(Paths.each([[(-9, -9), (-5, 70)], [(70, 0), (80, 60), (90, 0)]]), BOX)
    assert found.empty
    assert len(found) == len(begins) == 0
    assert len(near(Paths.each([]), BOX)[0]) == 0
