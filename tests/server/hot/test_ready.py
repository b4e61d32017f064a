"""A kept answer with its heads: chosen as `prepared` chooses, written as FastAPI writes."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.hot.ready import Ready
from server.prepared import chosen, prepare

PREPARED = prepare(b"words and words and words. " * 60, "application/json")
READY = Ready(PREPARED, 60)
TAGS = [PREPARED.etag(coding) for coding in PREPARED.bodies]
ITEMS = st.sampled_from(["gzip", "br", "identity", "*", "x", "", "gzip;q=0", "br ; Q=0.3", "*;q=0"])
HELD = st.sampled_from([*TAGS, *(f"W/{tag}" for tag in TAGS), "*", '"x"', "", "W/", " "])


@given(st.lists(ITEMS, max_size=5), st.lists(HELD, max_size=3))
def test_the_quick_choice_is_the_choice(accept: list[str], held: list[str]) -> None:
    said, tags = ", ".join(accept), ", ".join(held)
    assert READY.choose(said.encode(), tags.encode()) == chosen(PREPARED, said, tags)


def test_a_head_is_written_once_for_each_way_to_ask() -> None:
    first = READY.answer(b"br", None)
    assert READY.answers[b"br", None] is first
    assert READY.answer(b"br;q=0.5", None)[1] is first[1]
    assert b"content-encoding: br\r\n" in first[1]
    assert READY.answer(b"br", b"*")[::2] == (304, b"")
    assert b"content-length" not in READY.answer(b"br", b"*")[1]


def test_no_client_fills_our_memory_with_ways_to_ask() -> None:
    ready = Ready(PREPARED, 60)
    for number in range(1000):
        ready.answer(b"gzip;q=0.%d" % number, b'"%d"' % number)
    ready.answer(b"x" * 60_000, None)
    assert len(ready.answers) <= 8


def test_what_depends_on_a_header_cannot_be_kept_by_address() -> None:
    with pytest.raises(ValueError, match="depends on a header"):
        Ready(prepare(b"page", "text/html", {"Vary": "Accept"}), 60)


def test_the_size_counts_what_the_heads_take() -> None:
    ready = Ready(prepare(b"\x89" * 1000, "image/png"), 60)
    for held in (None, b"*"):
        for accept in (b"", b"gzip, deflate, br, zstd", b"br"):
            ready.answer(accept, held)
    heads = {id(head): sys.getsizeof(head) for _, head, _ in ready.answers.values()}
    asked = sum(map(sys.getsizeof, ready.answers)) + sum(map(sys.getsizeof, ready.answers.values()))
    own = sys.getsizeof(ready) + sys.getsizeof(ready.answers) + sys.getsizeof(ready._heads)
    assert ready.size >= 1000 + sum(heads.values()) + asked + own
