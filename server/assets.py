"""Files for the browser, each at an address that holds a digest of its bytes.

Such an address never changes its content, so it may be kept for ever; a page names the new one.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import MappingProxyType

from server.maps.inert import script_json
from server.prepared import DENSE, Prepared, prepare
from server.speech import ENGLISH, LANGUAGES, script_texts

HOME = Path(__file__).parent
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}
# Our own scripts are one noun per file and reach the browser bundled; they load in this order.
AROUND = "marchland/around.js"
BUNDLES = {
    "marchland/around.js": (  # whatever draws the map
        "dom.js", "words.js", "unpack.js", "state.js", "later.js", "drawer.js", "message.js",
        "panel.js", "framed.js", "tools.js", "legend.js", "perspective.js", "time.js", "table.js",
    ),
    "marchland/later.js": (  # what comes at the first sign of a reader's hand (later.js)
        "told.js", "facts.js", "geodesic.js", "search.js", "measure.js", "whereis.js",
        "pictures.js",
    ),
    "marchland/map.js": (  # Leaflet draws it
        "polar-crs.js", "shapes.js", "layer.js", "labels.js", "keyboard.js", "leaflet-drawer.js",
        "polar.js", "frame.js", "height.js", "embed.js",
    ),
    "marchland/globe.js": (  # d3-geo draws it
        "versor.js", "globe-view.js", "globe-data.js", "globe-paint.js", "globe-hit.js",
        "globe-names.js", "globe-base.js", "globe-pointer.js", "globe-keys.js", "globe-card.js",
        "height.js", "globe.js",
    ),
    "marchland/page.js": ("page.js", "snippet.js"),
    "marchland/site.css": ("fonts.css", "site.css"),
    "marchland/text.css": ("lists.css", "where.css", "story.css"),  # every page but those of a map
    "marchland/map.css": ("map.css", "around.css", "time.css", "twin.css"),
    "marchland/globe.css": ("globe.css",),
    "marchland/icon.svg": ("icon.svg",),
}  # fmt: skip
_COMMENT = re.compile(rb"^[ \t]*/\*[\s\S]*?\*/[ \t]*\n", re.MULTILINE)
_INDENT = re.compile(rb"^[ \t]+", re.MULTILINE)
_ASSET = re.compile(rb"asset:([\w./-]+)")  # how our style sheets name a file of the wheel


class Assets:
    """Every file for the browser: ``addresses`` by name, ``made`` (ready to send) by address."""

    def __init__(self) -> None:
        addresses: dict[str, str] = {}
        made: dict[str, Prepared] = {}
        for name, body in _files():
            final = _ASSET.sub(lambda found: b"../" + addresses[found[1].decode()].encode(), body)
            addresses[name] = _address(name, final)
            made[addresses[name]] = prepare(final, TYPES[Path(name).suffix], quality=DENSE)
        self.addresses = MappingProxyType(addresses)
        self.made = MappingProxyType(made)


@cache
def assets() -> Assets:
    """The files of this installation, read and compressed at the first call."""
    return Assets()


def address(name: str) -> str:
    """Where below ``/assets/`` the file is, for example ``leaflet/leaflet.<digest>.js``."""
    return assets().addresses[name]


def script_name(name: str, lang: str) -> str:
    """A bundle in a language: the one around a map brings what scripts say; others stay."""
    if name != "around":
        return name
    return AROUND if lang == ENGLISH else f"marchland/around.{lang}.js"


def _files() -> Iterator[tuple[str, bytes]]:
    """Those of the wheel first: ours name them."""
    wheel = HOME / "_assets"
    for path in sorted(wheel.glob("*/*")):
        if path.suffix in TYPES:
            yield path.relative_to(wheel).as_posix(), path.read_bytes()
    for name, parts in BUNDLES.items():
        body = thin(b"\n".join((HOME / "static" / part).read_bytes() for part in parts))
        yield name, body
        if name == AROUND:
            for lang in LANGUAGES.keys() - {ENGLISH}:
                yield script_name("around", lang), _said(lang) + body


def _said(lang: str) -> bytes:
    """What stands before the scripts so that they speak a language."""
    return f"window.marchland = {{ said: {script_json(script_texts(lang))} }};\n".encode()


def thin(body: bytes) -> bytes:
    """A script or a style sheet of ours without indents and without comments on lines of their own.

    A sixth less to send. No string of ours runs over lines, so that none is touched.
    """
    return _INDENT.sub(b"", _COMMENT.sub(b"", body))


def _address(name: str, body: bytes) -> str:
    path = Path(name)
    digest = hashlib.sha256(body).hexdigest()[:16]
    return f"{path.parent.as_posix()}/{path.stem}.{digest}{path.suffix}"
