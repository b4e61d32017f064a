"""The pages to read: whole, cited, linked, and absent where their layers are."""

import re
from collections.abc import Callable

from starlette.testclient import TestClient

from layers.collection import Collection


def test_the_story_cites_by_number_and_lists_each_number(client: TestClient) -> None:
    page = client.get("/story").text
    cited = set(re.findall(r'href="#(source-\d+)"', page))
    listed = set(re.findall(r'<li id="(source-\d+)"', page))
    assert cited == listed
    assert len(listed) > 30


def test_the_story_holds_the_four_maps_as_pictures_that_lead_to_them(client: TestClient) -> None:
    page = client.get("/story").text
    for id in ("central_asia", "caucasus", "arctic_claims", "bering"):  # noqa: A001
        assert f'href="/maps/{id}"' in page
        assert f'src="/maps/{id}/static.png' in page


def test_the_story_corrects_what_is_often_told_wrongly(client: TestClient) -> None:
    page = client.get("/story").text
    assert page.count("<dt>“") == 6


def test_the_about_page_counts_what_is_there(client: TestClient) -> None:
    page = client.get("/about").text
    assert "Not for navigation" in page
    assert 'href="/collections/arctic_zones?f=html"' in page


def test_a_server_without_our_layers_has_no_story_and_says_so(
    make_client: Callable[..., TestClient], strait: Collection
) -> None:
    found = make_client(strait).get("/story")
    assert found.status_code == 404
    assert "does not hold" in found.json()["detail"]
    assert make_client(strait).get("/about").status_code == 200
