"""What is kept is answered as FastAPI answers it, byte for byte, on real sockets."""

import logging
import socket
import threading
import time
from typing import Any

import pytest
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.hot.protocol import HotProtocol, kept_of
from server.hot.ready import Ready
from server.prepared import prepare

TILE = b"GET /t/words HTTP/1.1\r\nHost: here\r\n\r\n"
PICTURE = b"GET /t/picture HTTP/1.1\r\nHost: here\r\n\r\n"
SLOW = b"GET /slow HTTP/1.1\r\nHost: here\r\n\r\n"


def get(*lines: str, path: str = "/t/words", method: str = "GET", version: str = "1.1") -> bytes:
    return "\r\n".join((f"{method} {path} HTTP/{version}", "Host: here", *lines, "", "")).encode()


def same(hot: Any, plain: Any, *parts: bytes, methods: tuple[str, ...] = ("GET",)) -> list[Any]:
    ours, theirs = (server.ask(*parts, methods=methods) for server in (hot, plain))
    assert ours == theirs
    return list(ours)


@pytest.fixture
def answered_here(tiles: Any) -> Any:
    """Asks and says whether FastAPI had no part in it."""

    def ask(server: Any, *parts: bytes, methods: tuple[str, ...] = ("GET",)) -> bool:
        before = tiles.asked
        server.ask(*parts, methods=methods)
        return bool(tiles.asked == before)

    return ask


@pytest.mark.parametrize("path", ["/t/words", "/t/picture", "/t/empty", "/t/big"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_kept_tile_has_the_very_answer_of_the_slow_way(
    hot: Any, plain: Any, answered_here: Any, path: str, method: str
) -> None:
    request = get(path=path, method=method)
    (answer,) = same(hot, plain, request, methods=(method,))
    assert answer.status == 200
    assert "content-security-policy" in "".join(answer.lines)
    assert answered_here(hot, request, methods=(method,))
    assert not answered_here(plain, request, methods=(method,))


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("gzip;q=0", None),
        ("gzip;q=0, br;q=0.1", "br"),
        ("br;q=0, gzip;q=0.000", None),
        ("identity;q=0", None),
        ("identity;q=0, gzip;q=0.001", "gzip"),
        ("identity;q=0, *;q=0", None),
        ("*;q=0", None),
        ("*", "br"),
        ("*;q=0.5, br;q=0", "gzip"),
        ("identity", None),
        ("identity;q=0.5, gzip;q=0.4", None),
        ("x-unknown", None),
        ("gzip;q=nonsense", None),
        (";;;,,,", None),
        ("", None),
        ("x" * 5000 + ", gzip", "gzip"),
    ],
)
def test_the_coding_is_what_the_client_would_rather_have(
    hot: Any, plain: Any, answered_here: Any, accept: str, coding: str | None
) -> None:
    for path in ("/t/words", "/t/picture"):
        request = get(f"Accept-Encoding: {accept}", path=path)
        (answer,) = same(hot, plain, request)
        said = [line for line in answer.lines if line.startswith("content-encoding")]
        expected = coding if path == "/t/words" else None
        assert said == ([f"content-encoding: {expected}"] if expected else [])
        assert answered_here(hot, request)


