"""The landing page, the conformance classes, the description of the API, and what they link to."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from layers.collection import Collection
from server.app import GROUPS
from server.settings import Settings

Make = Callable[..., Any]


@pytest.fixture(scope="module")
def strait_client(make_client: Make, strait: Collection) -> TestClient:
    made: TestClient = make_client(strait)
    return made


def links_in(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        if "href" in value and "rel" in value:
            yield value
        for part in value.values():
            yield from links_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from links_in(part)


@pytest.mark.parametrize(
    "address",
    ["/", "/collections", "/collections/strait", "/licences", "/maps", "/collections/strait/items"],
)
def test_every_link_leads_to_an_answer_of_the_type_it_promises(
    strait_client: TestClient, address: str
) -> None:
    found = list(links_in(strait_client.get(address, headers={"Accept": "*/*"}).json()))
    assert found
    for one in found:
        answer = strait_client.get(one["href"], headers={"Accept": one["type"]})
        assert answer.status_code == 200, one
        assert answer.headers["content-type"].startswith(one["type"].split(";")[0]), one


def test_the_landing_page_has_what_a_client_of_ogc_api_looks_for(
    strait_client: TestClient,
) -> None:
    rels = {one["rel"]: one["type"] for one in strait_client.get("/").json()["links"]}
    assert {"self", "service-desc", "conformance", "data"} <= set(rels)
    assert rels["service-desc"] == "application/vnd.oai.openapi+json;version=3.0"


def test_conformance_lists_the_classes_of_every_route_group(strait_client: TestClient) -> None:
    listed = strait_client.get("/conformance").json()["conformsTo"]
    assert listed == [uri for group in GROUPS for uri in group.CONFORMANCE]
    assert len(listed) == len(set(listed))
    assert "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/landing-page" in listed
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in listed


@pytest.mark.parametrize("address", ["/", "/api", "/conformance", "/collections", "/healthz"])
def test_an_unknown_parameter_is_refused_everywhere(
    strait_client: TestClient, address: str
) -> None:
    answer = strait_client.get(f"{address}?frmat=json")
    assert answer.status_code == 400
    assert answer.json()["detail"].endswith("did you mean f?")


def test_a_configured_address_stands_in_every_link(make_client: Make, strait: Collection) -> None:
    client: TestClient = make_client(strait, base_url="https://maps.example.org/m")
    for address in ("/", "/collections", "/collections/strait/items"):
        for one in links_in(client.get(address).json()):
            assert one["href"].startswith("https://maps.example.org/m/")


def test_the_page_for_people_names_every_collection(client: TestClient) -> None:
    page = client.get("/", headers={"Accept": "text/html"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    for one in client.get("/collections").json()["collections"]:
        assert f"/collections/{one['id']}" in page.text


def test_an_application_needs_no_disk_and_no_environment(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setenv("MARCHLAND_PORT", "not read")
    assert make_app().state.site.settings == settings
