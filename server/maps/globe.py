"""A map as a globe: the canvas of its page, and the script that tells ours what to draw."""

from typing import Any

from layers.maps import MapSpec
from layers.spec import Paint
from layers.themes import Theme
from server import pages
from server.assets import address, script_name
from server.maps.inert import script_json
from server.maps.parts import Drawn, Parts
from server.speech import ENGLISH
from server.state import Site

SCRIPTS = (
    "d3-array/d3-array.min.js",
    "d3-geo/d3-geo.min.js",
    "around",
    "marchland/globe.js",
)
STYLES = ("marchland/map.css", "marchland/globe.css")
NORTHERN = 72.0  # degrees: the latitude in the middle of a globe whose map goes around the pole
_TEXTS = (
    "state", "territory", "capital", "town", "sea", "strait", "lake", "area", "area_open", "own",
    "graticule", "other",
)  # fmt: skip


def globe_parts(
    site: Site, map: MapSpec, layers: list[Drawn], frame: dict[str, Any], lang: str = ENGLISH
) -> Parts:
    """The globe of a page; the same bytes for the same input, and no code in the page itself.

    ``layers`` come lowest first. The script calls ours once, with ``frame``, the layers, and the
    colours of both themes.
    """
    told = {
        **frame,
        "centre": centre_of(map),
        "bbox": list(map.bbox),
        "layers": [layer_object(site, one) for one in layers],
        "themes": {name: theme_object(one) for name, one in site.drawing.themes.items()},
    }
    return Parts(
        scripts=tuple(site.links.asset(address(script_name(name, lang))) for name in SCRIPTS),
        styles=tuple(site.links.asset(address(name)) for name in STYLES),
        body=pages.render("globe.html", {"map": map}, lang).decode().strip(),
        script=f"marchland.globe({script_json(told)});\n".encode(),
    )


def centre_of(map: MapSpec) -> list[float]:
    """What the first view has in its middle: lon, lat.

    That of the map's globe where it is shown as one elsewhere, the middle of the map, or, of a map
    that goes around the pole, the meridian that its picture has in the middle.
    """
    for shown in (map.card, map.picture):
        if shown and shown.crs == "globe":
            return [shown.lon0, shown.lat0]
    west, south, east, north = map.bbox
    width = east - west if east > west else east - west + 360
    if width > 180:
        return [map.picture.lon0 if map.picture else map.lon0, max(NORTHERN, (south + north) / 2)]
    return [round((west + width / 2 + 180) % 360 - 180, 3), round((south + north) / 2, 3)]


def layer_object(site: Site, layer: Drawn) -> dict[str, Any]:
    """What the script needs to know of a layer; ``dark`` are its paints on dark ground."""
    dark = [
        site.drawing.themes["dark"].paint(Paint.model_validate(one))
        for one in layer.config["paints"]
    ]
    return {
        **layer.config,
        "id": layer.id,
        "show": layer.show,
        "dark": [one.model_dump(mode="json", exclude_none=True) for one in dark],
    }


def theme_object(theme: Theme) -> dict[str, Any]:
    """What a canvas needs of a theme: colours and pens of the base, and the letters of names."""
    told = theme.model_dump(
        mode="json",
        exclude={"id", "title", "letters", "panel", "overlays"},
    )
    told["panel"] = theme.panel.model_dump(mode="json", include={"paper", "ink", "accent", "box"})
    told["letters"] = {
        name: theme.letters_of(name).model_dump(mode="json", exclude={"halo_opacity"})
        for name in _TEXTS
    }
    return told
