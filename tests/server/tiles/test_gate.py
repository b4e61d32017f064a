"""The gate gives what the application behind it would give, or steps aside."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp, Message

from layers.collection import Collection
from server.tiles.gate import Gate

HOME = "/collections/strait/tiles/WebMercatorQuad"
HEADERS: tuple[list[tuple[bytes, bytes]], ...] = (
    [],
    [(b"accept-encoding", b"gzip")],
    [(b"accept-encoding", b"identity"), (b"accept-encoding", b"gzip;q=0.5")],
    [(b"if-none-match", b"*")],
    [(b"if-none-match", b'"a"'), (b"if-none-match", b"*"), (b"origin", b"https://example.org")],
)


class Behind:
    """The application, and whether it was asked."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.asked = 0

    async def __call__(self, *args: Any) -> None:
        self.asked += 1
        await self.app(*args)


@pytest.fixture(scope="module")
def app(make_app: Callable[..., FastAPI], strait: Collection) -> FastAPI:
    return make_app(strait)


def answer(app: ASGIApp, path: str, *headers: tuple[bytes, bytes], **scope: Any) -> list[Message]:
    """What is sent for a GET."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    asked = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": list(headers),
        **scope,
    }
    asyncio.run(app(asked, receive, send))  # type: ignore[arg-type]
    return [{**one, "more_body": False} for one in sent]


@pytest.mark.parametrize("place", ["0/0/0", "2/1/3", "2/3/1", "9/132/4", "9/132/4"])
@pytest.mark.parametrize("headers", HEADERS)
def test_a_tile_is_the_one_that_the_application_gives(
    app: FastAPI, headers: list[tuple[bytes, bytes]], place: str
) -> None:
    behind = Behind(app)
    ours = answer(Gate(behind, app.state.site), f"{HOME}/{place}", *headers)
    assert behind.asked == 0
    assert ours == answer(app, f"{HOME}/{place}", *headers)


@pytest.mark.parametrize(
    "path",
    [
        "/maps/strait/tiles/WebMercatorQuad/2/1/3.png",
        "/maps/strait/tiles/WebMercatorQuad/2/1/0@2x.webp",
        "/maps/strait/overlay/tiles/Arctic3995Quad/1/0/1.png",
        "/tiles/base/WebMercatorQuad/1/0/0.png",
    ],
)
@pytest.mark.parametrize("headers", HEADERS)
def test_a_picture_is_the_one_that_the_application_gives(
    app: FastAPI, headers: list[tuple[bytes, bytes]], path: str
) -> None:
    behind = Behind(app)
    ours = answer(Gate(behind, app.state.site), path, *headers)
    assert behind.asked == 0
    assert ours == answer(app, path, *headers)
    assert app.state.site.tiles.find(path.encode()) is not None


@pytest.mark.parametrize(
    "path",
    [
        "/maps/strait/tiles/WebMercatorQuad/2/1/03.png",
        "/maps/strait/tiles/WebMercatorQuad/2/1/3@3x.png",
        "/maps/strait/tiles/WebMercatorQuad/2/1/3.gif",
        "/maps/strait/tiles/WebMercatorQuad/2/4/0.png",
        "/maps/strait/tiles/Nowhere/2/1/3.png",
        "/maps/none/tiles/WebMercatorQuad/2/1/3.png",
        "/tiles/base/overlay/WebMercatorQuad/2/1/3.png",
        "/collections/strait/tiles/WebMercatorQuad/2/01/3",
        "/collections/strait/tiles/WebMercatorQuad/2/1/3.mvt",
        "/collections/strait,strait/tiles/WebMercatorQuad/2/1/3",
        "/collections/strait/tiles/WebMercatorQuad/2/4/0",
        "/collections/strait/tiles/WebMercatorQuad/99/0/0",
        "/collections/strait/tiles/Nowhere/2/1/3",
        "/collections/none/tiles/WebMercatorQuad/2/1/3",
        "/collections/strait",
    ],
)
def test_what_is_written_in_another_way_is_left_to_the_application(app: FastAPI, path: str) -> None:
    behind = Behind(app)
    assert answer(Gate(behind, app.state.site), path) == answer(app, path)
    assert behind.asked == 1


@pytest.mark.parametrize(
    "scope",
    [
        {"method": "HEAD"},
        {"method": "OPTIONS"},
        {"method": "POST"},
        {"query_string": b"a=b"},
        {"raw_path": f"{HOME}/2/1/%33".encode()},
    ],
)
def test_another_kind_of_request_is_left_to_the_application(
    app: FastAPI, scope: dict[str, Any]
) -> None:
    behind = Behind(app)
    assert answer(Gate(behind, app.state.site), f"{HOME}/2/1/3", **scope) == answer(
        app, f"{HOME}/2/1/3", **scope
    )
    assert behind.asked == 1


def test_a_tile_that_cannot_be_made_is_told_by_the_application(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> bytes:
        raise OSError("the disk is gone")

    monkeypatch.setattr(type(app.state.site.vectors), "prepared", fail)
    behind = Behind(app)
    sent = answer(Gate(behind, app.state.site), f"{HOME}/7/30/3")
    assert (sent[0]["status"], behind.asked) == (500, 1)


def test_a_tile_is_made_at_once_where_what_it_is_cut_from_is_there(app: FastAPI) -> None:
    gate = Gate(app, app.state.site)
    assert gate.at_once(f"{HOME}/10/264/3") is None
    answer(gate, f"{HOME}/10/264/3")
    beside = f"{HOME}/10/264/4"
    made = gate.at_once(beside)
    assert made is not None
    assert (
        made.prepared.body
        == app.state.site.vectors.prepared(
            ["strait"], app.state.site.drawing.grids["WebMercatorQuad"], 10, 264, 4
        ).body
    )
    assert app.state.site.tiles.find(beside.encode()) is made
