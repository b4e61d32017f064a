"""Dashes keep the phase of the whole line, in every piece of it."""

import numpy as np
import pytest

from geo.dash import LEAST, dashed
from geo.paths import Paths

LINE = np.column_stack([np.linspace(0, 300, 40), 20 * np.sin(np.linspace(0, 9, 40))])
STEPS = np.hypot(*np.diff(LINE, axis=0).T)
ALONG = np.concatenate([[0.0], np.cumsum(STEPS)])


def inked(found: dict[float, Paths], dash: tuple[float, ...]) -> set[tuple[int, int]]:
    """The px in which a pen is down, as a renderer would walk each path by itself."""
    down = set()
    for phase, paths in found.items():
        for path in paths:
            along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
            at = np.arange(0.05, along[-1], 0.1)
            on = (at + phase) % sum(dash) < dash[0]
            xy = np.column_stack([np.interp(at[on], along, path[:, axis]) for axis in (0, 1)])
            down |= set(map(tuple, np.rint(xy).astype(int).tolist()))
    return down


@pytest.mark.parametrize("dash", [(7.0, 4.0), (2.0, 5.0), (12.0, 8.0)])
def test_a_line_in_pieces_is_dashed_as_the_line_in_one(dash: tuple[float, ...]) -> None:
    whole = inked({0.0: Paths.each([LINE])}, dash)
    cut = 17
    pieces = Paths.each([LINE[: cut + 1], LINE[cut:]])
    found = inked(dashed(pieces, [0.0, float(ALONG[cut])], dash), dash)
    assert len(whole ^ found) <= 0.02 * len(whole)


def test_all_but_the_first_piece_of_a_path_begin_with_a_dash() -> None:
    found = dashed(Paths.each([LINE]), [3.3], (5, 5))
    assert set(found) == {0.0, 3.3}
    assert len(found[3.3]) == 1
    assert len(found[0.0]) == int((ALONG[-1] + 3.3) // LEAST)


def test_a_stretch_that_two_lines_share_is_drawn_once() -> None:
    twice = dashed(Paths.each([LINE, LINE]), [0.0, 0.0], (5, 5))
    once = dashed(Paths.each([LINE]), [0.0], (5, 5))
    assert {phase: len(paths) for phase, paths in twice.items()} == {
        phase: len(paths) for phase, paths in once.items()
    }


def test_an_odd_pattern_runs_twice_before_it_begins_again() -> None:
    (phase,) = dashed(Paths.each([LINE[:3]]), [4.0], (3,))
    assert phase == 4.0
