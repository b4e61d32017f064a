"""The addresses of pictures: forms, sizes, headers, refusals; and the pages that point to them."""

import io
import re

import numpy as np
import pytest
from PIL import Image
from starlette.testclient import TestClient

from layers.maps import load_maps
from server.app import create_app
from server.settings import Settings

PAGE = {"Accept": "text/html"}
NAMED = tuple(load_maps())
SMALL = "width=400&height=320"


@pytest.mark.parametrize(
    ("form", "media", "start"),
    [
        ("png", "image/png", b"\x89PNG"),
        ("svg", "image/svg+xml", b"<svg"),
        ("pdf", "application/pdf", b"%PDF"),
    ],
)
def test_each_form_has_its_type_tag_and_age_and_answers_head_and_304(
    client: TestClient, form: str, media: str, start: bytes
) -> None:
    path = f"/maps/caucasus/static.{form}?{SMALL}"
    plain = {"Accept-Encoding": "identity"}
    answer = client.get(path, headers=plain)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media)
    assert answer.content.startswith(start)
    assert "max-age=" in answer.headers["cache-control"]
    assert answer.headers["marchland-view"] == "neutral"
    head = client.head(path, headers=plain)
    assert head.content == b""
    assert head.headers["content-length"] == str(len(answer.content))
    assert head.headers["etag"] == answer.headers["etag"]
    again = client.get(path, headers={**plain, "If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("query", "size"),
    [("width=400&height=320", (400, 320)), ("width=400&height=330&scale=2", (800, 660)),
     ("width=401&height=320&scale=1.5", (602, 480))],
)  # fmt: skip
def test_a_png_has_the_pixels_that_were_asked_for(
    client: TestClient, query: str, size: tuple[int, int]
) -> None:
    answer = client.get(f"/maps/caucasus/static.png?{query}")
    assert Image.open(io.BytesIO(answer.content)).size == size


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("width=1", "width"), ("height=100000", "height"), ("scale=9", "scale"),
        ("crs=EPSG:4326", "crs"), ("bbox=1,2,3", "bbox"), ("bbox=0,-80,10,-70&crs=3995", "bbox"),
        ("center=1&zoom=2", "center"), ("center=1,2", "center"), ("zoom=3", "zoom"),
        ("center=10,10&crs=globe", "center"), ("lon0=x", "lon0"), ("datetime=soon", "soon"),
        ("lang=xx", "lang"), ("view=ZZ", "view"), ("theme=blue", "theme"),
        ("widht=900", "width"), ("width=400&width=500", "width"), ("crs=%00", "crs"),
        ("bbox=-170,50,170,80&crs=conic", "crs"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["png", "pdf"])
def test_a_wild_value_is_a_400_that_names_it(
    client: TestClient, form: str, query: str, name: str
) -> None:
    answer = client.get(f"/maps/bering/static.{form}?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert name in answer.json()["detail"]


def test_a_map_that_is_not_there_has_no_picture(client: TestClient) -> None:
    for name in ("static.png", "static.svg", "static.pdf", "og.png"):
        assert client.get(f"/maps/nowhere/{name}").status_code == 404
    assert client.get("/maps/bering/static.gif").status_code == 404


def test_a_card_ignores_what_others_add_to_its_address(client: TestClient) -> None:
    plain = client.get("/maps/caucasus/og.png")
    assert plain.status_code == 200
    assert len(plain.content) < 300_000
    marked = client.get("/maps/caucasus/og.png?utm_source=letter")
    assert marked.headers["etag"] == plain.headers["etag"]


def test_the_view_is_in_the_header(client: TestClient) -> None:
    answer = client.get(f"/maps/arctic_claims/static.png?{SMALL}&view=ca")
    assert answer.headers["marchland-view"] == "CA"


@pytest.mark.parametrize("kind", ["maps", "embed"])
def test_a_page_names_its_card_by_an_absolute_address(client: TestClient, kind: str) -> None:
    page = client.get(f"/{kind}/bering", headers=PAGE).text
    meta = r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)"'
    told = dict(re.findall(meta, page))
    assert told["og:image"] == "http://127.0.0.1:8000/maps/bering/og.png"
    assert told["og:url"] == "http://127.0.0.1:8000/maps/bering"
    assert told["og:title"] == load_maps()["bering"].title
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:alt"].startswith("Map: ")
    assert told["twitter:card"] == "summary_large_image"


def test_behind_another_address_the_card_is_named_by_that(
    settings: Settings, client: TestClient
) -> None:
    site = client.app.state.site  # type: ignore[attr-defined]
    there = settings.model_copy(update={"base_url": "https://maps.example/m"})
    with TestClient(create_app(there, site.catalogue, site.maps)) as other:
        page = other.get("/maps/bering", headers=PAGE).text
    assert 'content="https://maps.example/m/maps/bering/og.png"' in page
    assert 'src="/m/maps/bering/static.png"' in page


@pytest.mark.parametrize("kind", ["maps", "embed"])
def test_without_scripts_a_page_shows_the_picture_with_a_text_for_it(
    client: TestClient, kind: str
) -> None:
    page = client.get(f"/{kind}/caucasus", headers=PAGE).text
    still = re.search(r"<noscript><picture>.*<img ([^>]*)></picture></noscript>", page)
    assert still
    assert 'src="/maps/caucasus/static.png"' in still[1]
    alt = re.search(r'alt="([^"]+)"', still[1])
    assert alt
    assert load_maps()["caucasus"].title in alt[1]


@pytest.mark.parametrize("path", ["/", "/maps"])
def test_the_list_of_maps_shows_each_in_the_light_of_the_page(
    client: TestClient, path: str
) -> None:
    page = client.get(path, headers=PAGE).text
    for name in NAMED:
        dark = f'prefers-color-scheme: dark)" srcset="/maps/{name}/preview.png?theme=dark">'
        assert f'{dark}<img src="/maps/{name}/preview.png"' in page


def test_a_preview_is_small_light_or_dark_and_refuses_what_it_does_not_know(
    client: TestClient,
) -> None:
    made = [
        client.get("/maps/caucasus/preview.png", params=query)
        for query in ({}, {"theme": "dark"}, {"lang": "ru"})
    ]
    for one in made:
        assert Image.open(io.BytesIO(one.content)).size == (800, 420)
        assert len(one.content) < 100_000
        assert "max-age=" in one.headers["cache-control"]
    assert len({one.content for one in made}) == 3
    light, dark = (Image.open(io.BytesIO(one.content)).convert("L") for one in made[:2])
    assert np.median(np.asarray(light)) > 200
    assert np.median(np.asarray(dark)) < 60
    for wild in ({"theme": "pink"}, {"width": "9"}):
        assert client.get("/maps/caucasus/preview.png", params=wild).status_code == 400
    assert client.get("/maps/nowhere/preview.png").status_code == 404
