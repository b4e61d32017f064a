"""Stock folium beside ours: its page over the same features, and everything that it loads.

What folium takes from five hosts lies in files here and is served with Brotli at several ports,
as those hosts would: their names and their TLS cost it nothing. Its map tiles are ours.
"""

import argparse
import threading
import urllib.request
from functools import cache as once
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import brotli
import folium
from rooms import cache, need, run

PACKAGES = (
    "leaflet@1.9.3",
    "jquery@3.7.1",
    "bootstrap@5.2.2",
    "@fortawesome/fontawesome-free@6.2.0",
    "leaflet.awesome-markers@2.0.5",
)
# folium's name of a file → where its package has it; two small style sheets are in none
FILES = {
    "leaflet": "leaflet/dist/leaflet.js",
    "leaflet_css": "leaflet/dist/leaflet.css",
    "jquery": "jquery/dist/jquery.min.js",
    "bootstrap": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap_css": "bootstrap/dist/css/bootstrap.min.css",
    "awesome_markers": "leaflet.awesome-markers/dist/leaflet.awesome-markers.js",
    "awesome_markers_css": "leaflet.awesome-markers/dist/leaflet.awesome-markers.css",
    "awesome_markers_font_css": "@fortawesome/fontawesome-free/css/all.min.css",
}
HOSTS = 5  # ports beside that of the page: four of files, one of tiles
TYPES = {".js": "text/javascript", ".css": "text/css", ".png": "image/png", ".html": "text/html"}


def packages() -> Path:
    """The folder of the packages, fetched at its first use. Raises `Unavailable`."""
    home = cache() / "stock"
    if not (home / "node_modules" / "jquery").is_dir():
        home.mkdir(exist_ok=True)
        run([need("npm", "Node.js"), "install", "--ignore-scripts", "--no-audit", "--no-fund",
             *PACKAGES], cwd=home)  # fmt: skip
    return home / "node_modules"


def page(port: int, layers: dict[str, Any], box: list[float]) -> bytes:
    """What folium writes for these layers (GeoJSON by title), its hosts replaced by ours."""
    made = folium.Map()
    for name, collection in layers.items():
        folium.GeoJson(
            collection,
            name=name,
            popup=folium.GeoJsonPopup(["name", "status"]),
            tooltip=folium.GeoJsonTooltip(["name"]),
        ).add_to(made)
    folium.LayerControl().add_to(made)
    west, south, east, north = box
    made.fit_bounds([[south, west], [north, east]])
    text: str = made.get_root().render()
    for number, (file, address) in enumerate([*made.default_js, *made.default_css]):
        here = f"http://127.0.0.1:{port + 1 + number % 4}"
        text = text.replace(address, f"{here}/{FILES.get(file, 'empty.css')}")
    tiles = folium.TileLayer().tiles.partition("{z}")[0]
    return text.replace(tiles, f"http://127.0.0.1:{port + HOSTS}/tiles/").encode()


class _Host(BaseHTTPRequestHandler):
    """Files below the folders that it is given; tiles are asked of ours once and kept."""

    protocol_version = "HTTP/1.1"
    folders: tuple[Path, ...] = ()
    ours: str = ""

    def do_GET(self) -> None:
        """Answer from memory."""
        path = self.path.partition("?")[0]
        body, coding = _tile(self.ours + path) if path.startswith("/tiles/") else self._file(path)
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Type", TYPES.get(Path(path).suffix, "application/octet-stream"))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Cache-Control", "public, max-age=31536000")
        if coding:
            self.send_header("Content-Encoding", coding)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def _file(self, path: str) -> tuple[bytes | None, str]:
        for folder in self.folders:
            if (folder / path.lstrip("/")).is_file():
                return _packed(folder / path.lstrip("/"))
        return (b"", "") if path in ("/empty.css", "/favicon.ico") else (None, "")

    def log_message(self, *said: Any) -> None:
        """Nothing."""


@once
def _packed(path: Path) -> tuple[bytes, str]:
    body = path.read_bytes()
    if path.suffix not in (".js", ".css", ".html"):
        return body, ""
    return brotli.compress(body, quality=5 if path.suffix == ".html" else 11), "br"


@once
def _tile(address: str) -> tuple[bytes, str]:
    """A tile of our base map in place of one of OpenStreetMap, which is heavier."""
    *_, z, x, name = address.split("/")
    row = name.partition(".")[0]
    site = address.partition("/tiles/")[0]
    url = f"{site}/tiles/base/WebMercatorQuad/{z}/{row}/{x}.png"
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310  # loopback
        return answer.read(), ""


def main() -> None:
    """Serve ``--folder`` and the packages at ``--port`` and the ports after it."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--port", type=int, required=True)
    words.add_argument("--folder", type=Path, required=True)
    words.add_argument("--ours", required=True)
    said = words.parse_args()
    _Host.folders, _Host.ours = (said.folder, packages()), said.ours
    servers = [ThreadingHTTPServer(("127.0.0.1", said.port + n), _Host) for n in range(HOSTS + 1)]
    threads = [threading.Thread(target=one.serve_forever) for one in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
