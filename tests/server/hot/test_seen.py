"""A head that was answered before is answered again without being read, and only then."""

from typing import Any

import pytest

from server.hot.protocol import HotProtocol
from server.hot.seen import Memory, Seen
from server.prepared import prepare

PATH = "/t/again"
HEAD = f"GET {PATH} HTTP/1.1\r\nHost: here\r\n\r\n".encode()
CLOSE = f"GET {PATH} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n".encode()
SLOW = b"GET /slow HTTP/1.1\r\nHost: here\r\n\r\n"
OTHER = b"GET /t/picture HTTP/1.1\r\nHost: here\r\n\r\n"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tiles: Any) -> list[bytes]:
    """The targets that a parser has read, from now on; the tile is kept, and nothing remembered."""
    seen: list[bytes] = []
    whole = HotProtocol.on_headers_complete

    def complete(self: HotProtocol) -> None:
        seen.append(self.url)
        whole(self)

    monkeypatch.setattr(HotProtocol, "on_headers_complete", complete)
    kept = tiles.app.state.site.tiles
    kept.memory._seen.clear()
    kept.put(PATH, prepare(b"again " * 90, "text/plain"))
    return seen


def in_turn(server: Any, *parts: bytes) -> list[Any]:
    """The answers to requests of which each is sent when the one before is answered."""
    found = []
    with server.connect() as client:
        for part in parts:
            client.send(part)
            found.append(client.read())
    return found


def test_a_head_is_read_once(hot: Any, read: list[bytes]) -> None:
    held = HEAD.replace(b"Host: here", b"If-None-Match: *")
    first = in_turn(hot, HEAD, held)
    assert len(read) == 2
    assert in_turn(hot, *[HEAD, held] * 3) == first * 3
    assert len(read) == 2
    assert [one.status for one in first] == [200, 304]


@pytest.mark.parametrize(
    "parts",
    [
        [HEAD + HEAD],
        [CLOSE],
        [HEAD.replace(b"Host", b"X-Long: " + b"x" * 2000 + b"\r\nHost")],
        [SLOW],
    ],
)
def test_what_is_not_one_whole_request_answered_here_is_read_each_time(
    hot: Any, read: list[bytes], parts: list[bytes]
) -> None:
    for turn in (1, 2):
        count = b"".join(parts).count(b"GET")
        hot.ask(*parts, methods=("GET",) * count)
        assert len(read) == turn * count


def test_what_comes_behind_an_answer_under_way_waits_for_it(hot: Any, read: list[bytes]) -> None:
    (tile,) = hot.ask(OTHER)
    slow, again = hot.ask(SLOW, OTHER, methods=("GET", "GET"))
    assert (slow.body, again) == (b"slow ", tile)
    assert len(read) == 3


def test_part_of_a_head_is_not_taken_for_a_whole_one(hot: Any, read: list[bytes]) -> None:
    """A head that was answered before is part of another one here: the body of a request."""
    hot.ask(HEAD)
    length = str(len(HEAD)).encode()
    begin = b"POST /t/picture HTTP/1.1\r\nContent-Length: " + length + b"\r\n\r\n"
    assert [one.status for one in hot.ask(begin, HEAD, OTHER, methods=("GET",) * 2)] == [405, 200]
    value = b"GET /t/picture HTTP/1.1\r\nX: a\r\n"
    assert len(hot.ask(HEAD, value, b"Y: b\r\n\r\n", methods=("GET",) * 2)[1].body) == 20480


def test_a_tile_that_changes_is_answered_as_it_is_then(
    hot: Any, tiles: Any, read: list[bytes]
) -> None:
    (before,) = hot.ask(HEAD)
    kept = tiles.app.state.site.tiles
    kept._kept.pop(PATH.encode())
    assert hot.ask(HEAD)[0].status == 404
    kept.put(PATH, prepare(b"anew " * 90, "text/plain"))
    (after,) = hot.ask(HEAD)
    assert after.body == b"anew " * 90
    assert after["etag"] != before["etag"]
    assert hot.ask(HEAD) == [after]


def test_the_memory_of_heads_is_bounded() -> None:
    memory, seen = Memory(), Seen(b"", (b"", None), bodiless=False)
    for number in range(5000):
        memory.put(b"%d" % number, seen)
    assert 0 < len(memory) <= 2048
    memory.put(b"x" * 5000, seen)
    assert memory.find(b"x" * 5000) is None
    assert memory.find(b"4999") == seen
