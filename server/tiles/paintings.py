"""Layers of a MapLibre style: the rules of a collection as paint properties and filters.

The pens and tints are those of the pictures (`server.draw.overlays`), so that both agree.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from geo.feature import Feature, Form
from geo.scene import Stroke
from geo.vocabulary import Status
from layers.collection import Collection
from layers.legend import paints, rule_of
from layers.maps import MapSpec
from layers.spec import Paint
from layers.themes import Pen, Theme
from server.draw.looks import LOOSE, Look, is_loose
from server.draw.overlays import fill_of, mark_of, stroke_of
from server.draw.traits import contested

Layer = dict[str, Any]
Expression = list[Any]
_SHAPES: dict[Form, str] = {"area": "Polygon", "line": "LineString", "point": "Point"}
_IS_LOOSE: Expression = [
    "any",
    ["in", ["get", "evidence"], ["literal", [str(one) for one in LOOSE]]],
    ["==", ["get", "status"], str(Status.PLANNED)],
]
_IS_DISPUTED: Expression = ["==", ["get", "status"], str(Status.DISPUTED)]
_ORDER: tuple[Form, ...] = ("area", "line", "point")


def background(theme: Theme) -> Layer:
    """The sea."""
    return {"id": "sea", "type": "background", "paint": {"background-color": theme.sea}}


def base_layers(collection: Collection, map: MapSpec, theme: Theme, source: str) -> list[Layer]:
    """Land, countries, lakes and rivers in the colours of the theme."""
    head = {"source": source, "source-layer": collection.id}
    make = {"land": _land, "countries": _countries, "lakes": _lakes, "rivers": _rivers}
    return make[collection.id](head, map, theme, collection) if collection.id in make else []


def overlay_layers(collection: Collection, map: MapSpec, theme: Theme, source: str) -> list[Layer]:
    """A layer for every way in which the rules of the collection draw its features."""
    hidden = {"layout": {"visibility": "none"}} if collection.id in map.off else {}
    head = {"source": source, "source-layer": collection.id, **hidden}
    made: list[Layer] = []
    for form in _ORDER:
        for rule, paint in enumerate(paints(collection)):
            mine = [one for one in collection.features if _is(collection, one, rule, form)]
            for layer in _of_rule(theme.paint(paint), form, mine, map, collection.id):
                name = f"{collection.id}-{rule}-{layer.pop('part')}"
                where = ["all", *_chosen(form, rule), *layer.pop("where", [])]
                made.append({"id": name, **layer, **head, "filter": where})
    return made


def _is(collection: Collection, feature: Feature, rule: int, form: Form) -> bool:
    return feature.form == form and rule_of(collection, feature) == rule


def _chosen(form: Form, rule: int) -> list[Expression]:
    return [["==", ["geometry-type"], _SHAPES[form]], ["==", ["get", "rule"], rule]]


def _of_rule(
    paint: Paint, form: Form, features: list[Feature], map: MapSpec, id: str
) -> Iterator[Layer]:
    """What one rule draws of one form; ``part`` and ``where`` are for the caller."""
    if form == "point" and features:
        yield {"part": "point", "type": "circle", "paint": _circle(paint)}
    if form == "area" and features and (fill := fill_of(paint, Look(paint))):
        colours = {"fill-color": fill.color, "fill-opacity": fill.opacity, "fill-antialias": False}
        yield {"part": "area", "type": "fill", "paint": colours}
    if form == "point" or (form == "area" and id in map.unstroked):
        return
    unlike = is_disputed if form == "area" else is_loose
    where = _IS_DISPUTED if form == "area" else _IS_LOOSE
    kinds = {unlike(one) for one in features}
    for special in sorted(kinds):
        stroke = stroke_of(
            _broken(paint, special, form), Look(paint, loose=special), form == "area"
        )
        if stroke:
            part = {"area": "edge", "line": "line"}[form] + ("-open" if special else "")
            layer: Layer = {"part": part, "type": "line", "paint": line_paint(stroke)}
            yield layer | (
                {"where": [where if special else ["!", where]]} if len(kinds) > 1 else {}
            )


def is_disputed(feature: Feature) -> bool:
    """Whether the feature is disputed as a whole."""
    return feature.properties.status is Status.DISPUTED


def _broken(paint: Paint, disputed: bool, form: Form) -> Paint:
    """The edge of a disputed area is dashed: a style without pictures has no hatches."""
    if form == "area" and disputed and not paint.dash:
        return paint.model_copy(update={"dash": "4 3"})
    return paint


def line_paint(stroke: Stroke) -> dict[str, Any]:
    """A pen as MapLibre writes it: dashes are counted in widths of the line."""
    made: dict[str, Any] = {
        "line-color": stroke.color,
        "line-width": stroke.width,
        "line-opacity": round(stroke.opacity, 3),
    }
    if stroke.dash:
        made["line-dasharray"] = [round(one / stroke.width, 3) for one in stroke.dash]
    return made


def _circle(paint: Paint) -> dict[str, Any]:
    mark = mark_of((0.0, 0.0), Look(paint), paint)
    made: dict[str, Any] = {"circle-radius": mark.radius}
    if mark.fill:
        made |= {"circle-color": mark.fill.color, "circle-opacity": mark.fill.opacity}
    if mark.stroke:
        made["circle-stroke-color"] = mark.stroke.color
        made["circle-stroke-width"] = mark.stroke.width
        made["circle-stroke-opacity"] = mark.stroke.opacity
    return made


def _fill(color: str, opacity: float = 1.0) -> dict[str, Any]:
    return {"fill-color": color, "fill-opacity": opacity, "fill-antialias": False}


def _pen(pen: Pen) -> dict[str, Any]:
    return line_paint(pen.stroke)


def _land(head: Layer, map: MapSpec, theme: Theme, collection: Collection) -> list[Layer]:
    return [
        {"id": "land", "type": "fill", **head, "paint": _fill(theme.land)},
        {"id": "coast", "type": "line", **head, "paint": _pen(theme.coast)},
    ]


def _countries(head: Layer, map: MapSpec, theme: Theme, collection: Collection) -> list[Layer]:
    opened = contested(collection)
    made: list[Layer] = []
    if map.highlight:
        where = ["in", ["get", "id"], ["literal", list(map.highlight)]]
        tint = _fill(theme.highlight.color, theme.highlight.opacity)
        made.append({"id": "highlight", "type": "fill", **head, "filter": where, "paint": tint})
    if opened.any():
        tint = _fill(theme.contested.color, theme.contested.opacity)
        made.append(
            {"id": "contested", "type": "fill", **head, "filter": _IS_DISPUTED, "paint": tint}
        )
    return [
        *made,
        {"id": "borders", "type": "line", **head, "paint": _pen(theme.border)},
        {
            **{"id": "borders-disputed", "type": "line", **head},
            **{"filter": _IS_DISPUTED, "paint": _pen(theme.border_disputed)},
        },
    ]


def _lakes(head: Layer, map: MapSpec, theme: Theme, collection: Collection) -> list[Layer]:
    return [
        {"id": "lakes", "type": "fill", **head, "paint": _fill(theme.lake)},
        {"id": "lake-edges", "type": "line", **head, "paint": _pen(theme.lake_edge)},
    ]


def _rivers(head: Layer, map: MapSpec, theme: Theme, collection: Collection) -> list[Layer]:
    return [{"id": "rivers", "type": "line", **head, "paint": _pen(theme.river)}]


def used(layers: Iterable[Layer]) -> set[str]:
    """The source layers that a style draws."""
    return {layer["source-layer"] for layer in layers if "source-layer" in layer}
