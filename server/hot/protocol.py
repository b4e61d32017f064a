"""uvicorn's HTTP protocol, answering what is kept by itself and handing on everything else."""

from typing import Any

from server.hot.patient import Patient
from server.hot.ready import Ready
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

    llhttp parses every byte of every request. What is not plain, whatever comes while an answer
    is under way or the client does not take what it gets, and all else goes to the ordinary
    protocol as it came, which has the order of answers and back-pressure.
    """

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._kept = kept_of(self.app)
        logged = self.config.access_log and self.access_log
        # the ordinary way writes the log and counts connections
        self._off = self._kept is None or logged or self.limit_concurrency is not None
        self._lines: Lines | None = None  # of the head that is being read
        self._answered = False  # whether the request being read has its answer already
        self._dates: list[tuple[bytes, bytes]] | None = None
        self._starts: dict[int, bytes] = {}

    def on_message_begin(self) -> None:
        """Collect a head; nothing is made for it yet."""
        self._lines = []
        self._answered = False
        self.url = b""
        self.reading = True

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a line of the head. What follows a body as a trailer means nothing to us."""
        if self._lines is not None:
            self._lines.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """Answer, or hand the head on."""
        lines, self._lines = self._lines or [], None
        self.reading = False
        ready = None if self._off else self._kept.find(self.url)  # type: ignore[union-attr]
        if self.transport.is_closing():
            self._answered = True  # it has its last answer; what follows gets none
        elif ready is None or not self._answer(ready, lines):
            self._hand_on(lines)

    def on_body(self, body: bytes) -> None:
        """A body goes where its head went."""
        if not self._answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The end goes where the head went."""
        if not self._answered:
            super().on_message_complete()

    def _hand_on(self, lines: Lines) -> None:
        target = self.url
        super().on_message_begin()
        self.url = target
        for name, value in lines:
            super().on_header(name, value)
        super().on_headers_complete()

    def _answer(self, ready: Ready, lines: Lines) -> bool:
        """Answer with what is kept, if this is a plain request in its turn."""
        headers = dict(lines)
        method = self.parser.get_method()
        if len(headers) != len(lines) or not _NOT_PLAIN.isdisjoint(headers) or self._busy():
            return False
        if method not in (b"GET", b"HEAD"):
            return False
        asked = headers.get(b"accept-encoding", b""), headers.get(b"if-none-match")
        status, head, body = ready.answers.get(asked) or ready.answer(*asked)
        keep_alive = self.parser.should_keep_alive()
        if keep_alive and b"connection" in headers:  # HTTP/1.0 may ask for it; uvicorn closes
            keep_alive = self.parser.get_http_version() == "1.1"
        if self._dates is not self.server_state.default_headers:
            self._renew()
        head = b"".join((self._starts[status], head, b"\r\n" if keep_alive else _CLOSE))
        if body and method == b"GET":
            self.transport.writelines((head, body))  # not joined: the body is not copied
        else:
            self.transport.write(head)
        self._done(keep_alive=keep_alive)
        return True

    def _busy(self) -> bool:
        """Whether an answer is under way, or the client does not take what it got."""
        running = self.cycle is not None and not self.cycle.response_complete
        return running or bool(self.pipeline) or self.flow.write_paused

    def _renew(self) -> None:
        """Write the status lines with what uvicorn puts first, which is new each second."""
        self._dates = self.server_state.default_headers
        lines = self.first_lines()
        self._starts = {status: line + lines for status, line in _STATUS.items()}

    def _done(self, *, keep_alive: bool) -> None:
        self._answered = True
        self.silent_since = self.loop.time()
        self.server_state.total_requests += 1
        if not keep_alive:
            self.transport.close()


def kept_of(app: Any) -> Kept | None:
    """What the application below any middleware keeps; None where it is not one of ours."""
    while app is not None:
        site = getattr(getattr(app, "state", None), "site", None)
        if site is not None:
            return site.tiles  # type: ignore[no-any-return]
        app = getattr(app, "app", None)
    return None
