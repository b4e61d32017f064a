"""A real server on a loopback port, a page of another origin, and Chromium watching both."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import uvicorn
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Dialog,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from layers.catalogue import Catalogue, load_collection
from layers.folder import Folder
from layers.maps import maps_of
from server.app import create_app
from server.settings import Settings

expect.set_options(timeout=20_000)  # as long as for a map: a busy machine takes more than five
HOSTILE_ID = "{{7*7}} `${alert(1)}` <img>"
_WATCH = """
window.__violations = [];
document.addEventListener('securitypolicyviolation', function (event) {
  window.__violations.push(event.violatedDirective + ' ' + event.blockedURI);
});
window.__moved = window.__stirred = 0;
new PerformanceObserver(list => list.getEntries().forEach(one => {
  window.__moved += one.value;
  if (!one.hadRecentInput) window.__stirred += one.value;
})).observe({ type: 'layout-shift', buffered: true });
"""
# Frames and not milliseconds: a machine that is busy lays a page out later.
_REST = """async () => {
  await document.fonts.ready;
  for (let still = 0, last; still < 20; last = window.__moved) {
    await new Promise(requestAnimationFrame);
    still = last === window.__moved ? still + 1 : 0;
  }
}"""


@dataclass
class Watched:
    """A page and everything that went wrong on it."""

    page: Page
    origins: frozenset[str]
    faults: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def start(self) -> None:
        """Begin to listen."""
        page = self.page
        page.add_init_script(_WATCH)
        page.on("console", lambda told: self.faults.append(f"{told.type}: {told.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        page.on("dialog", self._alerted)
        page.on("request", self._asked)

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data" and f"{parts.scheme}://{parts.netloc}" not in self.origins:
            self.foreign.append(request.url)

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def _failed(self, request: Request) -> None:
        """What the page itself gave up, because it was left, is no fault."""
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url}")

    def _alerted(self, dialog: Dialog) -> None:
        self.faults.append(f"a dialog opened: {dialog.message}")
        dialog.dismiss()

    def open(self, url: str) -> Page:
        """Go to ``url`` and wait until its map is drawn."""
        self.page.goto(url)
        self.page.wait_for_selector('.folium-map[data-ready="1"]', timeout=20_000)
        return self.page

    def rest(self) -> None:
        """Wait until nothing on the page moves any more, and count what moves from now on."""
        self.page.evaluate(_REST)
        self.page.evaluate("window.__moved = window.__stirred = 0")

    def moved(self, *, by_hand: bool = False) -> float:
        """The layout shifts since then; ``by_hand`` includes those soon after a reader's act."""
        self.page.evaluate(_REST)
        return float(self.page.evaluate("window.__moved" if by_hand else "window.__stirred"))

    def assert_quiet(self) -> None:
        """No message, no error, no violation, no request to anybody else; nothing failed."""
        violations = [v for frame in self.page.frames for v in frame.evaluate("__violations")]
        assert violations == []
        assert self.faults == []
        assert self.foreign == []
        failed = self.page.locator("[data-failed]")
        assert failed.evaluate_all("all => all.map(one => one.dataset.failed)") == []


@pytest.fixture(scope="session")
def site(cache: Path, catalogue: Catalogue, hostile: Folder) -> Iterator[str]:
    """The address of a server with all of our layers and a hostile one."""
    foreign = replace(load_collection(hostile, cache), id=HOSTILE_ID)
    every = Catalogue({**catalogue.collections, HOSTILE_ID: foreign})
    app = create_app(Settings.checked({"cache": cache}), every, maps_of(every))
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=partial(server.run, sockets=[listener]))
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def hostile_path() -> str:
    return quote(HOSTILE_ID)


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *said: Any) -> None:
        """Nothing on the terminal."""


@pytest.fixture(scope="session")
def other_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of another origin, and the folder whose files it serves."""
    home = tmp_path_factory.mktemp("other")
    (home / "favicon.ico").write_bytes(b"")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(home))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_address[1]}", home
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.fail("no chromium on the PATH; `bash tests/run` installs it")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu"]
        )
        yield made
        made.close()


Watch = Callable[..., Watched]


@pytest.fixture
def watch(browser: Browser, site: str, other_site: tuple[str, Path]) -> Iterator[Watch]:
    """Opens a watched page of a given width."""
    contexts: list[BrowserContext] = []

    def make(width: int = 1280, **options: Any) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        watched = Watched(context.new_page(), frozenset({site, other_site[0]}))
        watched.start()
        return watched

    yield make
    for context in contexts:
        context.close()
