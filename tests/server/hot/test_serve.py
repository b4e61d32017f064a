"""`marchland serve` answers kept tiles by itself, with one worker and with two."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TILE = "/collections/airbases/tiles/WebMercatorQuad/4/6/11"


def request(*lines: str) -> bytes:
    return "\r\n".join((f"GET {TILE} HTTP/1.1", "Host: here", *lines, "", "")).encode()


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_a_tile_of_the_program_is_the_same_when_made_and_when_kept(
    cache: Path, connect: Any, workers: int
) -> None:
    words = [sys.executable, "-c", "from server.cli import main; main()", "serve", "--port", "0"]
    with subprocess.Popen(
        [*words, "--workers", str(workers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={"MARCHLAND_CACHE": str(cache), "PATH": ""},
    ) as process:
        try:
            assert process.stdout
            found = re.search(r":(\d+)/", process.stdout.readline())
            assert found
            with connect(int(found[1]), timeout=120) as client:
                client.send(request("X-Twice: 1", "X-Twice: 2"))  # never the hot path
                made = client.read()
                client.send(request())
                assert client.read() == made
                assert made.status == 200
                client.send(b"GET / HTTP/1.1\r\n" + b"X: " + b"x" * 70_000)
                assert client.read().status == 431  # uvicorn itself would wait for more
        finally:
            process.terminate()
