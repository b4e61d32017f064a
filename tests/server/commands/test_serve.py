"""`marchland serve` as a program of its own: it starts, says where, answers, and stops."""

import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Start = Callable[..., tuple["subprocess.Popen[str]", str]]


@pytest.fixture
def start(program: list[str], tmp_path: Path) -> Iterator[Start]:
    """Starts the server on a free port; the process and its address come back."""
    running: list[subprocess.Popen[str]] = []

    def started(*options: str) -> tuple[subprocess.Popen[str], str]:
        words = [*program, "serve", "--port", "0", *options]
        with (tmp_path / "stderr").open("w") as err:
            process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=err, text=True)
        running.append(process)
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://\S+/", line)
        assert found, line + (tmp_path / "stderr").read_text()
        return process, found.group()

    yield started
    for process in running:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def get(address: str, path: str = "healthz") -> Any:
    with urllib.request.urlopen(address + path, timeout=30) as answer:  # noqa: S310  # loopback
        return json.load(answer)


@pytest.mark.slow
def test_port_0_takes_a_free_port_prints_it_and_sigterm_ends_with_0(
    start: Start, tmp_path: Path
) -> None:
    process, address = start()
    assert get(address)["status"] == "ok"
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert "Traceback" not in (tmp_path / "stderr").read_text()


EARLY = """
import os, signal, uvicorn
from server.cli import main
run = uvicorn.Server.run
def early(server, sockets=None):
    os.kill(os.getpid(), signal.SIGTERM)
    run(server, sockets=sockets)
uvicorn.Server.run = early
main()
"""


@pytest.mark.slow
def test_a_stop_before_uvicorn_listens_for_it_is_not_lost() -> None:
    words = [sys.executable, "-c", EARLY, "serve", "--port", "0"]
    # It may be the first start with this code, which builds.
    done = subprocess.run(words, capture_output=True, text=True, timeout=300, check=True)
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_ctrl_c_ends_with_0_although_a_connection_is_idle(start: Start, tmp_path: Path) -> None:
    process, address = start()
    host, port = address.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as idle:
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert idle.recv(12) == b"HTTP/1.1 200"
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    assert "Traceback" not in (tmp_path / "stderr").read_text()


@pytest.mark.slow
def test_a_running_answer_is_finished_before_the_stop(start: Start) -> None:
    process, address = start()
    host, port = address.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port)), timeout=60) as slow:
        path = "/collections/countries/items?limit=10000"
        slow.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        first = b""
        while b'"broken"' not in first:  # the connection is in hand; head and body may come apart
            part = slow.recv(1 << 16)
            assert part, first
            first += part
        slow.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        parts = []
        while part := slow.recv(1 << 16):
            parts.append(part)
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert len(json.loads(body)["features"]) > 200
    assert process.wait(10) == 0


@pytest.mark.slow
def test_several_workers_answer_and_stop_together(start: Start) -> None:
    process, address = start("--workers", "2")
    tags = set()
    for _ in range(8):
        with urllib.request.urlopen(address + "collections", timeout=60) as answer:  # noqa: S310
            tags.add(answer.headers["etag"])
    assert len(tags) == 1
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0


@pytest.mark.slow
def test_a_broken_layer_is_named_in_the_log_and_on_healthz_and_the_rest_is_served(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "layer.toml").write_text("title = '{{7*7}}'\n= =")
    _, address = start("--layers", str(tmp_path))
    health = get(address)
    assert health["status"] == "degraded"
    assert [one["layer"] for one in health["broken"]] == ["bad"]
    assert get(address, "collections/airbases/items")["numberMatched"] > 0
    log = (tmp_path / "stderr").read_text()
    assert "layer bad is left out: [layer-toml]" in log
    assert "line 2" in log


def test_a_port_in_use_is_named_with_the_option_that_changes_it(program: list[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*program, "serve", "--port", str(port)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert f"port {port} on 127.0.0.1 is in use; choose another with --port" in done.stderr
    assert "Traceback" not in done.stderr