@pytest.mark.parametrize(
    ("tags", "status"),
    [
        ("{0}", 304),
        ("W/{0}", 304),
        ("{1}", 304),
        ("W/{1}", 304),
        ("*", 304),
        ('"other", {0}', 304),
        ('"other",W/{1},"more"', 304),
        ('"other"', 200),
        ('"other", "another"', 200),
        ("", 200),
        ("{0}x", 200),
        ("nonsense", 200),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_client_that_holds_the_tile_gets_304(
    hot: Any, plain: Any, answered_here: Any, tags: str, status: int, method: str
) -> None:
    identity, gzip = (
        plain.ask(get(f"Accept-Encoding: {coding}"))[0]["etag"] for coding in ("identity", "gzip")
    )
    held = tags.format(identity, gzip)
    request = get(f"If-None-Match: {held}", "Accept-Encoding: gzip", method=method)
    (answer,) = same(hot, plain, request, methods=(method,))
    assert answer.status == status
    assert (answer.body == b"") == (status == 304 or method == "HEAD")
    assert answered_here(hot, request, methods=(method,))


@pytest.mark.parametrize(
    "request_",
    [
        get("Accept-Encoding: br", "Accept-Encoding: gzip;q=0"),
        get('If-None-Match: "a"', "If-None-Match: *"),
        get("Range: bytes=0-9"),
        get("Expect: 100-continue"),
        get("Upgrade: h2c", "Connection: upgrade"),
        get("Content-Length: 0"),
        get("Content-Length: 5") + b"hello",
        get("Transfer-Encoding: chunked") + b"5\r\nhello\r\n0\r\nTrailer: x\r\n\r\n",
        get("If-Match: *"),
        get("Upgrade: websocket", "Connection: upgrade", "Sec-WebSocket-Version: 13"),
        get("Expect: 100-continue", "Content-Length: 5") + b"hello",
        get("Range: bytes=0-9", "If-None-Match: *"),
        get(path="http://here/t/words"),
        get(path="/t/w%6frds"),
        get(path="/t/words?"),
        get(path="/t/words?x=1"),
        get(path="/t/words#part"),
        get(path="//t/words"),
        get(path="/t/words/"),
        get(path="/t/../t/words"),
        get(path="/t/nothing"),
        get(method="POST"),
        get(method="OPTIONS"),
        get(method="DELETE"),
        get(path="*", method="OPTIONS"),
        b"GET /t/words\r\n\r\n",  # HTTP/0.9
    ],
)
def test_whatever_is_not_plain_goes_the_slow_way(hot: Any, plain: Any, request_: bytes) -> None:
    same(hot, plain, request_)


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /t/words HTTP/1.1\r\n\r\n",
        b"GET /t/words HTTP/1.1\r\nHost:\r\n\r\n",
        get("Cookie: a=b", "Origin: null", "Referer: x", "DNT: 1", "Accept: image/png;q=0"),
        get("X-Long: " + "x" * 30_000),
        get(*(f"X-{number}: {number}" for number in range(300))),
        get("If-Modified-Since: Sun, 22 Nov 2026 00:00:00 GMT"),
    ],
)
def test_headers_that_do_not_matter_do_not_matter(
    hot: Any, plain: Any, answered_here: Any, request_: bytes
) -> None:
    same(hot, plain, request_)
    assert answered_here(hot, request_)


@pytest.mark.parametrize(
    ("lines", "version"),
    [
        (("Connection: close",), "1.1"),
        (("connection: Close",), "1.1"),
        ((), "1.0"),
        (("Connection: close",), "1.0"),
        (("Connection: keep-alive",), "1.0"),
        ((), "2.0"),
    ],
)
def test_a_connection_that_is_not_kept_is_closed_and_says_so(
    hot: Any, plain: Any, lines: tuple[str, ...], version: str
) -> None:
    for server in (hot, plain):
        with server.connect() as client:
            client.send(get(*lines, version=version))
            answer = client.read()
            assert answer["connection"] == "close"
            assert client.ended()
    same(hot, plain, get(*lines, version=version))


def test_what_follows_the_last_request_of_a_connection_gets_no_answer(hot: Any) -> None:
    for more in (TILE, SLOW, b"nonsense\r\n\r\n"):
        with hot.connect() as client:
            client.send(get("Connection: close") + more)
            assert client.read().status == 200
            assert client.ended()


def test_what_follows_a_body_is_answered(hot: Any, plain: Any) -> None:
    bodies = (
        get("Content-Length: 5") + TILE[:5],
        get("Content-Length: 5", path="/slow") + b"words",
    )
    same(hot, plain, b"".join((bodies[0], TILE, bodies[1], TILE)), methods=("GET",) * 4)


