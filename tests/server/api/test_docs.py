"""The API as a page for people."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from layers.collection import Collection
from server.api.docs import operations

Make = Callable[..., Any]


@pytest.fixture(scope="module")
def strait_client(make_client: Make, strait: Collection) -> TestClient:
    made: TestClient = make_client(strait)
    return made


def test_every_address_of_the_description_stands_on_the_page(strait_client: TestClient) -> None:
    document = strait_client.get("/api").json()
    page = strait_client.get("/docs").text
    told = set(re.findall(r'<code class="address">GET ([^<]+)</code>', page))
    every = {
        re.sub(r"^/collections/[^/{]+", "/collections/{collectionId}", path)
        for path in document["paths"]
    }
    assert set(map(unescape, told)) == every


def test_what_all_collections_have_is_told_once_and_of_none(strait_client: TestClient) -> None:
    found = list(operations(strait_client.get("/api").json()))
    assert len({one.path for one in found}) == len(found)
    items = next(one for one in found if one.path == "/collections/{collectionId}/items")
    assert items.summary == "Items of a collection"
    assert {"bbox", "datetime", "view"} <= {one["name"] for one in items.parameters}


def test_the_page_speaks_the_language_that_is_asked_for(strait_client: TestClient) -> None:
    page = strait_client.get("/docs?lang=fr")
    assert page.headers["content-language"] == "fr"
    assert "Interface pour les programmes" in page.text


def test_the_page_is_one_whatever_form_a_program_prefers(strait_client: TestClient) -> None:
    answer = strait_client.get("/docs", headers={"Accept": "application/json"})
    assert answer.headers["content-type"].startswith("text/html")
