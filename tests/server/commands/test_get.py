"""`marchland get`: the same bytes as over a network."""

import json
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

Run = Callable[..., tuple[int, str, str]]


def test_the_body_is_what_the_server_sends(marchland: Run, app: FastAPI) -> None:
    path = "/collections/airbases/items?status=former"
    code, out, _ = marchland("get", path)
    sent = TestClient(app).get(path).json()
    assert code == 0
    assert json.loads(out)["features"] == sent["features"]


def test_links_are_paths_because_there_is_no_host(marchland: Run) -> None:
    _, out, _ = marchland("get", "/")
    assert all(one["href"].startswith("/") for one in json.loads(out)["links"])


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/collections", 0),
        ("collections", 0),
        ("/nowhere", 3),
        ("/collections/none", 3),
        ("/collections/airbases/items?bbox=1", 2),
    ],
)
def test_the_status_is_the_exit_code(marchland: Run, path: str, code: int) -> None:
    ended, out, _ = marchland("get", path)
    assert ended == code
    assert json.loads(out)


def test_headers_come_first_with_i(marchland: Run) -> None:
    _, out, _ = marchland("get", "-i", "/healthz")
    head, _, body = out.partition("\r\n\r\n")
    assert head.splitlines()[0] == "HTTP/1.1 200"
    assert "content-security-policy: default-src 'none'" in head
    assert json.loads(body)["status"] == "ok"


def test_a_page_comes_with_accept(marchland: Run) -> None:
    _, out, _ = marchland("get", "/maps/bering", "--accept", "text/html")
    assert out.startswith("<!doctype html>")
