"""A tile whose gzip waits for somebody to ask: offered from the start, made once."""

import gzip

import pytest

from geo.mvt import zipped
from server.later import Later

BODY = b"tile words " * 100


def test_it_offers_both_codings_and_makes_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.later.zipped", pytest.fail)
    bodies = Later(BODY)
    assert list(bodies) == ["identity", "gzip"] and len(bodies) == 2
    assert "gzip" in bodies and "br" not in bodies
    assert bodies["identity"] is BODY


def test_gzip_is_made_once_and_as_in_a_pack() -> None:
    bodies = Later(BODY)
    assert bodies["gzip"] is bodies["gzip"]
    assert bodies["gzip"] == zipped(BODY) and gzip.decompress(bodies["gzip"]) == BODY


def test_it_says_beforehand_how_much_it_may_hold() -> None:
    bodies = Later(BODY)
    assert bodies.most >= len(BODY) + len(bodies["gzip"])


def test_there_is_no_other_coding() -> None:
    with pytest.raises(KeyError):
        Later(BODY)["br"]
