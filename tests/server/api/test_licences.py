"""Licences: each collection with its own, and those of features that differ."""

from collections.abc import Callable
from typing import Any

from starlette.testclient import TestClient

Make = Callable[..., Any]


def test_every_collection_has_a_licence_an_attribution_and_publishers(client: TestClient) -> None:
    listed = client.get("/licences").json()["collections"]
    assert [one["id"] for one in listed] == [
        one["id"] for one in client.get("/collections").json()["collections"]
    ]
    for one in listed:
        assert one["license"]
        assert one["attribution"]
        assert one["publishers"]


def test_a_feature_under_another_licence_is_not_hidden(
    make_client: Make, make_collection: Make, make_feature: Make
) -> None:
    mixed = make_collection(
        "mixed", make_feature("a"), make_feature("b", licence="ODbL-1.0", attribution="Mappers")
    )
    one = make_client(mixed).get("/licences").json()["collections"][0]
    assert one["licenses_of_features"] == ["CC0-1.0", "ODbL-1.0"]
    assert one["attributions_of_features"] == ["Mappers"]
