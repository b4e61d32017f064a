import numpy as np
import pytest

from geo.boxrow import BoxRow


def walks(seed: int, lines: int, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Edges of some lines that wander about, one line after the other."""
    random = np.random.default_rng(seed)
    begins = random.integers(0, 300, (lines, 1, 2))
    points = begins + np.cumsum(random.integers(-9, 10, (lines, steps + 1, 2)), axis=1)
    return (
        points[:, :-1].reshape(-1, 2).astype(float),
        points[:, 1:].reshape(-1, 2).astype(float),
    )


def touching(
    one: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray]
) -> set[tuple[int, int]]:
    """Pairs of edges of which the boxes have a point in common, by looking at all of them."""
    (low, high), (least, most) = (
        (np.minimum(*edges)[:, None], np.maximum(*edges)[:, None]) for edges in (one, other)
    )
    near = (low <= most.swapaxes(0, 1)) & (least.swapaxes(0, 1) <= high)
    return set(zip(*(side.tolist() for side in np.nonzero(near.all(axis=2))), strict=True))


@pytest.mark.parametrize(("lines", "steps"), [(1, 1), (1, 9), (40, 3), (7, 60), (200, 1)])
def test_boxes_that_touch_are_found_once_if_one_of_them_is_asked_for(
    lines: int, steps: int
) -> None:
    edges = walks(lines, lines, steps)
    asked = np.random.default_rng(steps).random(lines * steps) < 0.3
    one, other = BoxRow(*edges).among(asked)
    found = [tuple(sorted(pair)) for pair in zip(one.tolist(), other.tolist(), strict=True)]
    every = {pair for pair in touching(edges, edges) if pair[0] < pair[1]}
    assert sorted(found) == sorted(pair for pair in every if asked[list(pair)].any())


def test_boxes_of_other_lines_that_touch_are_found() -> None:
    here, there = walks(1, 30, 20), walks(2, 50, 4)
    one, other = BoxRow(*here).touching(BoxRow(*there))
    pairs = list(zip(one.tolist(), other.tolist(), strict=True))
    assert sorted(pairs) == sorted(touching(here, there))


def test_an_empty_row_touches_nothing() -> None:
    nothing = BoxRow(np.zeros((0, 2)), np.zeros((0, 2)))
    assert [len(side) for side in nothing.among(np.zeros(0, dtype=bool))] == [0, 0]
    assert [len(side) for side in nothing.touching(BoxRow(*walks(3, 2, 2)))] == [0, 0]
