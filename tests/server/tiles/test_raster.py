"""Raster tiles over HTTP: forms, parameters, refusals, and what a cache may rely on."""

from io import BytesIO

import numpy as np
import pytest
import shapely
from fastapi import FastAPI
from PIL import Image
from starlette.testclient import TestClient

from geo.svg import svg
from layers.collection import Collection
from layers.spec import LayerSpec
from server.draw.choice import Choice
from server.draw.spot import Spot
from server.draw.tile import tile_scene
from server.state import Site

POLE = "/maps/arctic_claims/tiles/Arctic3575Quad/3/3/3.png"
GRIDS = (
    "WebMercatorQuad",
    "UPSArcticWGS84Quad",
    "Arctic3995Quad",
    "Arctic3413Quad",
    "Arctic3575Quad",
)
TEXTS = ("{{7*7}}</script>", "<img src=x onerror=alert(1)>", '"\\#{}$', "a\x00b\u202ec", "𐀀" * 50)


def image(client: TestClient, path: str) -> Image.Image:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return Image.open(BytesIO(answer.content))


def pixels(client: TestClient, path: str) -> "np.ndarray[tuple[int, ...], np.dtype[np.int64]]":
    return np.asarray(image(client, path).convert("RGBA")).astype(np.int64)


def site_of(app: FastAPI) -> Site:
    site: Site = app.state.site
    return site


