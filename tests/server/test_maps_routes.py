"""The addresses of the maps."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from layers.catalogue import Catalogue, load_collection
from layers.folder import Folder
from layers.maps import load_maps, maps_of
from server.app import create_app
from server.settings import Settings

PAGE = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
NAMED = list(load_maps())
HOSTILE_ID = "{{7*7}} `${alert(1)}` <img>"


class _Links(HTMLParser):
    """Every address that the browser loads by itself, every inline script or style, all text."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.inline: list[str] = []
        self.text: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._inside = tag
        named = tag == "link" and given["rel"] in ("canonical", "alternate")  # and not loaded
        if tag in ("script", "img", "iframe") or (tag == "link" and not named):
            self.loaded.append(given.get("src") or given.get("href") or "")
        self.inline += [name for name in given if name == "style" or name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._inside in ("script", "style") and data.strip():
            self.inline.append(data)


def read(page: str) -> _Links:
    reader = _Links()
    reader.feed(page)
    return reader


def test_the_list_of_maps_is_json_for_programs(client: TestClient) -> None:
    document = client.get("/maps").json()
    listed = {one["id"]: one for one in document["maps"]}
    assert list(listed)[: len(NAMED)] == NAMED
    for one in listed.values():
        assert one["title"]
        assert all({"href", "rel", "type"} <= set(link) for link in one["links"])


def test_the_list_of_maps_is_a_page_for_browsers(client: TestClient) -> None:
    answer = client.get("/maps", headers=PAGE)
    assert answer.headers["content-type"].startswith("text/html")
    for name in NAMED:
        assert f'href="/maps/{name}"' in answer.text


@pytest.mark.slow
def test_every_link_of_the_list_leads_somewhere(client: TestClient) -> None:
    document = client.get("/maps").json()
    links = {link["href"] for one in document["maps"] for link in one["links"]}
    for href in sorted(links):
        small = f"{href}?limit=1" if href.endswith("/items") else href
        assert client.get(small).status_code == 200, href


@pytest.mark.parametrize("id", NAMED)
@pytest.mark.parametrize("kind", ["maps", "embed"])
def test_a_page_loads_only_our_own_files_and_all_of_them_are_there(
    client: TestClient, id: str, kind: str
) -> None:
    answer = client.get(f"/{kind}/{id}", headers=PAGE)
    assert answer.status_code == 200
    found = read(answer.text)
    assert found.inline == []
    assert len(found.loaded) >= 5
    for address in found.loaded:
        assert address.startswith("/"), address
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("id", NAMED)
def test_the_script_of_a_map_names_data_that_is_there(client: TestClient, id: str) -> None:
    page = client.get(f"/maps/{id}").text
    found = re.search(rf"/maps/{id}/(flat|polar)\.\w+\.js", page)
    assert found
    script = client.get(found[0])
    assert "immutable" in script.headers["cache-control"]
    layers = re.findall(r'"(url|told|fine)":"([^"]+)"', script.text)
    assert len(layers) >= 9
    for kind, address in sorted(set(layers)):
        data = client.get(address)
        held = data.json()
        if kind != "told":
            each = held.get("layers", {"": held}).values()
            assert all(one["quantum"] > 0 and one["features"] for one in each)
        assert data.headers["access-control-allow-origin"] == "*"
        assert (
            client.get(address, headers={"If-None-Match": data.headers["etag"]}).status_code == 304
        )


def test_a_script_of_yesterday_is_answered_with_that_of_today_but_not_kept(
    client: TestClient,
) -> None:
    answer = client.get("/maps/caucasus/flat.0123456789abcdef.js")
    assert answer.status_code == 200
    assert "immutable" not in answer.headers["cache-control"]


def test_a_map_is_a_page_unless_json_is_asked_for_by_name(client: TestClient) -> None:
    assert client.get("/maps/caucasus").headers["content-type"].startswith("text/html")
    assert client.get("/maps/caucasus", headers=PAGE).headers["content-type"].startswith("text/")
    assert client.get("/maps/caucasus?f=json").json()["id"] == "caucasus"
    asked = client.get("/maps/caucasus", headers={"Accept": "application/json"})
    assert asked.json()["collections"][-1] == "labels"


def test_a_page_ignores_parameters_that_it_does_not_know(client: TestClient) -> None:
    assert client.get("/maps/caucasus?utm_source=letter").status_code == 200
    assert client.get("/embed/caucasus?utm_source=letter").status_code == 200


@pytest.mark.parametrize("form", ["geojson", "polar.geojson", "globe.geojson"])
def test_a_layer_is_geojson_in_every_projection_and_the_same_in_fewer_bytes(
    client: TestClient, form: str
) -> None:
    address = f"/maps/caucasus/layers/corridor.{form}"
    whole = client.get(address)
    light = client.get(
        address.replace("geojson", "json").replace("corridor.json", "corridor.flat.json")
    )
    assert whole.headers["content-type"] == "application/geo+json"
    assert [one["id"] for one in whole.json()["features"]] == [
        one["id"] for one in light.json()["features"]
    ]
    assert len(light.content) < len(whole.content)


def test_a_page_opens_as_its_map_is_best_seen_and_as_it_is_asked_for(client: TestClient) -> None:
    for path, opens in (
        ("/maps/arctic", "polar"),
        ("/maps/arctic?projection=flat", "flat"),
        ("/maps/caucasus", "flat"),
        ("/embed/caucasus?projection=polar", "polar"),
        ("/maps/caucasus?projection=%3Cscript%3E", "flat"),
        ("/maps/caucasus?theme=%22%3E&projection=polar&projection=flat", "polar"),
    ):
        page = client.get(path, headers=PAGE).text
        assert f'data-projection="{opens}"' in page, path
        assert "data-theme" not in page
    assert 'data-theme="dark"' in client.get("/maps/caucasus?theme=dark", headers=PAGE).text


@pytest.mark.parametrize(
    "path",
    [
        "/maps/nowhere",
        "/embed/nowhere",
        "/maps/nowhere/flat.0123456789abcdef.js",
        "/maps/caucasus/oblique.0123456789abcdef.js",
        "/maps/caucasus/layers/airbases.geojson",
        "/maps/caucasus/layers/nothing.geojson",
        "/maps/country_groups",
        "/assets/leaflet/leaflet.js",
        "/assets/../settings.py",
        "/assets/%2e%2e/settings.py",
    ],
)
def test_what_is_not_there_is_a_404(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_every_overlay_with_geometry_has_a_map_of_its_own(client: TestClient) -> None:
    assert client.get("/maps/corridor").status_code == 200
    assert client.get("/embed/corridor").status_code == 200


def test_the_page_says_what_it_cannot_show_what_it_rests_on_and_how_to_use_it(
    client: TestClient,
) -> None:
    text = " ".join(read(client.get("/maps/arctic?projection=flat").text).text)
    for words in ("ends at 85° north", "Kartverket", "CC-BY-4.0", "<iframe src=", "GeoJSON"):
        assert words in text, words


def test_a_feature_without_geometry_is_in_the_list_with_its_facts(
    client: TestClient, catalogue: Catalogue
) -> None:
    without = [f for f in catalogue["corridor"].features if f.geometry is None]
    assert without
    text = " ".join(read(client.get("/maps/caucasus").text).text)
    for feature in without:
        assert feature.properties.name in text
        assert feature.properties.note is None or feature.properties.note in text


def test_pages_are_the_same_bytes_in_two_applications(
    settings: Settings, catalogue: Catalogue
) -> None:
    bodies = []
    for _ in range(2):
        with TestClient(create_app(settings, catalogue, maps_of(catalogue))) as client:
            bodies.append(client.get("/maps/caucasus").content)
    assert bodies[0] == bodies[1]


def test_addresses_stand_below_a_public_path(cache: Path, catalogue: Catalogue) -> None:
    settings = Settings.checked({"cache": cache, "base_url": "https://example.org/marchland"})
    with TestClient(create_app(settings, catalogue, maps_of(catalogue))) as client:
        page = client.get("/maps/caucasus").text
    assert 'src="/marchland/assets/' in page
    assert "https://example.org/marchland/embed/caucasus" in page


@pytest.fixture(scope="module")
def hostile_client(hostile: Folder, settings: Settings, catalogue: Catalogue) -> TestClient:
    """The layer under an id that no folder may have, in case that rule falls one day."""
    collection = replace(load_collection(hostile, settings.cache), id=HOSTILE_ID)
    every = Catalogue({**catalogue.collections, collection.id: collection})
    return TestClient(create_app(settings, every, maps_of(every)))


@pytest.mark.parametrize("kind", ["maps", "embed"])
def test_hostile_text_is_shown_as_text(
    hostile_client: TestClient, hostile: Folder, kind: str
) -> None:
    listed = {one["id"]: one for one in hostile_client.get("/maps").json()["maps"]}
    page = hostile_client.get(f"/{kind}/" + listed[HOSTILE_ID]["links"][1]["href"].split("/")[-1])
    assert page.status_code == 200
    found = read(page.text)
    assert found.inline == []
    assert all(address.startswith("/") for address in found.loaded)
    assert hostile.spec.title in found.text
    assert hostile.spec.style.rules[0].label in found.text
    assert hostile.spec.attribution in " ".join(found.text)


def test_hostile_text_comes_through_every_address_of_its_map(
    hostile_client: TestClient,
) -> None:
    document = hostile_client.get("/maps").json()
    own = next(one for one in document["maps"] if one["id"] == HOSTILE_ID)
    page = hostile_client.get(own["links"][1]["href"]).text
    script = next(one for one in read(page).loaded if "/flat." in one and "assets" not in one)
    text = hostile_client.get(script).text
    for address in re.findall(r'"url":"([^"]+)"', text):
        assert hostile_client.get(address).status_code == 200, address
    assert hostile_client.get("/", headers=PAGE).status_code == 200
    assert hostile_client.get("/maps", headers=PAGE).status_code == 200


def test_every_link_of_a_map_leads_to_what_it_names(client: TestClient) -> None:
    links = client.get("/maps/caucasus?f=json").json()["links"]
    names = {one["href"].rpartition("/")[2] for one in links}
    assert names >= {"style.json", "tiles.json", "static.svg"}
    for link in links:
        answer = client.get(link["href"].removeprefix("http://127.0.0.1:8000"))
        assert answer.status_code == 200, link
        assert answer.headers["content-type"].startswith(link["type"]), link
