"""`marchland get`: one answer of the server, without a server."""

import sys
from typing import Annotated

import typer

from server.commands.codes import FAILED, MISSING, OK, USAGE
from server.commands.options import Layers, settings_of
from server.inprocess import get
from server.output import watching
from server.start import open_app

NAME = "get"
HELP = """Print what the server answers to a path. No network, no port.

\b
Examples:
  marchland get /collections
  marchland get "/collections/airbases/items?status=former"
  marchland get "/collections/bering_transits/items?bbox=170,60,-165,70" > bering.geojson
  marchland get -i /maps/arctic --accept text/html

Ends with 0 for an answer, 3 for 404, 2 for another fault of the path, 1 for a fault of the server.
"""
Path = Annotated[str, typer.Argument(help="A path with or without a query.", show_default=False)]
Include = Annotated[bool, typer.Option("--include", "-i", help="Print status and headers first.")]
Accept = Annotated[str, typer.Option(metavar="TYPES", help="The Accept header.")]


def command(
    path: Path, layers: Layers = None, include: Include = False, accept: Accept = "*/*"
) -> int:
    """Print the body, byte for byte."""
    with watching() as watcher:
        app = open_app(settings_of(layers), watcher)
    got = get(app, path, accept)
    if include:
        lines = [f"HTTP/1.1 {got.status}", *(f"{k}: {v}" for k, v in got.headers), "", ""]
        sys.stdout.buffer.write("\r\n".join(lines).encode("latin-1"))
    sys.stdout.buffer.write(got.body)
    sys.stdout.buffer.flush()
    return _code(got.status)


def _code(status: int) -> int:
    if status < 400:
        return OK
    if status == 404:
        return MISSING
    return USAGE if status < 500 else FAILED
