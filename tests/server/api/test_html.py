"""Pages over the same documents: every one renders, and text stays text."""

import re
from collections.abc import Callable
from html import unescape
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
            assert text.count('<li id="source-') == len(feature.properties.sources)


def test_the_page_of_a_feature_says_all_that_is_known_of_it(client: TestClient) -> None:
    text = unescape(page(client, "/collections/airbases/items/manas_us_transit_center"))
    for words in (
        "16 December 2001 to 3 June 2014",
        "Kyrgyzstan, United States",
        "Ganci Air Base",
        "Russian-language press",
        "43.0613°\u00a0N, 74.4776°\u00a0E",
        "<strong>Not known:</strong> No published outline",
        "<dt>20 June 2013</dt>",
        "computed",
        "published",
        "2,500\u00a0m",
        "CC-BY-4.0",
        'href="/maps/central_asia"',
        "read on 22 November 2026",
    ):
        assert words in text, words


def test_each_citation_on_the_page_of_a_feature_leads_to_its_source(
    client: TestClient, catalogue: Catalogue
) -> None:
    own = catalogue["airbases"].by_id["manas_us_transit_center"].properties
    text = page(client, "/collections/airbases/items/manas_us_transit_center")
    order = [source.id for source in own.sources]
    vote = next(event for event in own.events if event.date == "2013-06-20")
    cell = text.partition(">20 June 2013<")[2].partition("</dd>")[0]
    cited = [int(n) for n in re.findall(r'href="#source-(\d+)"', cell)]
    assert cited == sorted(order.index(one) + 1 for one in vote.sources)
    assert all(f'id="source-{n}"' in text for n in cited)


def test_the_turning_points_of_a_boundary_stand_in_a_table(
    client: TestClient, catalogue: Catalogue
) -> None:
    line = catalogue["arctic_boundaries"].by_id["us_ru_1990_1_35"].properties
    text = page(client, "/collections/arctic_boundaries/items/us_ru_1990_1_35")
    table = text.partition("Turning points")[2].partition("</table>")[0]
    assert table.count('<th scope="row">') == len(line.vertices) == 35
    assert "65 30 00 N, 168 58 37 W" in table
    assert "65.5°\u00a0N, 168.9769444°\u00a0W" in table


def test_licences_have_a_page_with_whom_to_name(client: TestClient, catalogue: Catalogue) -> None:
    text = unescape(page(client, "/licences"))
    for collection in catalogue.collections.values():
        assert collection.spec.attribution in text
        assert f'href="/collections/{collection.id}?f=html"' in text


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


def test_pages_call_parties_by_their_names_in_the_language_of_the_page(client: TestClient) -> None:
    query = {"lon": "-168.97", "lat": "65.78", "view": "US", "f": "html"}
    page = client.get("/where", params=query).text
    assert '<option value="US" selected>United States</option>' in page
    assert '<span class="dates">Russia, Ukraine, Japan</span>' in page
    assert "View of United States" in page
    french = client.get("/where", params={**query, "lang": "fr"}).text
    assert '<option value="US" selected>États-Unis</option>' in french
    items = client.get("/collections/arctic_boundaries/items?f=html&view=RU").text
    assert '<strong aria-current="true">Russia</strong>' in items
    assert "concerns this party (Russia)" in items


def test_a_page_of_no_features_says_so(client: TestClient) -> None:
    page = client.get("/collections/corridor/items?f=html&offset=900").text
    assert "No feature fits what was asked." in page
    assert "<table" not in page


def test_how_to_ask_where_speaks_to_people_and_gives_places_to_try(client: TestClient) -> None:
    page = client.get("/where?f=html").text
    assert "accuracy_m if" not in page
    assert page.count(">Where am I?<") == 1
    for link in re.findall(r'href="(/where\?lon=[^"]+)"', page):
        assert client.get(link.replace("&amp;", "&")).status_code == 200
