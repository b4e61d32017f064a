"""Graticules: every line where it says, at 180° and at the pole too."""

import numpy as np
import pytest

from geo.graticule import STEPS, graticule, named, step_for


def test_each_line_lies_where_its_name_says() -> None:
    made = graticule((166, 54, 204, 72), (10, 5))
    assert list(made.meridians) == [170, 180, -170, -160]
    assert list(made.parallels) == [55, 60, 65, 70]
    for lon, line in made.meridians.items():
        assert np.all((line[:, 0] - lon) % 360 == 0)
    for lat, line in made.parallels.items():
        assert np.all(line[:, 1] == lat)


def test_a_line_across_180_does_not_jump() -> None:
    parallel = graticule((166, 54, 204, 72), (10, 5)).parallels[60]
    assert np.diff(parallel[:, 0]).max() <= 1
    assert parallel[0, 0] == 166
    assert parallel[-1, 0] == 204


def test_all_around_no_meridian_is_drawn_twice() -> None:
    made = graticule((-180, 50, 180, 90), (30, 10), clear=85)
    assert len(made.meridians) == 12
    assert 180 in made.meridians
    assert -180 not in made.meridians
    assert 90 not in made.parallels


def test_only_four_meridians_reach_the_pole() -> None:
    made = graticule((-180, 50, 180, 90), (30, 10), clear=85)
    reaching = [lon for lon, line in made.meridians.items() if line[-1, 1] == 90]
    assert sorted(reaching) == [-90, 0, 90, 180]
    assert all(line[-1, 1] in (85, 90) for line in made.meridians.values())


@pytest.mark.parametrize(
    ("span", "step"), [(2.2, 0.5), (26, 5), (38, 10), (360, 30), (0.4, 1 / 12)]
)
def test_the_step_is_round_and_gives_about_five_lines(span: float, step: float) -> None:
    assert step_for(span) in STEPS
    assert step_for(span, 5) == step if span < 100 else step_for(span, 12) == step


def test_longitudes_are_written_within_180() -> None:
    assert [named(lon) for lon in (190, -180, 180, 540, -190, 0, -360)] == [
        -170,
        180,
        180,
        180,
        170,
        0,
        0,
    ]
    assert str(named(-360)) == "0.0"
