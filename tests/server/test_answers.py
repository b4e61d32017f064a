"""The memory of answers stays within its budget and forgets the least used first."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from layers.collection import Collection
from layers.store import MemoryStore
from server.answers import Answers
from server.prepared import prepare

Make = Callable[..., Any]


def test_the_least_recently_used_answer_goes_first() -> None:
    answers = Answers(400)
    for name in "abcdefgh":
        answers.put((name,), prepare(b"x" * 50, "font/woff2"))
    assert answers.get(("a",))  # used again, so b is now the oldest
    answers.put(("i",), prepare(b"x" * 50, "font/woff2"))
    assert [name for name in "abcdefghi" if answers.get((name,))] == list("acdefghi")


def test_an_answer_too_large_to_be_worth_it_is_not_kept() -> None:
    answers = Answers(800)
    answers.put(("large",), prepare(b"x" * 101, "font/woff2"))
    assert len(answers) == 0


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 300))))
def test_the_budget_holds_whatever_comes(puts: list[tuple[int, int]]) -> None:
    answers = Answers(1000)
    for name, size in puts:
        answers.put((str(name),), prepare(b"x" * size, "font/woff2"))
        assert 0 <= answers.size <= 1000


def test_threads_do_not_lose_count() -> None:
    answers = Answers(10_000)

    def fill(first: int) -> None:
        for n in range(200):
            answers.put((str(first + n),), prepare(b"x" * 100, "font/woff2"))
            answers.get((str(first),))

    threads = [Thread(target=fill, args=(100 * n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.size == 100 * len(answers) <= 10_000


def test_the_second_client_gets_the_bytes_made_for_the_first(
    make_client: Make, strait: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    client: TestClient = make_client(strait)
    address = "/collections/strait/items?status=agreed"
    first = client.get(address)
    monkeypatch.setattr(MemoryStore, "find", None)  # whoever asks the store now fails
    assert client.get(address).content == first.content


def test_another_host_gets_links_of_its_own(make_client: Make, strait: Collection) -> None:
    client: TestClient = make_client(strait)
    seen = [
        client.get("/collections", headers={"Host": host}).text for host in ("a.test", "b.test")
    ]
    assert "http://a.test/" in seen[0]
    assert "http://b.test/" in seen[1]
    assert "a.test" not in seen[1]
