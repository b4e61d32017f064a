"""A large answer is kept compressed, and is the same answer."""

import gzip

import pytest

from server.prepared import Prepared, head_of, prepare

BODY = b'{"word":"marchland"}' * 5_000


@pytest.fixture
def prepared() -> Prepared:
    return prepare(BODY, "application/json")


def test_a_large_answer_in_little_memory_is_the_same_in_every_coding(prepared: Prepared) -> None:
    light = prepared.light
    assert dict(light.bodies) == dict(prepared.bodies)
    assert list(light.bodies) == list(prepared.bodies)
    assert light.body == BODY
    for coding in prepared.bodies:
        assert head_of(light, 200, coding) == head_of(prepared, 200, coding)


def test_it_takes_no_more_than_its_compressed_forms(prepared: Prepared) -> None:
    packed = [body for name, body in prepared.bodies.items() if name != "identity"]
    assert prepared.light.size == sum(map(len, packed)) < len(BODY) / 10


def test_what_is_short_or_no_shorter_when_compressed_stays_as_it_is() -> None:
    for one in (prepare(BODY[:1_000], "application/json"), prepare(gzip.compress(BODY), "a/b")):
        assert one.light is one
