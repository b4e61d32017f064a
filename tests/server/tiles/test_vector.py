"""Vector tiles over HTTP."""

import gzip
from collections.abc import Callable
from typing import Any

import mapbox_vector_tile
import pytest
from shapely import Point, box
from starlette.testclient import TestClient

from geo.mvt import MEDIA_TYPE
from layers.collection import Collection

Make = Callable[..., Any]
HOME = "/collections/strait/tiles/WebMercatorQuad"


@pytest.fixture(scope="module")
def client(
    make_client: Make, strait: Collection, make_collection: Make, make_feature: Make
) -> TestClient:
    other = make_collection("other", make_feature("square", box(171, 61, 172, 62)))
    many = make_collection("many", *(make_feature(f"n{n}", Point(n / 9, 10)) for n in range(400)))
    made: TestClient = make_client(strait, other, many)
    return made


def layers(tile: bytes) -> dict[str, Any]:
    read: dict[str, Any] = mapbox_vector_tile.decode(tile)
    return read


def names(tile: bytes, layer: str = "strait") -> set[str]:
    return {one["properties"]["id"] for one in layers(tile)[layer]["features"]}


def test_a_tile_has_a_layer_with_the_features_that_lie_in_it(client: TestClient) -> None:
    answer = client.get(f"{HOME}/0/0/0")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == MEDIA_TYPE
    drawn = {"chukotka", "alaska", "line", "date_line", "island", "diagonal"}
    assert names(answer.content) == drawn  # all but the one without geometry


def test_row_stands_before_column(client: TestClient) -> None:
    assert names(client.get(f"{HOME}/2/1/3").content) >= {"chukotka"}
    assert client.get(f"{HOME}/2/3/1").content == b""


def test_what_lies_at_180_is_in_the_tiles_of_both_sides(client: TestClient) -> None:
    east, west = client.get(f"{HOME}/3/2/7").content, client.get(f"{HOME}/3/2/0").content
    assert names(east) >= {"chukotka", "line", "date_line"}
    assert names(west) >= {"line", "date_line"}


def test_a_name_like_that_of_a_file_is_the_same_tile(client: TestClient) -> None:
    assert client.get(f"{HOME}/2/1/3.mvt").content == client.get(f"{HOME}/2/1/3").content


def test_several_collections_come_as_several_layers(client: TestClient) -> None:
    tile = client.get("/collections/other,strait/tiles/WebMercatorQuad/0/0/0").content
    assert list(layers(tile)) == ["other", "strait"]


def test_a_collection_named_twice_comes_once(client: TestClient) -> None:
    tile = client.get("/collections/other,other/tiles/WebMercatorQuad/0/0/0").content
    assert list(layers(tile)) == ["other"]


def test_an_empty_tile_is_a_tile_without_bytes(client: TestClient) -> None:
    answer = client.get("/collections/other/tiles/WebMercatorQuad/5/0/0")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert layers(answer.content) == {}


@pytest.mark.parametrize(
    "place", ["0/0/1", "0/1/0", "3/8/0", "3/0/8", "40/0/0", "-1/0/0", "0/-1/0", "a/0/0", "0/0/0.5"]
)
def test_what_no_grid_holds_is_not_there(client: TestClient, place: str) -> None:
    answer = client.get(f"{HOME}/{place}")
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:marchland:problem:no-such-tile"


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("/collections/nothing/tiles/WebMercatorQuad/0/0/0", "no-such-collection"),
        ("/collections/strait,nothing/tiles/WebMercatorQuad/0/0/0", "no-such-collection"),
        ("/collections/strait/tiles/Nothing/0/0/0", "no-such-grid"),
    ],
)
def test_unknown_collections_and_grids_are_named(client: TestClient, path: str, slug: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["type"]) == (404, f"urn:marchland:problem:{slug}")
    assert "strait" in answer.json()["detail"] or "WebMercatorQuad" in answer.json()["detail"]


def test_an_unknown_parameter_is_refused(client: TestClient) -> None:
    assert client.get(f"{HOME}/0/0/0?colour=red").status_code == 400


def test_head_says_what_get_would_send(client: TestClient) -> None:
    got, head = client.get(f"{HOME}/0/0/0"), client.head(f"{HOME}/0/0/0")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == got.headers


def test_a_client_that_holds_the_tile_is_told_so(client: TestClient) -> None:
    tag = client.get(f"{HOME}/0/0/0").headers["etag"]
    answer = client.get(f"{HOME}/0/0/0", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_the_bytes_are_the_same_each_time(client: TestClient, make_client: Make) -> None:
    again = make_client(*client.app.state.site.catalogue.collections.values())  # type: ignore[attr-defined]
    assert again.get(f"{HOME}/0/0/0").content == client.get(f"{HOME}/0/0/0").content


def test_a_large_tile_is_sent_as_gzip_to_who_takes_it(client: TestClient) -> None:
    path = "/collections/many/tiles/WebMercatorQuad/0/0/0"
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content)
    assert packed.content == plain.content  # the client has unpacked it
    assert packed.headers["etag"] != plain.headers["etag"]
    assert "Accept-Encoding" in packed.headers["vary"]
    site = client.app.state.site  # type: ignore[attr-defined]
    kept = site.tiles.find(path.encode()).prepared
    assert gzip.decompress(kept.bodies["gzip"]) == plain.content


def test_no_feature_is_cut_away(client: TestClient) -> None:
    tile = client.get("/collections/many/tiles/WebMercatorQuad/0/0/0").content
    assert len(layers(tile)["many"]["features"]) == 400
