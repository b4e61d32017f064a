"""A server on a free port of this machine, for real clients."""

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn

from layers.catalogue import Catalogue
from layers.maps import maps_of
from server.app import create_app
from server.listen import address_of, bind
from server.settings import Settings

Gdal = Callable[..., str]


@pytest.fixture(scope="session")
def gdal() -> Gdal:
    """What a command of GDAL prints; it has to end well and to complain of nothing."""

    def run(*words: str) -> str:
        environment = {"PATH": os.environ["PATH"], "GDAL_HTTP_TIMEOUT": "60", "NO_PROXY": "*"}
        done = subprocess.run(
            words, capture_output=True, text=True, timeout=120, check=False, env=environment
        )
        assert done.returncode == 0, done.stderr
        assert "ERROR" not in done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def address(catalogue: Catalogue, cache: Path) -> Iterator[str]:
    """Where our own layers are served; ends with a slash."""
    app = create_app(Settings.checked({"cache": cache}), catalogue, maps_of(catalogue))
    config = uvicorn.Config(app, log_config=None, lifespan="off", access_log=False)
    server = uvicorn.Server(config)
    with bind("127.0.0.1", 0) as bound:
        bound.listen()
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        yield address_of(bound)
        server.should_exit = True
        thread.join(10)
