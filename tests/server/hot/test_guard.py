"""The protocol leans on uvicorn's own; what changes there must not pass unseen."""

import hashlib
import inspect
import logging

import pytest
import uvicorn
from uvicorn.protocols.http import flow_control, httptools_impl
from uvicorn.server import ServerState

from server import listen
from server.hot.guard import misfit
from server.hot.protocol import HotProtocol

# What `server/hot` was read against. When this changes: read the difference of these classes,
# correct `server/hot` where it must follow, then write the new digest here.
KNOWN = "547b3f39d9552215"
LEANED_ON = (
    httptools_impl.HttpToolsProtocol,
    httptools_impl.RequestResponseCycle,
    flow_control.FlowControl,
    ServerState,
)


def test_what_we_lean_on_in_uvicorn_is_what_we_read() -> None:
    source = "".join(inspect.getsource(one) for one in LEANED_ON)
    digest = hashlib.sha256(source.encode()).hexdigest()[:16]
    assert digest == KNOWN, f"uvicorn {uvicorn.__version__} differs; see the comment above"


def test_our_protocol_fits_the_uvicorn_that_is_installed() -> None:
    assert misfit() is None
    assert listen._protocol() is HotProtocol


def test_a_different_answer_is_a_misfit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HotProtocol, "first_lines", lambda _: b"date: never\r\n")
    assert "answers differ" in str(misfit())


def test_a_protocol_that_answers_nothing_by_itself_is_a_misfit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(HotProtocol, "_answer", lambda *_: False)
    assert "the application was asked" in str(misfit())


@pytest.mark.parametrize("name", ["pipeline", "flow", "server_state", "cycle", "parser", "url"])
def test_where_uvicorn_renames_something_the_ordinary_protocol_serves(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    monkeypatch.setattr(HotProtocol, name, property(_gone), raising=False)
    with caplog.at_level(logging.WARNING, "marchland"):
        assert listen._protocol() == "httptools"
    assert "served the slow way" in caplog.text
    assert uvicorn.__version__ in caplog.text


def _gone(_: object) -> None:
    raise AttributeError("renamed")
