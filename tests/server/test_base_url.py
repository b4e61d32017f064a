"""Behind a proxy that serves marchland below a path: every address of ours carries that path."""

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from layers.collection import Collection

BASE = "https://maps.example.org/marchland"
PAGES = [
    "/",
    "/maps",
    "/maps/strait",
    "/embed/strait",
    "/collections",
    "/collections/strait",
    "/collections/strait/items",
    "/collections/strait/items/island",
    "/nowhere",
    "/collections/nowhere",
    "/collections?limit=1",
]
HREF = re.compile(r'(?:href|src|action)="([^"]*)"')


@pytest.fixture(scope="module")
def behind(make_client: Callable[..., TestClient], strait: Collection) -> TestClient:
    return make_client(strait, base_url=BASE)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_stays_below_the_path_of_the_base_url(
    behind: TestClient, path: str
) -> None:
    hrefs = HREF.findall(behind.get(path, headers={"Accept": "text/html"}).text)
    ours = [href for href in hrefs if href.startswith(("/", BASE))]
    assert len(ours) > 3
    assert [href for href in ours if not href.startswith(("/marchland/", BASE))] == []


def test_what_the_script_of_a_map_fetches_is_below_it_too(behind: TestClient) -> None:
    page = behind.get("/maps/strait").text
    script = re.search(r'src="/marchland(/maps/strait/(?:flat|polar|globe)\.[0-9a-f]+\.js)"', page)
    assert script
    text = behind.get(script[1]).text
    assert "/marchland/maps/strait/layers/strait." in text
    assert '"/maps/' not in text


def test_style_sheets_name_fonts_beside_themselves(behind: TestClient) -> None:
    page = behind.get("/maps/strait").text
    sheet = re.search(r'href="/marchland(/assets/marchland/site\.[0-9a-f]+\.css)"', page)
    assert sheet
    assert "url(/" not in behind.get(sheet[1]).text.replace('"', "").replace("'", "")
