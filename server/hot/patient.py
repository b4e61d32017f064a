"""uvicorn's HTTP protocol with a patience that ends: nobody holds a connection by doing nothing."""

import sys
from asyncio import BaseTransport, TimerHandle
from typing import Any

from httptools import HttpParserUpgrade
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
_NO_MORE = b"content-length: 0\r\nconnection: close\r\n\r\n"


class Patient(HttpToolsProtocol):
    """Closes a connection whose client sends no whole head, or takes nothing of its answer.

    uvicorn itself watches only the time between two requests. One timer per connection: it is
    not set anew with each request, it looks when it fires how long there was silence. A head
    longer than ``head_bytes`` is refused (431).

    uvicorn forgets what comes in one piece behind a request for another protocol (RFC 9110,
    section 7.8: a server may ignore it); here that is read on.
    """

    head_s = 30.0  # seconds to send the head of a request, or the first byte of the first one
    head_bytes = 65_536  # of a head that does not come in one piece
    stalled_s = 60.0  # seconds in which a client that is being sent something takes some of it

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.reading = False  # a head has begun and is not whole
        self.begun = 0  # heads that began in what came last
        self.silent_since: float | None = None  # the end of the last answer
        self._since = 0.0  # the begin of the connection
        self._reading_since: float | None = None
        self._head_size = 0  # bytes that came since
        self._unsent = 0  # bytes that waited for the client when we last looked
        self._stalled_since = 0.0
        self._watch: TimerHandle | None = None
        self._taken: int | None = None  # bytes up to the end of what asks for another protocol

    def connection_made(self, transport: BaseTransport) -> None:
        """Begin to watch."""
        super().connection_made(transport)  # type: ignore[arg-type]
        self._since = self.loop.time()
        self._watch = self.loop.call_later(self.timeout_keep_alive, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop watching."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, unless a head becomes too long."""
        within, self.begun = self.reading, 0
        self._read(data)
        if self.reading:  # of a part in which other heads end, most may belong to those
            self._read_part(len(data) if self.begun == (not within) else 0)
        else:
            self._reading_since = None

    def on_message_begin(self) -> None:
        """A head begins."""
        self.begin_head()
        super().on_message_begin()

    def begin_head(self) -> None:
        """Count anew: what came before belongs to others."""
        self.reading = True
        self.begun += 1
        self._reading_since = None

    def on_headers_complete(self) -> None:
        """The head is there."""
        self.reading = False
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """An answer is out; silence begins."""
        self.silent_since = self.loop.time()
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """Nothing more goes to a client that has its last answer."""
        if not self.transport.is_closing():
            super().send_400_response(msg)

    def first_lines(self) -> bytes:
        """What uvicorn puts first in every head: the date, which it renews each second."""
        return b"".join(b"%s: %s\r\n" % line for line in self.server_state.default_headers)

    def _read(self, data: bytes) -> None:
        rest = data
        while rest:
            self._taken = None
            super().data_received(rest)
            rest = rest[self._taken :] if self._taken else b""

    def _unsupported_upgrade_warning(self) -> None:
        """Called by uvicorn while it handles the exception, which says how far the parser came."""
        error = sys.exc_info()[1]
        if isinstance(error, HttpParserUpgrade):
            self._taken = error.args[0]

    def _read_part(self, size: int) -> None:
        if self._reading_since is None:
            self._reading_since = self.loop.time()
            self._head_size = 0
        self._head_size += size
        if self._head_size > self.head_bytes and not self.transport.is_closing():
            self.transport.write(_TOO_LARGE + self.first_lines() + _NO_MORE)
            self.transport.close()

    def _look(self) -> None:
        now = self.loop.time()
        unsent = self.transport.get_write_buffer_size()
        left = self._to_take(unsent, now) if unsent else self._to_speak(now)
        if left <= 0:
            (self.transport.abort if unsent else self.transport.close)()
        self._unsent = unsent
        self._watch = self.loop.call_later(max(0.05, left), self._look)

    def _to_take(self, unsent: int, now: float) -> float:
        """Seconds in which the client must take some of what it asked for."""
        if unsent != self._unsent:
            self._stalled_since = now
        self.silent_since = now  # it speaks again when it has everything
        return min(self.timeout_keep_alive, self._stalled_since + self.stalled_s - now)

    def _to_speak(self, now: float) -> float:
        """Seconds in which the client must say something."""
        if self.cycle is not None and not self.cycle.response_complete:
            return self.timeout_keep_alive  # it waits for us
        if self._reading_since is not None:
            return self._reading_since + self.head_s - now
        if self.silent_since is None:  # it never got an answer
            return self._since + self.head_s - now
        return self.silent_since + self.timeout_keep_alive - now
