"""In which language a page comes: as its address says, else as the browser likes it."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from server.language import preferred
from server.negotiate import qualities

PAGE = {"Accept": "text/html"}
PAGES = (
    "/", "/maps", "/maps/bering", "/collections", "/collections/airbases",
    "/collections/airbases/items", "/collections/corridor/items/syunik_rail_route", "/about",
    "/story", "/licences", "/where", "/embed/bering",
)  # fmt: skip


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "en"), ("ru", "ru"), ("ru-RU,ru;q=0.9,en;q=0.8", "ru"), ("fr-CA", "fr"),
        ("de, fr;q=0.4, ru;q=0.3", "fr"), ("en;q=0.2, ru;q=0.2", "en"),
        ("ru;q=0.2, en;q=0.2", "ru"),
        ("*", "en"), ("de, *;q=0.1", "en"), ("ru;q=0", "en"), ("ru;q=nan, fr;q=0.1", "fr"),
        ("rus", "en"), ("RU", "ru"), ("x" * 9000, "en"), ("ru;q=0.1, *;q=0.5", "en"),
    ],
)  # fmt: skip
def test_a_browser_gets_the_language_that_it_ranks_highest(header: str, lang: str) -> None:
    assert preferred(qualities(header)) == lang


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_its_language_and_what_it_depends_on(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}?lang=fr", headers={**PAGE, "Accept-Language": "ru"})
    assert answer.status_code == 200, path
    assert '<html lang="fr"' in answer.text
    assert answer.headers["Content-Language"] == "fr"
    assert "Accept-Language" in answer.headers["Vary"]


def test_the_address_goes_before_the_browser_and_both_before_english(client: TestClient) -> None:
    def lang(path: str, **headers: str) -> str:
        answer = client.get(path, headers={**PAGE, **headers})
        return answer.headers["Content-Language"]

    assert lang("/maps") == "en"
    assert lang("/maps", **{"Accept-Language": "ru"}) == "ru"
    assert lang("/maps?lang=en", **{"Accept-Language": "ru"}) == "en"
    assert lang("/maps", **{"Accept-Language": "fr"}) == "fr"  # kept apart from the first answer


@pytest.mark.parametrize("path", [*PAGES, "/docs"])
@pytest.mark.parametrize("wild", ["xx", "RU", "", "ru-RU", "%3Cscript%3E", "xx&lang=ru"])
def test_every_page_passes_over_a_language_that_there_is_not(
    client: TestClient, path: str, wild: str
) -> None:
    answer = client.get(f"{path}?lang={wild}", headers={**PAGE, "Accept-Language": "fr"})
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == "fr"
    assert '<html lang="fr"' in answer.text
    assert not re.search(r"lang=(xx|RU|%3C)|<script>", answer.text)


def test_an_error_has_the_language_of_its_page(client: TestClient) -> None:
    for lang in ("xx", "fr"):
        headers = {**PAGE, "Accept-Language": "fr"}
        answer = client.get(f"/where?lon=x&lat=1&lang={lang}", headers=headers)
        assert answer.status_code == 400
        assert '<html lang="fr"' in answer.text


@pytest.mark.parametrize("wild", ["xx", "RU", "", "%3Cscript%3E", "en&lang=ru"])
def test_data_and_pictures_refuse_a_wild_language_by_its_name(
    client: TestClient, wild: str
) -> None:
    for path in (
        "/", "/collections/airbases/items", "/where", "/maps", "/maps/bering",
        "/maps/bering/static.png", "/maps/bering/og.png", "/maps/bering/first.flat.json",
        "/maps/bering/layers/land.geojson", "/collections/airbases/download.csv",
        "/tiles/base/WebMercatorQuad/0/0/0.png",
    ):  # fmt: skip
        answer = client.get(f"{path}?lang={wild}", headers={"Accept": "application/json"})
        assert answer.status_code == 400, path
        assert answer.json()["detail"].startswith("lang is"), path


def test_json_stays_in_english_and_takes_the_language_of_its_page(client: TestClient) -> None:
    plain = client.get("/collections", headers={"Accept-Language": "ru"})
    assert plain.headers["Content-Type"] == "application/json"
    assert "Accept-Language" not in plain.headers["Vary"]
    assert client.get("/collections?lang=ru").json() == plain.json()
    assert client.get("/collections?lang=de").status_code == 400


@pytest.mark.parametrize("path", ["/", "/maps/bering", "/collections/airbases", "/where", "/story"])
def test_a_page_that_was_asked_for_in_a_language_leads_to_pages_in_it(
    client: TestClient, path: str
) -> None:
    page = unescape(client.get(f"{path}?lang=ru", headers=PAGE).text)
    for href in re.findall(r'<a [^>]*?href="(/[^"#]*)', page):
        if not re.search(r"^/api|^/healthz|f=json|/download\.|/static\.", href):
            assert "lang=ru" in href, href
    liked = unescape(client.get(path, headers={**PAGE, "Accept-Language": "ru"}).text)
    hrefs = re.findall(r'<a [^>]*?href="(/[^"]*)', liked)
    assert hrefs
    assert not [href for href in hrefs if "lang=" in href and not href.startswith("/embed")]


def test_each_page_leads_to_itself_in_the_other_languages(client: TestClient) -> None:
    path = "/collections/airbases/items?limit=2&status=former"
    page = unescape(client.get(f"{path}&lang=ru", headers=PAGE).text)
    alternates = dict(
        re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', page)
    )
    assert alternates.keys() == {"x-default", "en", "ru", "fr"}
    assert alternates["fr"] == f"http://127.0.0.1:8000{path}&lang=fr"
    assert alternates["x-default"] == f"http://127.0.0.1:8000{path}"
    links = re.findall(r'<a href="([^"]+)" lang="(\w\w)" hreflang="\2"', page)
    assert [lang for _, lang in links] == ["en", "ru", "fr"]
    for href, lang in links:
        answer = client.get(href, headers=PAGE)
        assert answer.headers["Content-Language"] == lang


def test_the_map_in_a_frame_stays_in_the_language_of_its_author(client: TestClient) -> None:
    page = unescape(client.get("/maps/bering", headers={**PAGE, "Accept-Language": "ru"}).text)
    snippet = unescape(re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[0])
    assert "/embed/bering?lang=ru" in snippet
    assert "(карта)" in snippet


def test_texts_of_the_data_are_marked_as_english(client: TestClient) -> None:
    page = client.get("/collections/airbases?lang=ru", headers=PAGE).text
    assert re.search(r'<p class="standfirst" lang="en">', page)
    assert "на английском языке" in page
    assert (
        ' lang="en">'
        not in client.get("/collections/airbases?lang=en", headers=PAGE).text.split("<main")[1]
    )


def test_a_name_is_the_readers_where_the_data_have_one(client: TestClient) -> None:
    page = client.get("/collections/corridor/items?lang=ru&limit=100", headers=PAGE).text
    assert ">Ордубад<" in page
    assert '<span lang="en">' in page


def test_pictures_of_a_page_are_in_its_language(client: TestClient) -> None:
    page = unescape(client.get("/maps/bering?lang=fr", headers=PAGE).text)
    assert re.search(r'og:image" content="[^"]*/og\.png\?lang=fr"', page)
    assert re.search(r'<noscript><picture>.*<img class="map-still" src="[^"]*lang=fr', page)
    assert "Carte\u00a0: Le passage du détroit de Béring." in page
    drawn = client.get("/maps/bering/static.svg?lang=ru&width=700&height=525").text
    assert "Проход через Берингов пролив" in drawn
    assert "Коническая".lower() in drawn.lower()
    assert "Scale along" not in drawn


def test_the_view_of_a_party_is_told_in_the_language_of_the_page(client: TestClient) -> None:
    where = "/where?lon=-139&lat=71.5&view=CA&f=html"
    russian = client.get(f"{where}&lang=ru", headers=PAGE).text
    assert "Притязание: Канада" in russian
    assert "claims this" not in russian
    assert ">На суше" in russian or ">В море" in russian
    assert "Canada claims this" in client.get(where, headers=PAGE).text
    beaufort = "/collections/arctic_zones/items?view=CA&f=html&limit=50"
    assert "Revendication\u00a0: Canada" in client.get(f"{beaufort}&lang=fr", headers=PAGE).text
