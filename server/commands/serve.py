"""`marchland serve`: the site on a local address."""

import gc
import logging
import socket
import threading
import webbrowser
from typing import Annotated

import typer

from geo.finding import Finding
from layers.catalogue import Catalogue
from layers.heap import give_back, keep_little
from layers.maps import maps_of
from server.app import create_app
from server.commands.codes import OK
from server.commands.options import Layers, settings_of
from server.listen import address_of, bind, listen, log_plainly
from server.output import say, watching
from server.settings import Settings
from server.start import index, open_site, warm

NAME = "serve"
HELP = """Serve the catalogue, the API and the maps until it is stopped.

\b
Examples:
  marchland serve --open             on http://127.0.0.1:8000/, and open a browser
  marchland serve --port 0           on any free port, which is printed
  marchland serve --layers mine      also the layers in the folder mine (never their code)
  marchland serve --host 0.0.0.0 --workers 2

The first start builds what is generated (some seconds). SIGTERM and Ctrl-C stop it gracefully;
SIGHUP makes several workers read their layers anew, one after the other.
"""
Host = Annotated[str | None, typer.Option(help="[default: 127.0.0.1]", show_default=False)]
Port = Annotated[
    int | None, typer.Option(help="0 takes any free port. [default: 8000]", show_default=False)
]
Workers = Annotated[int | None, typer.Option(help="Processes. [default: 1]", show_default=False)]
Open = Annotated[bool, typer.Option("--open", help="Open a browser.")]
log = logging.getLogger("marchland")


def command(
    host: Host = None,
    port: Port = None,
    workers: Workers = None,
    layers: Layers = None,
    open: Open = False,
) -> int:
    """Listen, say where, and serve."""
    keep_little()
    settings = settings_of(layers, host=host, port=port, workers=workers)
    log_plainly()
    with bind(settings.host, settings.port) as bound:
        with watching() as watcher:
            catalogue = open_site(settings, watcher)
        _log_broken(catalogue)
        app = create_app(settings, catalogue, maps_of(catalogue))
        gc.freeze()  # all of it stays
        give_back()
        _announce(settings, bound, open_browser=open)
        if settings.workers == 1:  # else each worker does so itself
            warm()
            index(app.state.site.where)
        listen(settings, app, bound)
    return OK


def _announce(settings: Settings, bound: socket.socket, *, open_browser: bool) -> None:
    bound.listen(2048)  # from here on a browser is not refused, it waits
    address = address_of(bound)
    say(f"marchland serves {settings.base_url or address} (listening on {address})")
    say("Stop it with Ctrl-C.", stderr=True)
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _log_broken(catalogue: Catalogue) -> None:
    for broken in catalogue.broken:
        for finding in broken.findings:
            log.error("layer %s is left out: %s", broken.layer, _line(finding))


def _line(finding: Finding) -> str:
    """One line whatever the layer wrote: control characters are escaped."""
    text = f"[{finding.rule}] {finding.message} ({finding.place}) — {finding.advice}"
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)
