"""What a map page says about each of its layers: texts, licence, legend and features."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from geo.feature import Feature
from geo.formats import properties_object
from layers.area import within
from layers.collection import Collection
from layers.legend import Entry, legend
from layers.maps import MapSpec
from server.maps.plan import Plan
from server.names import name_of

UNSETTLED = ("claimed", "disputed")
_UNSAID: dict[str, Any] = {
    "valid_from": None,
    "valid_to": None,
    "note": None,
    "missing": None,
    "figures": [],
    "events": [],
}


def layer_context(plan: Plan, collection: Collection) -> dict[str, Any]:
    """What a page says about one layer: texts, licence, addresses, legend and features."""
    spec, links = collection.spec, plan.links
    return {
        "id": collection.id,
        "title": plan.say(spec.title),
        "description": spec.description,
        "role": spec.role,
        "attribution": spec.attribution,
        "licence": spec.licence,
        "licence_url": spec.licence_url,
        "missing": spec.missing,
        "count": len(collection.features),
        "page": links.collection(collection.id, f="html"),
        "geojson": links.items(collection.id, f="json", limit=10_000),
        "legend": legend_context(plan, collection),
        "off": collection.id in plan.spec.off,
        "simplified": spec.role == "overlay" and collection.heavy_coverage,
        "features": _features(plan, collection),
    }


def legend_context(plan: Plan, collection: Collection) -> list[Entry]:
    """The legend of what the map can show; the base and the labels explain themselves."""
    if collection.spec.role != "overlay":
        return []
    entries = legend(collection, [f for f in collection.features if within(f, plan.spec)])
    return [_as_drawn(one, plan, collection.id) for one in entries]


def _as_drawn(entry: Entry, plan: Plan, collection: str) -> Entry:
    """The line of a legend as this map draws it: without an outline, without a hatch."""
    spec, label = plan.spec, plan.say(entry.label)
    plain = entry.form == "area" and collection in spec.unstroked
    paint = entry.paint.model_copy(update={"weight": 0.0}) if plain else entry.paint
    return replace(entry, label=label, paint=paint, disputed=entry.disputed and spec.hatched)


def _features(plan: Plan, collection: Collection) -> list[dict[str, Any]]:
    """Overlays in full; of the context what lies here, of the base what is contested here."""
    if collection.spec.role == "labels":
        return []
    held: Iterable[Feature] = collection.features
    if collection.spec.role == "base":
        held = [one for one in held if one.properties.status in UNSETTLED]
    every = ((feature, place_of(feature, plan.spec)) for feature in held)
    return [
        _row(plan, collection, feature, place)
        for feature, place in every
        if place == "here" or _listed_whole(plan.spec, collection)
    ]


def _listed_whole(spec: MapSpec, collection: Collection) -> bool:
    return collection.spec.role != "base" and collection.id not in spec.context


def _row(plan: Plan, collection: Collection, feature: Feature, place: str) -> dict[str, Any]:
    told = properties_object(feature.properties)
    name, lang = name_of(told, plan.lang)
    return {
        "id": feature.id,
        "place": place,
        "href": plan.links.item(collection.id, feature.id, f="html"),
        **_UNSAID,
        **told,
        "name": name,
        "name_lang": lang,
    }


def place_of(feature: Feature, spec: MapSpec) -> str:
    """Where a feature is for a reader of the map: ``here``, ``outside`` of it, or ``nowhere``."""
    if feature.box is None:
        return "nowhere"
    return "here" if within(feature, spec) else "outside"
