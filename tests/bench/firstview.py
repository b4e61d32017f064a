"""The first view of a map page on a slow line, beside stock folium with the same features."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any

import stock
from figures import Row, alone, compared
from load import fetch
from peers import Server
from playwright.sync_api import Browser, CDPSession, sync_playwright
from rooms import Child, Unavailable, free_port, scratch

from layers.catalogue import Catalogue, load_catalogue
from layers.folder import our_folders
from layers.maps import MapSpec, load_maps
from server.settings import default_cache

# Slow 4G as Lighthouse has it (1.6 Mbit/s down, 750 kbit/s up, 150 ms), and a processor four
# times slower: what a middling telephone is.
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOWER = 4
MOST_BYTES, MOST_MS = 150_000, 2_000
ASK_MS, MOST_ASKS, PATIENCE_MS = 250, 240, 180_000  # servers are cold in the first round
QUIET_MS = 1_500  # after the page is silent: whatever comes by itself counts as well
# The first frame after which features of the map are painted: in outline, or by the map itself.
SEEN = "() => document.querySelector('.glance path, path[data-layer], .globe[data-ready]') !== null"
# The first frame after which every overlay that the page shows at first answers the hand.
LIVE = """() => {
  const told = window.marchland, globe = document.querySelector('.globe');
  if (globe) return globe.dataset.ready === '1';
  if (!told || !told.layers || !told.layers.length) return false;
  if (!document.querySelector('path[data-layer]')) return false;
  return told.layers.every(g => g.marchland.role !== 'overlay' || !g._map || g.marchland.loaded);
}"""
STOCK = "() => document.querySelector('.leaflet-overlay-pane path.leaflet-interactive') !== null"
# Looked for at the head of a frame, and told by when the browser says it showed that frame. Of a
# frame that took less than 50 ms it says nothing; then the first message after it is near enough.
_PROBE = """
(() => {
  const frames = [], TOLD_MS = 500;
  new PerformanceObserver(list => frames.push(...list.getEntries()))
    .observe({ type: 'long-animation-frame', buffered: true });
  function once(done, name) {
    const after = new MessageChannel();
    let at;
    function look() {
      if (!done()) return requestAnimationFrame(look);
      at = performance.now();
      after.port2.postMessage(null);
    }
    after.port1.onmessage = () => {
      const next = performance.now();
      setTimeout(() => {
        const frame = frames.find(one => one.startTime <= at && at <= one.startTime + one.duration);
        window[name] = frame ? frame.presentationTime || frame.startTime + frame.duration : next;
      }, TOLD_MS);
    };
    requestAnimationFrame(look);
  }
  once(%s, '__seen');
  once(%s, '__live');
})();
"""


@dataclass(frozen=True)
class View:
    """One first view: when features were seen, when the map answered, what came over the line."""

    seen: float  # ms, as is `live`
    live: float
    bytes: int
    requests: int


class Line:
    """What came over the line. Playwright's own `networkidle` misses the end of some loads."""

    def __init__(self) -> None:
        self.sizes: list[int] = []  # bytes
        self._open: set[str] = set()
        self._last = monotonic()

    def listen(self, session: CDPSession) -> None:
        """Hear of every request from now on."""
        session.on("Network.requestWillBeSent", lambda told: self._open.add(told["requestId"]))
        session.on("Network.loadingFailed", self._ended)
        session.on("Network.loadingFinished", self._came)
        session.send("Network.enable")

    def silent_ms(self, least: int) -> bool:
        """Whether nothing has come for so long. Raises `Unavailable` where that takes for ever."""
        still = (monotonic() - self._last) * 1000
        if still > PATIENCE_MS:
            raise Unavailable(f"{len(self._open)} requests of a page were never answered")
        return not self._open and still >= least

    def _came(self, told: dict[str, Any]) -> None:
        self.sizes.append(told["encodedDataLength"])
        self._ended(told)

    def _ended(self, told: dict[str, Any]) -> None:
        self._open.discard(told["requestId"])
        self._last = monotonic()


Overlays = dict[str, Any]  # GeoJSON by title


def first_views(ours: Server, rounds: int, core: int, say: Callable[[str], None]) -> Iterator[Row]:
    """The time and the bytes of each named map, in the projection that it opens in."""
    catalogue = load_catalogue(our_folders(), default_cache())
    with ExitStack() as stack:
        browser = stack.enter_context(_browser(stack.enter_context(sync_playwright())))
        for spec in load_maps().values():
            overlays = _overlays(ours.port, spec, catalogue)
            with _stock(ours.port, _box(spec), overlays, core) as theirs:
                yield from _rows(browser, ours, theirs, spec.id, rounds, say)