def test_a_connection_serves_many_requests(hot: Any, plain: Any) -> None:
    answers = same(hot, plain, *[TILE, PICTURE, SLOW] * 5, methods=("GET",) * 15)
    assert [len(one.body) for one in answers] == [2160, 20480, 5] * 5


@pytest.mark.parametrize(
    "order",
    [
        [TILE, PICTURE] * 20,
        [TILE, SLOW, PICTURE, TILE, SLOW, SLOW, PICTURE],
        [SLOW, TILE, TILE, SLOW, TILE],
        [TILE, get(path="/t/nothing"), PICTURE],
    ],
)
def test_pipelined_requests_are_answered_in_order(hot: Any, plain: Any, order: list[bytes]) -> None:
    same(hot, plain, b"".join(order), methods=("GET",) * len(order))


def test_what_stands_behind_a_request_for_another_protocol_is_answered(
    hot: Any, plain: Any
) -> None:
    upgrade = get("Upgrade: h2c", "Connection: upgrade")
    order = [upgrade, PICTURE, upgrade, upgrade, TILE]
    alone = [answer for one in order for answer in plain.ask(one)]
    assert hot.ask(b"".join(order), methods=("GET",) * len(order)) == alone
    assert hot.ask(upgrade[:30], upgrade[30:] + TILE, methods=("GET",) * 2) == alone[3:]


def test_a_pipeline_of_get_and_head_and_304_is_answered_in_order(hot: Any, plain: Any) -> None:
    parts = [TILE, get(method="HEAD"), get("If-None-Match: *"), PICTURE, get("Connection: close")]
    methods = ("GET", "HEAD", "GET", "GET", "GET")
    assert [one.status for one in same(hot, plain, b"".join(parts), methods=methods)] == [
        200, 200, 304, 200, 200,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "request_",
    [TILE, get("Accept-Encoding: gzip;q=0, br"), get("If-None-Match: *"), SLOW, TILE + PICTURE],
)
def test_a_request_may_come_byte_by_byte(hot: Any, plain: Any, request_: bytes) -> None:
    methods = ("GET",) * request_.count(b"GET")
    whole = plain.ask(request_, methods=methods)
    assert hot.ask(*(bytes([byte]) for byte in request_), methods=methods) == whole


def test_a_request_may_be_cut_anywhere(hot: Any) -> None:
    request = get("Accept-Encoding: br") + PICTURE
    whole = hot.ask(request, methods=("GET", "GET"))
    with hot.connect() as client:
        for cut in range(1, len(request)):
            client.send(request[:cut])
            client.send(request[cut:])
            assert [client.read(), client.read()] == whole


