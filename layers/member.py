"""A feature as a map page fetches it: its own geometry, and what a reader is told of it."""

from typing import Any

import orjson

from geo.feature import Feature
from geo.formats import properties_object
from geo.vocabulary import Status
from layers.collection import Collection
from layers.legend import rule_of

CONTESTED = (Status.CLAIMED, Status.DISPUTED)
_OF_BASE = ("name", "names", "kind", "status", "parties", "note", "missing", "tags")


def member(
    collection: Collection, feature: Feature, geometry: dict[str, Any] | None
) -> dict[str, Any]:
    """The GeoJSON object with ``geometry`` as a view has it.

    ``rule`` is the index of its style rule (null where none fits) and ``vertices`` the number of
    its turning points: their list is long, and its place is the API. Of the base little is told
    but for what is contested.
    """
    told = properties_object(feature.properties)
    vertices = len(told.pop("vertices", []))
    if collection.spec.role == "base":
        kept = _OF_BASE if feature.properties.status in CONTESTED else ("name", "status")
        told = {key: told[key] for key in kept if key in told}
    return {
        "type": "Feature",
        "id": feature.id,
        "rule": rule_of(collection, feature),
        "vertices": vertices,
        "geometry": geometry,
        "properties": told,
    }


def told(collection: Collection) -> bytes:
    """What features say of themselves, by their ids: ``properties`` and number of ``vertices``.

    What a reader asks for when a map is there already: `layers.light` leaves it out.
    """
    every = (member(collection, feature, None) for feature in collection.features)
    kept = ("properties", "vertices")
    return orjson.dumps({one["id"]: {key: one[key] for key in kept} for one in every})
