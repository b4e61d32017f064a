"""Collections: extent across 180°, dates, licence, gaps, and what one may filter by."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from layers.collection import Collection

Make = Callable[..., Any]


@pytest.fixture(scope="module")
def document(make_client: Make, strait: Collection) -> dict[str, Any]:
    made: dict[str, Any] = make_client(strait).get("/collections/strait").json()
    return made


def test_a_collection_says_what_it_is_and_whose(document: dict[str, Any]) -> None:
    said = {key: document[key] for key in ("id", "title", "license", "attribution", "itemType")}
    assert said == {
        "id": "strait",
        "title": "A strait",
        "license": "CC0-1.0",
        "attribution": "us",
        "itemType": "feature",
    }
    assert document["numberOfItems"] == 7


def test_crs84_comes_first(document: dict[str, Any]) -> None:
    assert document["crs"][0] == "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def test_an_extent_across_180_has_west_above_east(
    make_client: Make, make_collection: Make, strait: Collection
) -> None:
    near = make_collection("near", *(f for f in strait.features if f.id != "diagonal"))
    box = make_client(near).get("/collections/near").json()["extent"]["spatial"]["bbox"][0]
    assert box == [170.0, 50.0, -150.0, 70.0]


def test_the_temporal_extent_is_open_where_a_feature_has_no_end(document: dict[str, Any]) -> None:
    assert document["extent"]["temporal"]["interval"] == [["1990-06-01T00:00:00Z", None]]


def test_an_empty_collection_has_no_place_and_no_dates(
    make_client: Make, make_collection: Make
) -> None:
    extent = make_client(make_collection("empty")).get("/collections/empty").json()["extent"]
    assert "spatial" not in extent
    assert extent["temporal"]["interval"] == [[None, None]]


def test_the_list_holds_each_collection_as_it_stands_alone(client: TestClient) -> None:
    for one in client.get("/collections").json()["collections"]:
        assert client.get(f"/collections/{one['id']}").json() == one


def test_an_unknown_collection_is_a_404_with_a_bound(client: TestClient) -> None:
    answer = client.get(f"/collections/{'x' * 5000}")
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:marchland:problem:no-such-collection"
    assert len(answer.json()["detail"]) <= 500


def test_what_is_listed_as_queryable_is_accepted(make_client: Make, strait: Collection) -> None:
    client: TestClient = make_client(strait)
    schema = client.get("/collections/strait/queryables").json()
    assert {"status", "kind", "parties", "tags.lit", "tags.height"} <= set(schema["properties"])
    for name, about in schema["properties"].items():
        value = about["enum"][0] if "enum" in about else "1"
        answer = client.get("/collections/strait/items", params={name: value})
        assert answer.status_code == 200, name
