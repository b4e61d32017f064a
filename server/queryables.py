"""What the items of a collection can be filtered by, as JSON Schema."""

from typing import Any

from geo.model import Properties
from layers.collection import Collection

_PLAIN = ("name", "kind", "status", "parties", "claimant", "evidence", "instrument", "licence")
_DATES = ("valid_from", "valid_to")
_ABOUT = {
    "id": "The feature's id.",
    "name": "The feature's name, exactly.",
    "kind": "What the feature is, one word.",
    "status": "How settled the thing is.",
    "parties": "A party concerned: ISO 3166-1 alpha-2, or EU.",
    "claimant": "The same as parties: who claims or has agreed; ISO 3166-1 alpha-2, or EU.",
    "evidence": "What the geometry rests on.",
    "instrument": "The treaty or act, exactly as written.",
    "licence": "The SPDX identifier of the licence.",
    "valid_from": "Valid since, as precise as its source.",
    "valid_to": "Valid until, as precise as its source.",
}


def queryables(collection: Collection) -> dict[str, dict[str, Any]]:
    """Each query parameter of the collection's items with the schema of its value."""
    named = {name: _text(name) for name in ("id", *_PLAIN, *_DATES)}
    closed = Properties.model_json_schema()["$defs"]
    named["status"]["enum"] = closed["Status"]["enum"]
    named["evidence"]["enum"] = closed["Evidence"]["enum"]
    return named | {f"tags.{tag}": _tag(tag) for tag in collection.tags}


def filter_names(collection: Collection) -> tuple[str, ...]:
    """The names alone."""
    return ("id", *_PLAIN, *_DATES, *(f"tags.{tag}" for tag in collection.tags))


def queryables_document(collection: Collection, href: str) -> dict[str, Any]:
    """The JSON Schema that OGC API – Features part 3 calls queryables."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": href,
        "type": "object",
        "title": collection.spec.title,
        "properties": queryables(collection),
        "additionalProperties": False,
    }


def _text(name: str) -> dict[str, Any]:
    return {"type": "string", "title": name, "description": _ABOUT[name]}


def _tag(tag: str) -> dict[str, Any]:
    about = f"The value of the tag {tag}, as text; true and false are words."
    return {"type": "string", "title": f"tags.{tag}", "description": about}
