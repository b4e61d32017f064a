"""What the C library keeps of the memory that was free again."""

import gc
import threading
import weakref

import pytest

from layers import heap


def test_memory_is_given_back_once_however_often_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given, done = [], threading.Event()

    def give() -> None:
        given.append(1)
        done.set()

    monkeypatch.setattr(heap, "give_back", give)
    for _ in range(50):
        heap.give_back_soon(0.05)
    assert done.wait(30)
    assert given == [1]
    done.clear()
    heap.give_back_soon(0)  # and again for what is made later
    assert done.wait(30)


def test_what_holds_itself_goes_where_somebody_says_that_it_is_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Ring:
        def __init__(self) -> None:
            self.own = self

    done = threading.Event()
    monkeypatch.setattr(heap, "give_back", done.set)
    gone = weakref.ref(Ring())
    gc.disable()
    try:
        heap.give_back_soon(0)
        assert done.wait(30) and gone() is not None
        done.clear()
        heap.give_back_soon(0, circles=True)
        assert done.wait(30) and gone() is None
    finally:
        gc.enable()


def test_a_system_that_knows_nothing_of_it_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda _: object())
    heap.keep_little()
    heap.give_back()
