"""What was made is kept, once, as long as there is room."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest

from layers.remembered import Remembered


def test_however_many_ask_a_thing_is_made_once() -> None:
    kept, made = Remembered[int](10), list[int]()

    def make() -> int:
        sleep(0.02)
        made.append(1)
        return 7

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: kept.get("a", make), range(32))) == {7}
    assert made == [1]


def test_what_was_not_used_for_longest_goes_first() -> None:
    kept = Remembered[str](2)
    for key in "abac":
        kept.get(key, lambda key=key: key)  # type: ignore[misc]
    assert [key in kept for key in "abc"] == [True, False, True]


def test_heavy_things_push_out_more_and_the_last_one_stays() -> None:
    kept = Remembered[int](10, weigh=float)
    for weight in (4, 5, 6, 40):
        kept.get(weight, lambda weight=weight: weight)  # type: ignore[misc]
    assert len(kept) == 1
    assert kept.weight == 40


def test_an_error_is_not_kept() -> None:
    kept = Remembered[float](2)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 / 0)
    assert kept.get("a", lambda: 1.0) == 1.0
