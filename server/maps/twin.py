"""The table beside a map: the same features, a row for each; and what changes on the map when."""

from typing import Any

from geo.feature import Feature
from geo.moment import Interval, first_day, last_day
from server.citation import citation
from server.links import Links
from server.maps.changes import is_dated, stop_at, stops_of
from server.maps.lexicon import party_names
from server.maps.look import Perspective
from server.maps.plan import Plan
from server.maps.ticks import ticks_of

Layer = dict[str, Any]
FILES = {"geojson": "GeoJSON", "csv": "CSV", "kml": "KML", "gpkg": "GeoPackage"}


def listed(plan: Plan, layers: list[Layer]) -> list[tuple[Layer, Layer, Feature]]:
    """Each feature that the page lists: its layer and its row (`listed.layer_context`), and itself.

    Overlays come first, then what is contested on the base map.
    """
    held = {one.id: one.by_id for one in plan.collections}
    return [
        (layer, row, held[layer["id"]][row["id"]])
        for layer in sorted(layers, key=lambda one: one["role"], reverse=True)
        for row in layer["features"]
    ]


def twin(plan: Plan, layers: list[Layer], seen: Perspective) -> Layer:
    """The table: its ``rows`` and the ``statuses`` among them, in the order of the alphabet."""
    every = listed(plan, layers)
    codes = {code for _, row, _ in every for code in row.get("parties", ())}
    names = party_names(plan.site, sorted(codes), plan.lang)
    rows = [
        {
            **row,
            "layer": layer,
            "first": first_day(row["valid_from"]).isoformat() if row["valid_from"] else None,
            "last": last_day(row["valid_to"]).isoformat() if row["valid_to"] else None,
            "party_names": ", ".join(names.get(code, code) for code in row.get("parties", ())),
            "remark": seen.remark(feature),
        }
        for layer, row, feature in every
    ]
    return {"rows": rows, "statuses": sorted({row["status"] for row in rows})}


def times(plan: Plan, layers: list[Layer], at: Interval | None) -> Layer | None:
    """The slider: its ``stops`` and ``ticks``, the number ``now``, how many are ``undated``.

    It is about what the overlays draw on this map. None where nothing of that has a date.
    """
    here = [
        (layer["id"], feature)
        for layer, row, feature in listed(plan, layers)
        if layer["role"] == "overlay" and row["place"] == "here"
    ]
    if not any(is_dated(feature) for _, feature in here):
        return None
    stops = stops_of(here, plan.lang)
    return {
        "stops": stops,
        "ticks": ticks_of(stops),
        "now": stop_at(stops, at),
        "undated": sum(not is_dated(feature) for _, feature in here),
        "count": len(here),
    }


def files(plan: Plan, absolute: Links) -> dict[str, Layer]:
    """For each layer of the map: how to cite it, and its ``files`` by name."""
    return {
        one.id: {
            "citation": citation(one, absolute.collection(one.id)),
            "files": {name: plan.links.download(one.id, form) for form, name in FILES.items()},
        }
        for one in plan.collections
    }
