"""The description of the API is OpenAPI 3.0.3 and agrees with what the server does."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from layers.collection import Collection
from server.queryables import filter_names

Make = Callable[..., Any]
VARIABLES = {
    "featureId": "alaska",
    "mapId": "strait",
    "tileMatrixSetId": "WebMercatorQuad",
    "tileMatrix": "2",
    "tileRow": "1",
    "tileCol": "0",
}


@pytest.fixture(scope="module")
def strait_client(make_client: Make, strait: Collection) -> TestClient:
    made: TestClient = make_client(strait)
    return made


@pytest.fixture(scope="module")
def document(strait_client: TestClient) -> dict[str, Any]:
    made: dict[str, Any] = strait_client.get("/api").json()
    return made


def refs(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (v for k, v in value.items() if k == "$ref")
        for part in value.values():
            yield from refs(part)
    elif isinstance(value, list):
        for part in value:
            yield from refs(part)


def resolved(document: dict[str, Any], parameter: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in parameter:
        return parameter
    found: dict[str, Any] = document["components"]["parameters"][parameter["$ref"].split("/")[-1]]
    return found


def test_it_is_version_3_0_3_with_the_media_type_that_ogc_names(
    strait_client: TestClient, document: dict[str, Any]
) -> None:
    assert document["openapi"] == "3.0.3"
    kind = strait_client.get("/api").headers["content-type"]
    assert kind == "application/vnd.oai.openapi+json;version=3.0"


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for ref in refs(document):
        place: Any = document
        for part in ref.removeprefix("#/").split("/"):
            place = place[part]
        assert place


def test_operation_ids_are_unique_and_paths_name_their_variables(document: dict[str, Any]) -> None:
    ids = [path["get"]["operationId"] for path in document["paths"].values()]
    assert len(ids) == len(set(ids))
    for path, about in document["paths"].items():
        said = [resolved(document, one) for one in about["get"]["parameters"]]
        assert re.findall(r"{(\w+)}", path) == [p["name"] for p in said if p["in"] == "path"]
        assert all(
            response["description"]
            for key, response in about["get"]["responses"].items()
            if key == "200"
        )


def test_every_path_answers_with_a_type_that_it_lists(
    strait_client: TestClient, document: dict[str, Any]
) -> None:
    for path, about in document["paths"].items():
        answer = strait_client.get(path.format_map(VARIABLES))
        assert answer.status_code == 200, path
        listed = about["get"]["responses"]["200"]["content"]
        assert answer.headers["content-type"] in {
            *listed,
            *(f"{one}; charset=utf-8" for one in listed),
        }


def test_items_list_every_filter_so_that_clients_push_them(
    document: dict[str, Any], strait: Collection
) -> None:
    about = document["paths"]["/collections/strait/items"]["get"]["parameters"]
    names = {resolved(document, one)["name"] for one in about}
    common = {"f", "lang", "bbox", "datetime", "limit", "offset", "view"}
    assert names == {*common, *filter_names(strait)}


def test_nothing_of_json_schema_beyond_3_0_is_used(document: dict[str, Any]) -> None:
    def keys(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            yield from value
            for part in value.values():
                yield from keys(part)
        elif isinstance(value, list):
            for part in value:
                yield from keys(part)

    assert not set(keys(document)) & {"const", "$defs", "$schema", "examples", "prefixItems", "$id"}


@pytest.mark.parametrize("address", ["/redoc", "/openapi.json"])
def test_pages_that_load_from_foreign_hosts_are_off(
    strait_client: TestClient, address: str
) -> None:
    assert strait_client.get(address).status_code == 404