@pytest.mark.parametrize(
    "request_",
    [
        b"nonsense\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /t/words HTTP/9.9\r\n\r\n",
        b"GET /t/words HTTP/1.1\r\nHost : here\r\n\r\n",
        b"GET /t/words HTTP/1.1\r\nHost: here\r\nNoColon\r\n\r\n",
        b"GET /t/words HTTP/1.1\r\nX: a\x00b\r\n\r\n",
        b"GET /t/wo\x00rds HTTP/1.1\r\n\r\n",
        b"GET /t/words HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET /t/words HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET /t/words HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"GET /t/words HTTP/1.1\r\nAccept-Encoding: br,\r\n gzip\r\n\r\n",  # folded
        b"CONNECT here:443 HTTP/1.1\r\n\r\n",
        get(path="/t/" + "a" * 70_000),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_a_malformed_request_is_refused_as_the_slow_way_does(
    hot: Any, plain: Any, request_: bytes
) -> None:
    (answer,) = same(hot, plain, request_)
    assert answer.status == 400
    with hot.connect() as client:
        client.send(TILE)
        client.read()
        client.send(request_)  # also on a connection that was in use
        assert client.read() == answer
        assert client.ended()


def test_what_is_malformed_behind_a_tile_is_refused_after_it(hot: Any) -> None:
    assert [one.status for one in hot.ask(TILE + b"x\r\n\r\n", methods=("GET", "GET"))] == [
        200,
        400,
    ]


def test_a_client_that_takes_nothing_makes_us_hold_little(hot: Any, tiles: Any) -> None:
    """200 KB each: what waits in the server stays near one tile, and nothing is lost."""
    count = 60
    with hot.connect() as client:
        client.send(get(path="/t/big") * count)
        time.sleep(0.4)
        (connection,) = [c for c in hot.server_state.connections if c.flow.write_paused]
        assert connection.transport.get_write_buffer_size() < 1_000_000
        answers = [client.read() for _ in range(count)]
        client.send(TILE)
        assert client.read().status == 200
    assert len(set(answers)) == 1
    assert len(answers[0].body) == 200_000


def test_a_flood_of_requests_whose_answers_nobody_takes_is_bounded(hot: Any) -> None:
    with hot.connect() as client:
        client.socket.settimeout(0.5)
        with pytest.raises(TimeoutError):  # the server stops reading
            while True:
                client.send(get(path="/t/big") * 1000)
        held = [c.transport.get_write_buffer_size() for c in hot.server_state.connections]
        assert max(held) < 1_000_000


@pytest.mark.slow
def test_an_idle_connection_is_closed_and_one_in_use_is_not(tiles: Any, run: Any) -> None:
    with run(tiles.app, HotProtocol, timeout_keep_alive=2) as server, server.connect() as client:
        for _ in range(6):
            client.send(TILE)
            client.read()
            time.sleep(0.5)
        client.send(get(path="/slow?s=2.5"))  # longer than the timeout
        assert client.read().status == 200
        begin = time.monotonic()
        client.send(TILE)
        client.read()
        assert client.ended()
        assert time.monotonic() - begin > 1.9  # and not at once


class Hasty(HotProtocol):
    head_s = 0.4
    stalled_s = 0.4


@pytest.mark.slow
@pytest.mark.parametrize("sent", [b"", TILE[:20], TILE + TILE[:20]])
def test_a_head_that_does_not_end_ends_the_connection(tiles: Any, run: Any, sent: bytes) -> None:
    with run(tiles.app, Hasty, timeout_keep_alive=1) as server, server.connect() as client:
        client.send(sent)
        if sent.startswith(TILE):
            client.read()
        assert client.ended()


@pytest.mark.slow
def test_a_client_that_takes_nothing_for_long_is_cut_off(tiles: Any, run: Any) -> None:
    with run(tiles.app, Hasty, timeout_keep_alive=1) as server, server.connect() as client:
        client.send(get(path="/t/big"))
        client.read()
        client.send(get(path="/t/big") * 60)
        deadline = time.monotonic() + 8
        while server.server_state.connections and time.monotonic() < deadline:
            time.sleep(0.05)
        with pytest.raises((EOFError, ConnectionError)):
            for _ in range(60):
                client.read()


def test_a_head_without_end_is_refused(hot: Any) -> None:
    with hot.connect() as client:
        client.send(TILE[:-2])
        for number in range(33):  # 66 KB
            client.send(f"X-{number}: {'x' * 2000}\r\n".encode())
        assert client.read().status == 431
        assert client.ended()


def test_the_limit_of_connections_holds_for_tiles_too(tiles: Any, run: Any) -> None:
    for protocol in (HotProtocol, HttpToolsProtocol):
        with run(tiles.app, protocol, limit_concurrency=1) as server:
            assert server.ask(TILE)[0].status == 503


def test_tiles_count_as_requests(tiles: Any, run: Any) -> None:
    with run(tiles.app, HotProtocol, limit_max_requests=5) as server:
        server.ask(*[TILE] * 5, methods=("GET",) * 5)
        deadline = time.monotonic() + 5
        while server.started and time.monotonic() < deadline and not _refuses(server.port):
            time.sleep(0.05)
        assert _refuses(server.port)


def _refuses(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return True
    return False


def test_a_stop_ends_idle_connections_at_once_and_lets_a_tile_arrive(tiles: Any, run: Any) -> None:
    with run(tiles.app, HotProtocol, timeout_graceful_shutdown=30) as server:
        idle, taking = server.connect(), server.connect()
        idle.send(TILE)
        idle.read()
        taking.send(get(path="/t/big") * 10)
        time.sleep(0.3)
        server.should_exit = True
        begin = time.monotonic()
        assert idle.ended()
        assert time.monotonic() - begin < 15  # and not when all others have ended
        assert len(taking.read().body) == 200_000  # it was on its way
        taking.socket.close()
        idle.socket.close()


def test_the_access_log_has_tiles_when_it_is_on(
    tiles: Any, run: Any, caplog: pytest.LogCaptureFixture
) -> None:
    logger = logging.getLogger("uvicorn.access")
    before = logger.propagate, logger.handlers
    logger.propagate = True
    try:
        with caplog.at_level("INFO"), run(tiles.app, HotProtocol, access_log=True) as server:
            server.ask(TILE)
    finally:
        logger.propagate, logger.handlers = before
    assert any('"GET /t/words HTTP/1.1" 200' in record.getMessage() for record in caplog.records)


def test_many_clients_at_once_get_what_they_asked_for(hot: Any, plain: Any) -> None:
    expected = {part: plain.ask(part)[0] for part in (TILE, PICTURE, SLOW)}
    wrong: list[Any] = []

    def ask() -> None:
        for part, answer in expected.items():
            wrong.extend(one for one in hot.ask(part) if one != answer)

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_the_loop_of_python_itself_serves_as_well(tiles: Any, run: Any, plain: Any) -> None:
    with run(tiles.app, HotProtocol, loop="asyncio") as server:
        order = b"".join([TILE, SLOW, PICTURE])
        assert server.ask(order, methods=("GET",) * 3) == plain.ask(order, methods=("GET",) * 3)


def test_an_application_that_keeps_nothing_is_served_the_slow_way(run: Any) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [
            (b"content-length", b"2")]})  # fmt: skip
        await send({"type": "http.response.body", "body": b"ok"})

    assert kept_of(app) is None
    with run(app, HotProtocol) as server:
        assert server.ask(TILE)[0].body == b"ok"


class Quick:
    """An application with a gate that makes one tile at once."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)

    def at_once(self, path: str) -> Ready | None:
        return Ready(prepare(b"quick " * 90, "text/plain"), 60) if path == "/t/quick" else None


def test_a_tile_that_is_quickly_made_is_answered_one_at_a_time(tiles: Any, run: Any) -> None:
    """What is pipelined behind something goes to the application, so that others get their turn."""
    quick = get(path="/t/quick")
    with run(Quick(tiles.app), HotProtocol) as server:
        (answer,) = server.ask(quick)
        assert (answer.status, answer.body) == (200, b"quick " * 90)
        assert answer.lines == server.ask(get(method="GET", path="/t/quick"))[0].lines
        assert server.ask(get("Accept-Encoding: gzip", path="/t/quick"))[0].status == 200
        both = server.ask(TILE + quick, methods=("GET", "GET"))
        assert [one.status for one in both] == [200, 404]
        assert server.ask(get("Range: bytes=0-1", path="/t/quick"))[0].status == 404
        assert server.ask(get(path="/t/quick", method="HEAD"), methods=("HEAD",))[0].status == 404


def test_nothing_is_left_of_a_connection_that_is_gone(hot: Any) -> None:
    hot.ask(TILE)
    deadline = time.monotonic() + 5
    while hot.server_state.connections and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not hot.server_state.connections


def test_heads_that_packets_cut_anywhere_are_no_long_head(hot: Any) -> None:
    request = get("X: " + "x" * 4_000)
    with hot.connect() as client:
        client.send(request[:-20])
        for _ in range(30):
            client.send(request[-20:] + request[:-20])
            assert client.read().status == 200


def test_a_packet_of_many_heads_is_no_long_head(hot: Any) -> None:
    held = get("If-None-Match: *")
    with hot.connect() as client:
        client.send(held * 1500 + held[:-20])
        assert {client.read().status for _ in range(1500)} == {304}
        client.send(held[-20:])
        assert client.read().status == 304
