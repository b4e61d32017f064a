"""A folium map made inert, deterministic and free of inline code. The one file that imports folium.

branca renders an element's script and then compiles the result as a template again, so data that
reached it would be executed. Therefore no text of a layer is given to folium but layer names, and
those escaped; everything else is one JSON object per layer, and the second pass finds no brace
that it could read. Features come to the page by URL only.
"""

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink, MacroElement
from folium.map import CustomPane, Layer, LayerControl
from folium.template import Template

from layers.maps import MapSpec
from server.maps.inert import script_json
from server.maps.parts import Drawn, Parts

_CRS = re.compile(r"EPSG3857|Polar[EW]\d{1,3}")
_FIRST_PANE = 410  # above Leaflet's overlayPane (400), below its markerPane (600)


def render(
    map: MapSpec,
    layers: Sequence[Drawn],
    frame: dict[str, Any],
    scripts: Sequence[str],
    styles: Sequence[str],
) -> Parts:
    """``map`` as its parts; the same bytes for the same input.

    ``frame`` is what our script needs for the map as a whole. ``scripts`` and ``styles`` are the
    addresses of Leaflet and of our own, in loading order; no others come in. The ``crs`` of
    ``frame`` is one of Leaflet's or of our own script; folium writes its name as it is.
    """
    crs = frame.get("crs", "EPSG3857")
    if not _CRS.fullmatch(crs):
        raise ValueError(f"{crs!r} is no CRS of a map; give EPSG3857, or PolarE5 and its like")
    made = _folium_map(map, crs)
    made.default_js = [(f"script_{n}", url) for n, url in enumerate(scripts)]
    made.default_css = [(f"style_{n}", url) for n, url in enumerate(styles)]
    for depth, layer in enumerate(layers):
        pane = f"layer-{depth}"
        made.add_child(CustomPane(pane, z_index=_FIRST_PANE + depth, pointer_events=True))
        made.add_child(_Fetched(layer, pane, _name(layer, layers)))
    made.add_child(LayerControl(collapsed=True, autoZIndex=False))
    made.add_child(_Frame(frame))
    return _split(made)


def escaped(text: str) -> str:
    """Plain text as HTML without braces: Leaflet puts layer names through innerHTML."""
    return html.escape(text).replace("{", "&#123;").replace("}", "&#125;").replace("`", "&#96;")


def _folium_map(map: MapSpec, crs: str) -> folium.Map:
    west, south, east, north = map.view
    return folium.Map(
        location=[(south + north) / 2, (west + east) / 2],  # folium alone wants lat, lon
        zoom_start=int(map.zoom.min),
        tiles=None,
        crs=crs,
        zoom_snap=0,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=120,
        max_bounds_viscosity=1.0,
        attribution_control=False,  # the page says it beside the map, with or without scripts
    )


def _name(layer: Drawn, layers: Sequence[Drawn]) -> str:
    """The escaped name; with the id where two layers have one name, which the control needs."""
    alone = sum(other.name == layer.name for other in layers) == 1
    return escaped(layer.name if alone else f"{layer.name} ({layer.id})")


class _Fetched(Layer):
    """A layer whose features the browser fetches."""

    _template = Template(
        """{% macro script(this, kwargs) %}
var {{ this.get_name() }} = marchland.layer({{ this.config }});
{% endmacro %}"""
    )

    def __init__(self, layer: Drawn, pane: str, name: str) -> None:
        super().__init__(name=name, overlay=True, control=layer.control, show=layer.show)
        self._name = "Fetched"
        self.config = script_json({**layer.config, "id": layer.id, "pane": pane})


class _Frame(MacroElement):
    """The rest of a map: first view, bounds, scale, keyboard, messages."""

    _template = Template(
        """{% macro script(this, kwargs) %}
marchland.frame({{ this._parent.get_name() }}, {{ this.config }});
{% endmacro %}"""
    )

    def __init__(self, frame: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types
        self._name = "Frame"
        self.config = script_json(frame)


class _Verbatim(Element):
    """Text that is given out as it is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **kwargs: Any) -> str:
        return self.text


class _Sink(Element):
    """Collects what elements render, and never takes it for a template a second time."""

    def add_child(self, child: Any, name: str | None = None, index: int | None = None) -> Any:
        if type(child) is Element and child._template_str is not None:
            child = _Verbatim(child._template_str)
        return super().add_child(child, name, index)


def _split(made: folium.Map) -> Parts:
    for number, element in enumerate(_walk(made)):
        element._id = str(number)  # folium's ids are random; ours make equal bytes
    figure = made.get_root()
    assert isinstance(figure, Figure)
    for place in ("header", "html", "script"):
        sink = _Sink()
        sink._parent = figure
        setattr(figure, place, sink)
    made.render()  # type: ignore[no-untyped-call]  # folium neither, here
    head = list(figure.header._children.values())
    return Parts(
        scripts=tuple(one.url for one in head if isinstance(one, JavascriptLink)),
        styles=tuple(one.url for one in head if isinstance(one, CssLink)),
        body="".join(one.render() for one in figure.html._children.values()).strip(),
        script=_enclosed(figure.script._children.values()),
    )


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element._children.values():
        yield from _walk(child)


def _enclosed(pieces: Any) -> bytes:
    """The pieces as one function of its own, tidied, so that no name of it is global."""
    lines = [line.rstrip() for one in pieces for line in one.render().splitlines()]
    body = "\n".join(line for line in lines if line)
    return f"(function () {{\n'use strict';\n{body}\n}})();\n".encode()
