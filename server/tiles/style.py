"""The MapLibre style of a map: its vector tiles, drawn with the paints of its layers.

MapLibre draws in Web Mercator only. There is no server of glyphs and no sprite here, and a style
may name nothing foreign; so it has no names, and what is disputed is dashed and not hatched.
"""

from collections.abc import Sequence
from functools import partial
from math import log2
from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from geo.plane import MERCATOR, WORLD
from layers.collection import Collection
from layers.maps import MapSpec
from layers.themes import Theme
from server.ask import Ask, asked
from server.draw.order import ordered
from server.errors import BadParameter
from server.framework import Router
from server.maps.routes import find_map
from server.prepared import Prepared
from server.tiles.paintings import background, base_layers, overlay_layers, used
from server.tiles.tilejson import COVER, depth_of, said_once
from server.tiles.vector import joined
from server.writer import Document, answered, as_json

router = Router()
CONFORMANCE: tuple[str, ...] = ()
_GRID = "WebMercatorQuad"
_SOURCES = {"base": "base", "overlay": "overlays"}
_WINDOW = (800, 600)  # px
_TILE = 512  # px of a tile as MapLibre counts zooms
_MISSING = [
    "Names: this server has no glyphs for a client to write with.",
    "Hatches: disputed areas have a dashed edge in their place.",
    "Symbols other than circles.",
]


@router.get("/maps/{id}/style.json")
async def style(request: Request, id: str) -> Response:
    """How MapLibre draws one map from our vector tiles; ``theme`` is light or dark."""
    return await answered(asked(request, ("theme",)), partial(_style, id))


def style_document(ask: Ask, map: MapSpec, theme: Theme) -> Document:
    """The style, version 8 of the format."""
    shown = [one for one in ordered(ask.site.drawing, map) if one.extent is not None]
    layers = [background(theme), *_coast_on_top(_layers(shown, map, theme))]
    drawn = used(layers)
    return {
        "version": 8,
        "name": map.title,
        "metadata": {"marchland:map": map.id, "marchland:missing": _MISSING},
        **_look(map),
        "sources": {
            name: _source(ask, map, mine)
            for role, name in _SOURCES.items()
            if (mine := [one for one in shown if one.spec.role == role and one.id in drawn])
        },
        "layers": layers,
    }


def _layers(shown: Sequence[Collection], map: MapSpec, theme: Theme) -> list[dict[str, Any]]:
    make = {"base": base_layers, "overlay": overlay_layers}
    return [
        layer
        for one in shown
        if one.spec.role in make
        for layer in make[one.spec.role](one, map, theme, _SOURCES[one.spec.role])
    ]


def _coast_on_top(layers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The coast above the borders: the outline of a country runs along it too."""
    base = [n for n, layer in enumerate(layers) if layer["source"] == "base"]
    coast = [layer for layer in layers if layer["id"] == "coast"]
    if not coast:
        return layers
    end = base[-1] + 1
    return [one for one in layers[:end] if one["id"] != "coast"] + coast + layers[end:]


def _source(ask: Ask, map: MapSpec, collections: list[Collection]) -> Document:
    grid = ask.site.drawing.grids[_GRID]
    return {
        "type": "vector",
        "tiles": [ask.links.vector_tile(joined(collections), grid.id, "{z}/{y}/{x}")],
        "minzoom": 0,
        "maxzoom": depth_of(collections, grid),
        "bounds": list(COVER),
        "attribution": said_once(collections),
    }


def _look(map: MapSpec) -> Document:
    """Where a client begins: the map's first view in a window of `_WINDOW`."""
    west, south, east, north = map.view
    corners = MERCATOR.forward(np.array([[west, south], [east, north]]))
    (left, low), (right, high) = corners / WORLD
    width, height = _WINDOW
    zoom = min(log2(width / (right - left)), log2(height / (high - low))) - log2(_TILE)
    ((lon, lat),) = MERCATOR.inverse(corners.mean(axis=0)[None, :])
    return {"center": [round(float(lon), 3), round(float(lat), 3)], "zoom": round(max(0, zoom), 2)}


def _style(id: str, ask: Ask) -> Prepared:
    return as_json(style_document(ask, find_map(ask.site, id), _theme(ask)))


def _theme(ask: Ask) -> Theme:
    themes, name = ask.site.drawing.themes, ask.values.get("theme", "light")
    if name not in themes:
        raise BadParameter(f"theme is {name[:40]!r}; it is one of: {', '.join(themes)}")
    return themes[name]
