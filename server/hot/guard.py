"""Whether our protocol and the uvicorn that is installed understand each other."""

from asyncio import AbstractEventLoop, Transport, new_event_loop
from types import SimpleNamespace
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from server.headers import SafeHeaders
from server.hot.protocol import HotProtocol
from server.prepared import prepare, respond
from server.tiles.kept import MAX_AGE_S, Kept

_GET = b"GET /tile HTTP/1.1\r\nHost: a\r\n"
_CONVERSATIONS = (
    [_GET + b"\r\n"],
    [_GET[:9], _GET[9:] + b"Accept-Encoding: gzip;q=0, br\r\n", b"\r\n"],
    [_GET + b"If-None-Match: *\r\n\r\n" + _GET + b"Connection: close\r\n\r\n"],
    [b"HEAD /tile HTTP/1.1\r\n\r\n", b"GET /other HTTP/1.1\r\n\r\n" + _GET + b"\r\n"],
    [b"GET /tile HTTP/1.0\r\n\r\n"],
    [_GET + b"Content-Length: 2\r\n\r\nhi", _GET + b"\r\n"],
)


def misfit() -> str | None:
    """What is wrong when both protocols hold the same conversations in memory; None if nothing is.

    Takes some milliseconds. Any failure at all counts: the ordinary protocol then serves.
    """
    try:
        for conversation in _CONVERSATIONS:
            ours, theirs = _Application(), _Application()
            if _held(HotProtocol, ours, conversation) != _held(
                HttpToolsProtocol, theirs, conversation
            ):
                return f"answers differ after {conversation[0][:60]!r}"
            if ours.asked == theirs.asked:
                return f"the application was asked after {conversation[0][:60]!r}"
    except Exception as error:  # whatever changed, serving must go on
        return f"{type(error).__name__}: {error}"
    return None


class _Wire(Transport):
    """A connection in memory, whose client takes everything at once."""

    def __init__(self) -> None:
        super().__init__()
        self.taken = bytearray()
        self.closed = False

    def write(self, data: Any) -> None:
        if not self.closed:
            self.taken += data

    def writelines(self, list_of_data: Any) -> None:
        self.write(b"".join(list_of_data))

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def get_write_buffer_size(self) -> int:
        return 0

    def pause_reading(self) -> None:
        """There is nothing more to read."""

    def resume_reading(self) -> None:
        """There is nothing more to read."""


class _Application:
    """One tile, also kept, and a plain answer to everything else."""

    def __init__(self) -> None:
        self.asked = 0
        kept = Kept(1_000_000)
        self.tile = prepare(b"tile " * 100, "text/plain")
        kept.put("/tile", self.tile)
        self.state = SimpleNamespace(site=SimpleNamespace(tiles=kept))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        request = Request(scope)
        if request.url.path == "/tile":
            response = respond(request, self.tile, max_age=MAX_AGE_S)
        else:
            response = PlainTextResponse("other")
        await SafeHeaders(response)(scope, receive, send)


def _held(protocol: type[HttpToolsProtocol], app: _Application, parts: list[bytes]) -> bytes:
    """Everything that a client gets which sends ``parts``, each when the last is answered."""
    loop, wire = new_event_loop(), _Wire()
    try:
        config = Config(app, http=protocol, lifespan="off", log_config=None, access_log=False)
        made = protocol(config, server_state := ServerState(), {}, loop)
        made.connection_made(wire)
        for part in parts:
            made.data_received(part)
            _finish(loop, server_state)
        made.connection_lost(None)
        return bytes(wire.taken)
    finally:
        loop.close()


def _finish(loop: AbstractEventLoop, state: ServerState) -> None:
    while state.tasks:
        loop.run_until_complete(next(iter(state.tasks)))
