"""The published schema of a feature is the one that features meet."""

from collections.abc import Iterator
from typing import Any

import orjson
from starlette.testclient import TestClient

from geo.formats import feature_object
from geo.model import Properties
from layers.catalogue import Catalogue


def refs(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for part in value.values():
            yield from refs(part)
    elif isinstance(value, list):
        for part in value:
            yield from refs(part)


def test_every_reference_in_the_schema_leads_somewhere(client: TestClient) -> None:
    schema = client.get("/schemas/feature.json").json()
    for ref in refs(schema):
        assert ref.removeprefix("#/$defs/") in schema["$defs"]


def test_the_schema_lists_every_property_and_what_is_required(client: TestClient) -> None:
    answer = client.get("/schemas/feature.json")
    assert answer.headers["content-type"] == "application/schema+json"
    own = answer.json()["$defs"]["Properties"]
    assert set(own["properties"]) == set(Properties.model_fields)
    assert {"status", "licence", "sources", "evidence"} <= set(own["required"])
    assert own["additionalProperties"] is False


def test_our_features_hold_only_members_that_the_schema_knows(
    client: TestClient, catalogue: Catalogue
) -> None:
    schema = client.get("/schemas/feature.json").json()
    known = schema["$defs"]["Properties"]["properties"]
    for collection in catalogue.collections.values():
        for feature in collection.features[:3]:
            plain = orjson.loads(orjson.dumps(feature_object(feature)))
            assert set(plain) == set(schema["properties"])
            assert set(plain["properties"]) <= set(known)