def test_a_tile_is_a_png_of_256_px_that_a_cache_may_keep(client: TestClient) -> None:
    answer = client.get(POLE)
    assert answer.headers["content-type"] == "image/png"
    assert "max-age" in answer.headers["cache-control"]
    assert Image.open(BytesIO(answer.content)).size == (256, 256)
    again = client.get(POLE, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_head_answers_as_get_without_the_bytes(client: TestClient) -> None:
    head, get = client.head(POLE), client.get(POLE)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["etag"] == get.headers["etag"]
    assert head.headers["content-length"] == get.headers["content-length"]


def test_at_2x_a_tile_has_twice_the_pixels_of_the_same_picture(client: TestClient) -> None:
    assert image(client, POLE.replace(".png", "@2x.png")).size == (512, 512)
    assert image(client, POLE.replace(".png", "@2x.webp")).size == (512, 512)


def test_a_webp_tile_is_webp(client: TestClient) -> None:
    answer = client.get(POLE.replace(".png", ".webp"))
    assert answer.headers["content-type"] == "image/webp"
    assert Image.open(BytesIO(answer.content)).format == "WEBP"


def test_the_tile_at_the_pole_shows_the_sea_the_pole_and_what_is_claimed_there(
    client: TestClient,
) -> None:
    """The pole is the corner that four tiles of this grid share."""
    place = "tiles/Arctic3575Quad/3/3/3.png"
    corners = [
        pixels(client, path)[-40:, -40:]
        for path in ("/tiles/base/Arctic3575Quad/3/3/3.png", POLE, f"/maps/arctic_shelf/{place}")
    ]
    base, zones, shelf = corners
    assert all((corner[..., 3] == 255).all() for corner in corners)
    sea = base.reshape(-1, 4).mean(axis=0)
    assert sea[2] > sea[0]  # blue and not land
    assert (zones != base).any(axis=2).mean() > 0.9  # the high seas of the Central Arctic Ocean
    assert (shelf != base).any(axis=2).mean() > 0.9  # the shelf that several states claim
    assert len(np.unique(shelf.reshape(-1, 4), axis=0)) > 1


def test_overlays_alone_are_transparent_where_there_are_none(client: TestClient) -> None:
    path = "/maps/arctic/overlay/tiles/WebMercatorQuad/3/1/1.png"
    alpha = pixels(client, path)[..., 3]
    assert (alpha == 0).mean() > 0.5
    assert (alpha > 0).any()
    webp = np.asarray(image(client, path.replace(".png", ".webp")).convert("RGBA"))
    assert (webp[..., 3] == 0).mean() > 0.5


def test_base_and_overlays_are_the_map_where_neither_has_names(client: TestClient) -> None:
    """Names are placed with regard to each other, so only what is left of them can be the same."""
    below = Image.fromarray(pixels(client, "/tiles/base/Arctic3413Quad/5/9/20.png").astype("uint8"))
    path = "/maps/arctic_claims/overlay/tiles/Arctic3413Quad/5/9/20.png"
    above = Image.fromarray(pixels(client, path).astype("uint8"))
    both = pixels(client, "/maps/arctic_claims/tiles/Arctic3413Quad/5/9/20.png")
    laid = np.asarray(Image.alpha_composite(below, above)).astype(np.int64)
    assert (np.abs(laid - both).max(axis=2) > 48).mean() < 0.2


def test_a_dark_tile_is_darker(client: TestClient) -> None:
    assert pixels(client, f"{POLE}?theme=dark").mean() < pixels(client, POLE).mean() - 40


def test_names_are_in_the_language_asked_for(client: TestClient) -> None:
    path = "/tiles/base/WebMercatorQuad/3/2/5.png"
    assert (pixels(client, path) != pixels(client, f"{path}?lang=ru")).any()


def test_a_date_before_everything_leaves_the_dated_overlays_out(client: TestClient) -> None:
    path = "/maps/bering/overlay/tiles/WebMercatorQuad/4/4/0.png"
    now, then = pixels(client, path), pixels(client, f"{path}?datetime=1900")
    assert (then[..., 3] > 0).sum() < (now[..., 3] > 0).sum()


def test_in_the_view_of_one_party_the_line_of_the_other_is_paler(client: TestClient) -> None:
    path = "/maps/arctic/overlay/tiles/Arctic3575Quad/4/6/6.png"
    neutral, canada = pixels(client, path), pixels(client, f"{path}?view=CA")
    assert (neutral != canada).any()
    assert canada[..., 3].sum() < neutral[..., 3].sum()


@pytest.mark.parametrize(
    "path",
    [
        "/maps/arctic/tiles/WebMercatorQuad/3/8/0.png",
        "/maps/arctic/tiles/WebMercatorQuad/3/0/8.png",
        "/maps/arctic/tiles/WebMercatorQuad/99/0/0.png",
        "/maps/arctic/tiles/WebMercatorQuad/3/-1/0.png",
        "/maps/arctic/tiles/WebMercatorQuad/3/0/0.jpg",
        "/maps/arctic/tiles/WebMercatorQuad/3/0/0@3x.png",
        "/maps/arctic/tiles/WebMercatorQuad/3/٣/0.png",
        "/maps/arctic/tiles/WebMercatorQuad/z/0/0.png",
        "/maps/arctic/tiles/WorldCRS84Quad/3/0/0.png",
        "/maps/nowhere/tiles/WebMercatorQuad/3/0/0.png",
        "/maps/nowhere/overlay/tiles/WebMercatorQuad/3/0/0.png",
        "/tiles/base/Nowhere/3/0/0.png",
        "/tiles/base/WebMercatorQuad/3/0/999999999999.png",
    ],
)
def test_what_is_not_there_is_a_404_that_says_so(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "query",
    [
        "theme=pink",
        "lang=xx",
        "lang=",
        "view=ZZ",
        "datetime=yesterday",
        "datetime=2020/2010",
        "style=mine",
        "theme=dark&theme=light",
        "lang=" + "a" * 5000,
    ],
)
def test_a_wild_parameter_is_a_400(client: TestClient, query: str) -> None:
    assert client.get(f"{POLE}?{query}").status_code == 400


def test_the_base_has_no_date_and_no_view(client: TestClient) -> None:
    assert client.get("/tiles/base/WebMercatorQuad/0/0/0.png?view=CA").status_code == 400


def test_a_tile_is_the_same_bytes_from_another_server(
    client: TestClient, app: FastAPI, settings: object, catalogue: object
) -> None:
    from layers.maps import maps_of  # noqa: PLC0415
    from server.app import create_app  # noqa: PLC0415

    other = create_app(settings, catalogue, maps_of(catalogue))  # type: ignore[arg-type]
    with TestClient(other, base_url="http://127.0.0.1:8000") as second:
        for path in (POLE, POLE.replace(".png", "@2x.webp")):
            assert second.get(path).content == client.get(path).content


def test_every_map_has_the_first_tile_of_every_grid(app: FastAPI) -> None:
    drawing = site_of(app).drawing
    for shown in drawing.maps.values():
        for grid in GRIDS:
            scene = tile_scene(drawing, shown, Spot(drawing.grids[grid], 0, 0, 0), Choice())
            assert svg(scene, drawing.fonts)


@pytest.mark.slow
def test_every_map_has_tiles_of_every_grid_down_to_zoom_6(app: FastAPI) -> None:
    """All to zoom 1, and of each further zoom a diagonal of four."""
    drawing = site_of(app).drawing
    for shown in drawing.maps.values():
        for grid in GRIDS:
            for zoom, row, col in _sample():
                spot = Spot(drawing.grids[grid], zoom, row, col)
                assert svg(tile_scene(drawing, shown, spot, Choice()), drawing.fonts)


def _sample() -> list[tuple[int, int, int]]:
    whole = [(1, row, col) for row in range(2) for col in range(2)]
    some = [(z, n * 2**z // 5, (n * 2**z // 3) % 2**z) for z in range(2, 7) for n in range(1, 5)]
    return whole + some


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_a_layer_is_called_its_tiles_are_drawn(
    make_client: object, make_feature: object, text: str
) -> None:
    features = (
        make_feature("a", shapely.Point(10, 70), name=text or "x"),  # type: ignore[operator]
        make_feature("b", shapely.box(0, 60, 30, 80), name=text, status="disputed"),  # type: ignore[operator]
    )
    spec = LayerSpec.model_validate(
        {"title": text, "description": text, "licence": "CC0-1.0", "attribution": text,
         "style": {"rules": [{"label": text}]}}
    )  # fmt: skip
    with make_client(Collection("wild", spec, features, "0" * 64)) as client:  # type: ignore[operator]
        for form in ("png", "webp"):
            assert client.get(f"/maps/wild/tiles/WebMercatorQuad/2/0/2.{form}").status_code == 200
