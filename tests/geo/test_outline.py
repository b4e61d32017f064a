"""Outlines: curves made of lines that stay close to them."""

import math

import numpy as np
import pytest

from geo.outline import Command, relative

ROUND = 4 / 3 * (math.sqrt(2) - 1)  # control points of a quarter circle
CIRCLE: list[Command] = [
    ("m", (100, 0)),
    ("c", (100, 100 * ROUND, 100 * ROUND, 100, 0, 100)),
    ("c", (-100 * ROUND, 100, -100, 100 * ROUND, -100, 0)),
    ("c", (-100, -100 * ROUND, -100 * ROUND, -100, 0, -100)),
    ("c", (100 * ROUND, -100, 100, -100 * ROUND, 100, 0)),
    ("z", ()),
]


def vertices(data: str) -> np.ndarray:
    steps = [part.split() for part in data.replace("z", "").replace("m", "l").split("l")[1:]]
    return np.cumsum(np.array(steps, dtype=float), axis=0)


@pytest.mark.parametrize("slack", [0.5, 1.6, 5, 50])
def test_chords_of_a_circle_keep_within_the_slack(slack: float) -> None:
    ends = vertices(relative(CIRCLE, 10, slack))
    middles = (ends + np.roll(ends, -1, axis=0)) / 2
    assert np.hypot(*middles.T).min() >= 1000 - slack - 2  # two for rounding, and the cubic
    assert np.hypot(*ends.T) == pytest.approx(1000, abs=2)


def test_less_slack_takes_more_lines() -> None:
    assert len(vertices(relative(CIRCLE, 10, 0.5))) > 2 * len(vertices(relative(CIRCLE, 10, 5)))


def test_a_quadratic_curve_is_met_in_its_middle() -> None:
    hill: list[Command] = [("m", (0, 0)), ("q", (50, 100, 100, 0)), ("z", ())]
    assert vertices(relative(hill, 1, 0.1))[:, 1].min() == pytest.approx(-50, abs=1)


def test_a_second_contour_starts_from_the_first_ones_start() -> None:
    two: list[Command] = [
        *(("m", (1, 1)), ("l", (5, 1)), ("l", (5, 5)), ("z", ())),
        *(("m", (2, 2)), ("l", (4, 2)), ("z", ())),
    ]
    assert relative(two, 1, 1) == "m1 -1l4 0l0 -4zm1 -1l2 0z"


def test_points_that_fall_together_are_written_once() -> None:
    tiny: list[Command] = [("m", (0, 0)), ("l", (0.2, 0.1)), ("l", (9, 0)), ("z", ())]
    assert relative(tiny, 1, 1) == "m0 0l9 0z"
