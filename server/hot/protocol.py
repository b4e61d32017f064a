"""uvicorn's HTTP protocol, answering what is kept by itself and handing on everything else."""

from collections.abc import Callable
from typing import Any

from server.hot.patient import Patient
from server.hot.ready import Ready
from server.hot.seen import Memory, Seen
from server.tiles.kept import Kept

_STATUS = {200: b"HTTP/1.1 200 OK\r\n", 304: b"HTTP/1.1 304 Not Modified\r\n"}
_CLOSE = b"connection: close\r\n\r\n"
# with one of these a request is not plain: it has a body, waits for us, or wants another protocol
_NOT_PLAIN = frozenset(
    (b"content-length", b"transfer-encoding", b"expect", b"upgrade", b"range", b"if-match")
)
Lines = list[tuple[bytes, bytes]]


class HotProtocol(Patient):
    """A plain GET or HEAD whose target is kept is answered here, with the bytes that FastAPI gives.

    llhttp parses every byte of a request, unless the very same bytes, all of one request and
    nothing else, were answered here before: they get the same answer while the tile is kept. What
    is not plain, whatever comes while an answer is under way or the client does not take what it
    gets, and all else goes to the ordinary protocol as it came, which has the order of answers and
    back-pressure.
    """

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._kept = kept_of(self.app)
        self._at_once = maker_of(self.app)
        logged = self.config.access_log and self.access_log
        # the ordinary way writes the log and counts connections
        self._off = self._kept is None or logged or self.limit_concurrency is not None
        self._lines: Lines | None = None  # of the head that is being read
        self._answered = False  # whether the request being read has its answer already
        self._dates: list[tuple[bytes, bytes]] | None = None
        self._starts: dict[int, bytes] = {}
        self._memory = Memory() if self._kept is None else self._kept.memory
        self._between = not self._off  # the last request was answered here, and all of it is read
        self._last: Seen | None = None  # what was answered of it

    def data_received(self, data: bytes) -> None:
        """Answer what was answered before; read everything else."""
        seen = self._memory.find(data) if self._between else None
        if seen is not None and self._again(seen):
            return
        between, self._last = self._between, None
        super().data_received(data)
        if between and self._between and self.begun == 1 and self._last is not None:
            self._memory.put(data, self._last)

    def on_message_begin(self) -> None:
        """Collect a head; nothing is made for it yet."""
        self._lines = []
        self._answered = self._between = False
        self.url = b""
        self.begin_head()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a line of the head. What follows a body as a trailer means nothing to us."""
        if self._lines is not None:
            self._lines.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """Answer, or hand the head on."""
        lines, self._lines = self._lines or [], None
        self.reading = False
        if self.transport.is_closing():
            self._answered = True  # it has its last answer; what follows gets none
        elif self._off or not self._answer(lines):
            self._hand_on(lines)

    def on_body(self, body: bytes) -> None:
        """A body goes where its head went."""
        if not self._answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The end goes where the head went."""
        if self._answered:
            self._between = not self.transport.is_closing()
        else:
            super().on_message_complete()

    def _hand_on(self, lines: Lines) -> None:
        target = self.url
        super().on_message_begin()
        self.url = target
        for name, value in lines:
            super().on_header(name, value)
        super().on_headers_complete()

    def _answer(self, lines: Lines) -> bool:
        """Answer with what is kept or made in a moment, if this is a plain request in its turn."""
        ready = self._kept.find(self.url)  # type: ignore[union-attr]
        if ready is None and (self._at_once is None or self.begun > 1):  # one of those at a time
            return False
        headers = dict(lines)
        method = self.parser.get_method()
        if len(headers) != len(lines) or not _NOT_PLAIN.isdisjoint(headers) or self._busy():
            return False
        if method not in (b"GET", b"HEAD"):
            return False
        ready = ready or self._made(method)
        if ready is None:
            return False
        asked = headers.get(b"accept-encoding", b""), headers.get(b"if-none-match")
        status, head, body = ready.answers.get(asked) or ready.answer(*asked)
        keep_alive = self.parser.should_keep_alive()
        if keep_alive and b"connection" in headers:  # HTTP/1.0 may ask for it; uvicorn closes
            keep_alive = self.parser.get_http_version() == "1.1"
        self._last = Seen(self.url, asked, bodiless=method == b"HEAD")
        self._send(self._last, status, head, body, b"\r\n" if keep_alive else _CLOSE)
        self._answered = True
        if not keep_alive:
            self.transport.close()
        return True

    def _made(self, method: bytes) -> Ready | None:
        """What is not kept, if it takes but a moment to make it."""
        if self._at_once is None or method != b"GET" or self.root_path:
            return None
        return self._at_once(self.url.decode("latin-1"))

    def _again(self, seen: Seen) -> bool:
        """Answer what was read before, if the tile is kept and the client takes it."""
        if self.flow.write_paused or self.transport.is_closing():
            return False
        ready = self._kept.find(seen.target)  # type: ignore[union-attr]
        answer = None if ready is None else ready.answers.get(seen.asked)
        if answer is None:
            return False
        self._send(seen, *answer)
        return True

    def _send(
        self, seen: Seen, status: int, head: bytes, body: bytes, end: bytes = b"\r\n"
    ) -> None:
        if self._dates is not self.server_state.default_headers:
            self._renew()
        begin = self._starts[status]
        if seen.begin is not begin or seen.head is not head:
            seen.begin, seen.head, seen.whole = begin, head, b"".join((begin, head, end))
        if body and not seen.bodiless:
            self.transport.writelines((seen.whole, body))  # not joined: the body is not copied
        else:
            self.transport.write(seen.whole)
        self.silent_since = self.loop.time()
        self.server_state.total_requests += 1

    def _busy(self) -> bool:
        """Whether an answer is under way, or the client does not take what it got."""
        running = self.cycle is not None and not self.cycle.response_complete
        return running or bool(self.pipeline) or self.flow.write_paused

    def _renew(self) -> None:
        """Write the status lines with what uvicorn puts first, which is new each second."""
        self._dates = self.server_state.default_headers
        lines = self.first_lines()
        self._starts = {status: line + lines for status, line in _STATUS.items()}


def kept_of(app: Any) -> Kept | None:
    """What the application below any middleware keeps; None where it is not one of ours."""
    while app is not None:
        site = getattr(getattr(app, "state", None), "site", None)
        if site is not None:
            return site.tiles  # type: ignore[no-any-return]
        app = getattr(app, "app", None)
    return None


def maker_of(app: Any) -> Callable[[str], Ready | None] | None:
    """What makes a tile at once (`server.tiles.gate.Gate.at_once`); None where there is no gate."""
    while app is not None:
        if hasattr(app, "at_once"):
            return app.at_once  # type: ignore[no-any-return]
        app = getattr(app, "app", None)
    return None