def _rows(
    browser: Browser,
    ours: Server,
    theirs: int,
    map_id: str,
    rounds: int,
    say: Callable[[str], None],
) -> Iterator[Row]:
    pages = {
        "marchland": (f"http://127.0.0.1:{ours.port}/maps/{map_id}", SEEN, LIVE),
        "folium": (f"http://127.0.0.1:{theirs}/index.html", STOCK, STOCK),
    }
    seen: dict[str, list[View]] = {name: [] for name in pages}
    for number in range(rounds + 1):
        for name, (url, *marks) in pages.items():
            view = measured(browser, url, *marks)
            if number:  # the first round warms the servers
                seen[name].append(view)
                said = f"seen {view.seen:.0f} ms, in hand {view.live:.0f} ms, {view.bytes} bytes"
                say(f"{map_id} {name}: {said}, {view.requests} requests")
    mine, other = seen["marchland"], seen["folium"]
    note = f"requests {mine[-1].requests} against {other[-1].requests}"
    name = f"first view of {map_id}"
    yield compared(
        f"{name}: features seen", "stock folium", "ms",
        [one.seen for one in mine], [one.seen for one in other], 1, note,
    )  # fmt: skip
    yield alone(f"{name}: features seen", "ms", [one.seen for one in mine], MOST_MS)
    yield compared(
        f"{name}: map in hand", "stock folium", "ms",
        [one.live for one in mine], [one.live for one in other], 1,
    )  # fmt: skip
    yield compared(
        f"{name}: weight", "stock folium", "bytes",
        [one.bytes for one in mine], [one.bytes for one in other], 1,
    )  # fmt: skip
    yield alone(f"{name}: weight", "bytes", [one.bytes for one in mine], MOST_BYTES)


def measured(browser: Browser, url: str, seen: str, live: str) -> View:
    """One visit with an empty cache; bytes are those of the bodies and of the heads of answers."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        line = Line()
        line.listen(session)
        session.send("Network.emulateNetworkConditions", LINE)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.add_init_script(_PROBE % (seen, live))
        page.goto(url, wait_until="commit")
        for _ in range(MOST_ASKS):  # `wait_for_function` would need what our policy forbids
            if page.evaluate("Boolean(window.__seen && window.__live)"):
                break
            page.wait_for_timeout(ASK_MS)
        while not line.silent_ms(QUIET_MS):
            page.wait_for_timeout(ASK_MS)
        seen_ms, live_ms = page.evaluate("[window.__seen, window.__live]")
        return View(seen_ms, live_ms, int(sum(line.sizes)), len(line.sizes))
    finally:
        context.close()


def _browser(playwright: Any) -> Browser:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        raise Unavailable("no chromium on the PATH")
    made: Browser = playwright.chromium.launch(
        executable_path=found, args=["--no-sandbox", "--disable-gpu"]
    )
    return made


@contextmanager
def _stock(port: int, box: list[float], overlays: Overlays, core: int) -> Iterator[int]:
    """folium's page over these overlays and all that it loads, served; the port of the page."""
    folder, own = scratch("stock"), free_port()
    stock.packages()
    (folder / "index.html").write_bytes(stock.page(own, overlays, box))
    words = [sys.executable, stock.__file__, "--port", str(own), "--folder", str(folder)]
    child = Child([*words, "--ours", f"http://127.0.0.1:{port}"], core, folder)
    child.start(f"http://127.0.0.1:{own}/index.html")
    try:
        yield own
    finally:
        child.stop()


def _overlays(port: int, map: MapSpec, catalogue: Catalogue) -> Overlays:
    """What the map shows of its overlays at first, as it gives them to programs: whole."""
    shown = [one for one in map.shown(catalogue) if one.spec.role == "overlay"]
    return {
        one.spec.title: json.loads(fetch(port, [_data(map, one.id)], {})[0].body)
        for one in shown
        if one.id not in map.off
    }


def _data(map: MapSpec, collection: str) -> str:
    return f"/maps/{map.id}/layers/{collection}.geojson"


def _box(map: MapSpec) -> list[float]:
    """The first view on the unrolled world, as the overlays are."""
    return list(map.view)
