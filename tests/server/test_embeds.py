"""Maps for somebody's frame."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from layers.catalogue import Catalogue
from layers.maps import MapSpec, load_maps, maps_of
from server.app import create_app
from server.embeds.snippet import snippet
from server.settings import Settings


def query(page: str) -> str:
    """The query of the address in the lines to copy."""
    source = page.partition("&lt;iframe src=&#34;")[2].partition("&#34;")[0]
    return unescape(unescape(source)).partition("?")[2]


def policy(client: TestClient, path: str) -> dict[str, str]:
    header = client.get(path).headers["content-security-policy"]
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


def test_an_embed_may_be_framed_by_anybody_and_a_page_only_by_us(client: TestClient) -> None:
    assert policy(client, "/embed/bering")["frame-ancestors"] == "*"
    assert policy(client, "/maps/bering")["frame-ancestors"] == "'self'"
    assert "x-frame-options" not in client.get("/embed/bering").headers


def test_the_operator_decides_who_may_frame(cache: Path, catalogue: Catalogue) -> None:
    chosen = Settings.checked({"cache": cache, "frame_ancestors": "https://paper.example"})
    with TestClient(create_app(chosen, catalogue, maps_of(catalogue))) as client:
        assert policy(client, "/embed/bering")["frame-ancestors"] == "https://paper.example"


@pytest.mark.parametrize("path", ["/embed/bering", "/maps/bering"])
def test_the_policy_allows_nothing_inline_and_nothing_foreign(
    client: TestClient, path: str
) -> None:
    rules = policy(client, path)
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert "unsafe" not in str(rules)


def test_an_embed_says_its_attribution_without_scripts_and_leads_back(client: TestClient) -> None:
    page = client.get("/embed/caucasus").text
    assert "© OpenStreetMap contributors" in page
    assert 'href="http://127.0.0.1:8000/maps/caucasus"' in page
    assert "<nav" not in page


def test_what_an_embed_needs_may_be_loaded_from_an_opaque_origin(client: TestClient) -> None:
    for path in ("/embed/caucasus", "/maps/caucasus/layers/corridor.geojson"):
        assert client.get(path).headers["cross-origin-resource-policy"] == "cross-origin"


class _Frame(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("title", ["Plain", "\"><script>alert(1)</script> & 'x' {{7*7}}"])
def test_the_snippet_is_one_frame_whatever_the_title(title: str) -> None:
    spec = MapSpec(
        id="a b", title=title, description="X", collections=(), bbox=(0, 0, 9, 9), lon0=4
    )
    reader = _Frame()
    reader.feed(snippet(spec, "https://example.org/embed/a%20b?view=CA&datetime=2014"))
    (tag, given), *rest = reader.tags
    assert (tag, rest) == ("iframe", [])
    assert given["src"] == "https://example.org/embed/a%20b?view=CA&datetime=2014"
    assert given["title"] == f"{title} (map)"
    assert "allow-scripts" in str(given["sandbox"]).split()
    assert "allow-same-origin" not in str(given["sandbox"])


def test_the_snippet_stands_on_the_page_of_every_map(client: TestClient) -> None:
    for name in load_maps():
        assert f"http://127.0.0.1:8000/embed/{name}" in client.get(f"/maps/{name}").text


def test_the_snippet_and_the_way_back_keep_what_the_address_asks_for(client: TestClient) -> None:
    asked = "projection=flat&datetime=2014&view=CA&theme=dark"
    said = query(client.get(f"/maps/arctic?{asked}").text)
    assert sorted(said.split("&")) == sorted([*asked.split("&"), "lang=en"])
    embed = unescape(client.get(f"/embed/arctic?{said}").text)
    assert f'href="http://127.0.0.1:8000/maps/arctic?{said}"' in embed
    assert query(client.get("/maps/arctic").text) == "lang=en"
    assert (
        query(client.get("/maps/arctic?projection=polar").text) == "lang=en"
    )  # as it opens anyway


def test_an_embed_says_from_whose_side_and_of_which_time_it_is(client: TestClient) -> None:
    page = client.get("/embed/arctic?view=ca&datetime=2014-06").text
    assert "As stated by Canada – disputed features only · as of June 2014</p>" in page
    assert 'data-as="not_recognised"' in page
    plain = client.get("/embed/arctic").text
    assert ">Neutral view</p>" in plain
    assert "data-as=" not in plain
    assert "unread" not in plain


def test_an_embed_says_what_of_its_address_cannot_be_read(client: TestClient) -> None:
    page = client.get("/embed/arctic?view=%3Cscript%3E&datetime=2014-99").text
    assert page.count("embed-unread") == 2
    assert ">Neutral view</p>" in page


def test_a_map_page_offers_pictures_of_what_it_shows_and_addresses_for_programs(
    client: TestClient,
) -> None:
    page = client.get("/maps/arctic?projection=flat&datetime=2014&view=CA&lang=fr").text
    use = page[page.index('aria-labelledby="use-title"') :]
    found = [unescape(one) for one in re.findall(r'href="([^"]*)"', use[: use.index("</section>")])]
    offered = {urlsplit(one).path: parse_qs(urlsplit(one).query) for one in found}
    for form in ("png", "svg", "pdf"):
        asked = offered[f"/maps/arctic/static.{form}"]
        assert asked == {"lang": ["fr"], "crs": ["mercator"], "datetime": ["2014"], "view": ["CA"]}
    for name in ("style.json", "tiles.json"):
        assert client.get(f"/maps/arctic/{name}").status_code == 200
        assert f"/maps/arctic/{name}" in offered
