"""Listening: the socket, one process or several, and a stop that lets running answers end."""

import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from errno import EACCES, EADDRINUSE
from functools import partial
from typing import Literal

import uvicorn
from uvicorn.supervisors import Multiprocess

from layers.apart import stop
from server.errors import PortTaken
from server.framework import FastAPI
from server.hot.guard import misfit
from server.hot.protocol import HotProtocol
from server.settings import Settings
from server.tiles.gate import Gate

log = logging.getLogger("marchland")

_GRACE_S = 5  # seconds that running answers get after SIGTERM


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to the address; port 0 takes a free one. Raises `PortTaken`."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, proto)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError as error:
        raise PortTaken(_refused(host, port, error)) from error
    bound.set_inheritable(True)
    return bound


def address_of(bound: socket.socket) -> str:
    """Where a browser on this machine finds the server."""
    host, port = bound.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104  # compared with, not bound to
        host = "127.0.0.1"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def listen(settings: Settings, app: FastAPI, bound: socket.socket) -> None:
    """Serve until SIGTERM or SIGINT; then finish what is running, for a few seconds at most.

    Several workers each build the application anew from the environment.
    """
    if settings.workers == 1:
        server = uvicorn.Server(_config(Gate(app, app.state.site)))
        _on_stop(partial(setattr, server, "should_exit", True))  # also before it listens itself
        server.run(sockets=[bound])
        stop()
        return
    _on_stop(lambda: None)
    os.environ.update(settings.environment())
    config = _config("server.start:application", workers=settings.workers)
    Multiprocess(config, sockets=[bound]).run()


def _on_stop(act: Callable[[], None]) -> None:
    """What SIGTERM and SIGINT do outside of uvicorn, which raises them again when it is done."""
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: act())


def log_plainly() -> None:
    """Log lines go to stderr, without colours, one line each."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(name)s: %(message)s"
    )
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _config(app: Gate | str, workers: int = 1) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        factory=isinstance(app, str),
        workers=workers,
        http=_protocol(),
        loop="auto",  # uvloop where there is one
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
        timeout_worker_healthcheck=60,  # a worker that reads large layers is slow, not dead
    )


def _protocol() -> type[HotProtocol] | Literal["httptools"]:
    """Ours, which answers what is kept, or the ordinary one where it does not fit uvicorn."""
    reason = misfit()
    if reason is None:
        return HotProtocol
    log.warning(
        "kept tiles are served the slow way: this uvicorn (%s) is not the one we know (%s); "
        "install the version of the lock file",
        uvicorn.__version__,
        reason,
    )
    return "httptools"


def _refused(host: str, port: int, error: OSError) -> str:
    reasons = {
        EADDRINUSE: f"port {port} on {host} is in use; choose another with --port, or --port 0",
        EACCES: f"port {port} needs more rights than you have; choose one above 1023 with --port",
    }
    fallback = f"cannot listen on {host} port {port} ({error}); choose another --host or --port"
    return reasons.get(error.errno or 0, fallback)
