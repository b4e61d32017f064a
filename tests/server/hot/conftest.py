"""One application behind two servers on real sockets: our protocol, and uvicorn's own."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

import anyio
import pytest
import uvicorn
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from layers.catalogue import Catalogue
from server.app import create_app
from server.hot.protocol import HotProtocol
from server.listen import bind
from server.prepared import Prepared, prepare
from server.settings import Settings

WORDS = b"a tile of words, long enough to be worth compressing. " * 40
PICTURE = bytes(range(256)) * 80
BIG = b"\x89big" * 50_000


@dataclass(frozen=True)
class Read:
    """One answer as it came, but for the date, which must be there."""

    status: int
    lines: tuple[str, ...]
    body: bytes

    def __getitem__(self, name: str) -> str:
        return dict(line.split(": ", 1) for line in self.lines[1:])[name]


class Client:
    """A socket, and the answers that come from it."""

    def __init__(self, port: int, timeout: float = 20) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def read(self, method: str = "GET") -> Read:
        """The next answer. Raises `EOFError` where there is none."""
        while b"\r\n\r\n" not in self.rest:
            self._more()
        head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        status = int(lines[0].split()[1])
        dated = [line for line in lines if not line.startswith("date: ")]
        assert len(dated) == len(lines) - 1
        headers = dict(line.split(": ", 1) for line in lines[1:])
        size = 0 if method == "HEAD" or status in (204, 304) else int(headers["content-length"])
        while len(self.rest) < size:
            self._more()
        body, self.rest = self.rest[:size], self.rest[size:]
        return Read(status, tuple(dated), body)

    def ended(self) -> bool:
        """Whether the server has closed, with nothing unread before it; waits for some byte."""
        try:
            return not self.rest and self.socket.recv(1) == b""
        except ConnectionResetError:
            return True

    def _more(self) -> None:
        more = self.socket.recv(1 << 20)
        if not more:
            raise EOFError(self.rest)
        self.rest += more


@dataclass
class Tiles:
    """Routes for some tiles, kept before the first request, that count how often they are asked."""

    app: FastAPI
    asked: int = 0

    def add(self, path: str, prepared: Prepared) -> None:
        kept = self.app.state.site.tiles
        kept.put(path, prepared)

        async def tile(request: Request) -> Response:
            self.asked += 1
            answer: Response = await kept.answer(request, path, lambda: prepared)
            return answer

        self.app.router.routes.insert(0, _route(path, tile))


def _route(path: str, endpoint: Callable[..., Any]) -> Any:
    made = FastAPI().router
    made.add_api_route(path, endpoint, methods=["GET"], response_model=None)
    return made.routes[-1]


async def slow(request: Request) -> Response:
    await anyio.sleep(float(request.query_params.get("s", "0.02")))
    return PlainTextResponse("slow " * int(request.query_params.get("n", "1")))


@pytest.fixture(scope="session")
def tiles() -> Tiles:
    made = Tiles(create_app(Settings.checked({}), Catalogue({}, ()), {}))
    made.add("/t/words", prepare(WORDS, "application/json"))
    made.add("/t/picture", prepare(PICTURE, "image/png"))
    made.add("/t/empty", prepare(b"", "application/vnd.mapbox-vector-tile"))
    made.add("/t/big", prepare(BIG, "image/png", {"Content-Language": "en"}))
    made.app.router.routes.insert(0, _route("/slow", slow))
    return made


class Running(uvicorn.Server):
    """A server in a thread of its own, and the port that it has."""

    port: int

    def connect(self) -> Client:
        return Client(self.port)

    def ask(self, *parts: bytes, methods: tuple[str, ...] = ("GET",)) -> list[Read]:
        """The answers to what ``parts`` say, each sent by itself."""
        with self.connect() as client:
            for part in parts:
                client.send(part)
            return [client.read(method) for method in methods]


@contextmanager
def running(app: FastAPI, http: type[HttpToolsProtocol], **said: Any) -> Iterator[Running]:
    plain: dict[str, Any] = {"lifespan": "off", "log_config": None, "access_log": False}
    server = Running(uvicorn.Config(app, http=http, server_header=False, **{**plain, **said}))
    with bind("127.0.0.1", 0) as bound:
        bound.listen(128)
        server.port = bound.getsockname()[1]
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            yield server
        finally:
            server.should_exit = True
            thread.join(20)
            assert not thread.is_alive()


@pytest.fixture(scope="session")
def hot(tiles: Tiles) -> Iterator[Running]:
    with running(tiles.app, HotProtocol) as server:
        yield server


@pytest.fixture(scope="session")
def plain(tiles: Tiles) -> Iterator[Running]:
    with running(tiles.app, HttpToolsProtocol) as server:
        yield server


@pytest.fixture(scope="session")
def run() -> Callable[..., Any]:
    """Starts a server with other settings: ``with run(app, protocol, limit_concurrency=1)``."""
    return running


@pytest.fixture(scope="session")
def connect() -> type[Client]:
    """Connects to a port: ``connect(8000)``."""
    return Client
