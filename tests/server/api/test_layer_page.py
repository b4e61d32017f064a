"""The page of a layer: what it rests on, how to get it, how to cite it."""

import html
import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from layers.catalogue import Catalogue
from layers.collection import Collection

PAGE = {"accept": "text/html"}


def test_every_source_of_a_layer_is_in_its_table_once(
    client: TestClient, catalogue: Catalogue
) -> None:
    page = html.unescape(client.get("/collections/airbases", headers=PAGE).text)
    sources = {s.id for f in catalogue["airbases"].features for s in f.properties.sources}
    table = page[page.index('id="sources-title"') :]
    assert table.count('class="source-name"') == len(sources)
    assert "U.S. Handing Over Key To Kyrgyz Base" in table


@pytest.mark.parametrize("id", ["airbases", "arctic_zones", "labels", "country_groups"])
def test_every_example_and_every_file_of_a_layer_has_an_answer(client: TestClient, id: str) -> None:
    page = client.get(f"/collections/{id}", headers=PAGE).text
    section = page[page.index('id="files-title"') : page.index('id="version-title"')]
    found = [html.unescape(one) for one in re.findall(r'href="([^"]+)"', section)]
    ours = [one for one in found if "/collections/" in one]
    assert len(ours) >= 8
    for href in ours:
        assert client.get(href).status_code == 200, href


def test_the_counts_of_a_layer_add_up(client: TestClient, catalogue: Catalogue) -> None:
    page = client.get("/collections/corridor", headers=PAGE).text
    part = page[page.index('id="count-2"') : page.index('id="count-3"')]
    counts = [int(one) for one in re.findall(r"<dd>(\d+)", part)]
    assert sum(counts) == len(catalogue["corridor"].features)


def test_a_layer_says_how_to_cite_it_with_version_and_licence(client: TestClient) -> None:
    page = client.get("/collections/arctic_zones", headers=PAGE).text
    assert re.search(r"Cite as:</strong> marchland: Arctic zones.*version [0-9a-f]{12}", page)
    assert "CC-BY-4.0" in page


def test_an_empty_layer_has_a_page_without_idle_headings(
    make_client: Callable[..., TestClient], make_collection: Callable[..., Collection]
) -> None:
    page = make_client(make_collection("empty")).get("/collections/empty", headers=PAGE)
    assert page.status_code == 200
    assert "sources-title" not in page.text
