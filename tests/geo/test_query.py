"""A query that says nothing asks for everything, a hundred at a time."""

from dataclasses import FrozenInstanceError

import pytest

from geo.query import MAX_LIMIT, Query


def test_nothing_said_filters_nothing() -> None:
    query = Query()
    assert (query.bbox, query.interval, query.equals) == (None, None, ())
    assert (query.limit, query.offset) == (100, 0)


def test_the_usual_page_is_below_the_cap() -> None:
    assert 0 < Query().limit <= MAX_LIMIT == 10_000


def test_a_query_is_frozen_and_can_be_a_key() -> None:
    query = Query(equals=(("status", "agreed"),))
    assert {query: 1}[Query(equals=(("status", "agreed"),))] == 1
    with pytest.raises(FrozenInstanceError):
        query.limit = 5  # type: ignore[misc]
