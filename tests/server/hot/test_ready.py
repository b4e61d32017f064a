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


def test_a_head_is_written_once() -> None:
    assert READY.head((200, "br")) is READY.head((200, "br"))
    assert b"content-encoding: br\r\n" in READY.head((200, "br"))
    assert b"content-length" not in READY.head((304, "br"))


def test_what_depends_on_a_header_cannot_be_kept_by_address() -> None:
    with pytest.raises(ValueError, match="depends on a header"):
        Ready(prepare(b"page", "text/html", {"Vary": "Accept"}), 60)


def test_the_size_counts_what_the_heads_take() -> None:
    ready = Ready(prepare(b"\x89" * 1000, "image/png"), 60)
    heads = [ready.head((status, "identity")) for status in (200, 304)]
    held = sum(map(sys.getsizeof, heads)) + sys.getsizeof(ready._heads) + sys.getsizeof(ready._tags)
    assert ready.size >= 1000 + held
