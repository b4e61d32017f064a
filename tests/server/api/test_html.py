"""Pages over the same documents: every one renders, and text stays text."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from layers.catalogue import Catalogue

Make = Callable[..., Any]
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def page(client: TestClient, address: str) -> str:
    answer = client.get(address, headers=BROWSER)
    assert answer.status_code == 200, address
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "Accept" in answer.headers["vary"]
    return answer.text


@pytest.mark.parametrize("address", ["/", "/collections"])
def test_the_lists_lead_to_every_collection(
    client: TestClient, catalogue: Catalogue, address: str
) -> None:
    text = page(client, address)
    assert all(f'href="/collections/{name}?f=html"' in text for name in catalogue.collections)


def test_every_collection_and_its_items_have_a_page(
    client: TestClient, catalogue: Catalogue
) -> None:
    for collection in catalogue.collections.values():
        assert "What it does not hold" in page(client, f"/collections/{collection.id}")
        assert "<h1>Features</h1>" in page(client, f"/collections/{collection.id}/items?limit=5")


def test_every_feature_of_a_sourced_layer_has_a_page_with_its_sources(
    client: TestClient, catalogue: Catalogue
) -> None:
    for name in ("airbases", "bering_events", "arctic_boundaries", "bering_transits", "corridor"):
        for feature in catalogue[name].features:
            text = page(client, f"/collections/{name}/items/{feature.id}")
            assert text.count("<li>") >= len(feature.properties.sources)


def test_text_of_a_layer_is_shown_and_not_executed(
    make_client: Make, make_collection: Make, make_feature: Make
) -> None:
    text = "{{7*7}}{% raw %}</script><img src=x onerror=alert(1)>\"'`${7*7}"
    feature = make_feature(
        text,
        name=text,
        note=text,
        missing=text,
        instrument=text,
        names=[{"text": text, "lang": "en", "used_by": text}],
        events=[{"date": "2014", "text": text, "sources": ["s"]}],
        sources=[{"id": "s", "title": text, "publisher": text}],
    )
    words = {"title": text, "description": text, "attribution": text, "missing": [text]}
    client = make_client(make_collection("h", feature, **words))
    alone = f"/collections/h/items/{quote(text, safe='')}"
    for address in ("/", "/collections", "/collections/h", "/collections/h/items", alone):
        shown = page(client, address)
        assert "{{7*7}}{% raw %}&lt;/script&gt;&lt;img src=x" in shown
        assert "<img" not in shown


def test_pages_follow_each_other_as_pages(client: TestClient) -> None:
    text = page(client, "/collections/airbases/items?limit=5")
    assert 'rel="next"' in text
    assert "f=html" in text.partition('rel="next" href="')[2].partition('"')[0]
