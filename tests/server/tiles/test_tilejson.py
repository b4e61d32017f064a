"""TileJSON of collections and maps."""

from collections.abc import Callable
from typing import Any

import mapbox_vector_tile
import pytest
from shapely import Point, box
from starlette.testclient import TestClient

from layers.collection import Collection
from layers.vectortags import fields_of

Make = Callable[..., Any]


@pytest.fixture(scope="module")
def client(
    make_client: Make, strait: Collection, make_collection: Make, make_feature: Make
) -> TestClient:
    small = make_collection(
        "small", make_feature("p", Point(10, 20)), make_feature("q", box(30, 40, 31, 41))
    )
    made: TestClient = make_client(strait, small)
    return made


def test_it_says_what_version_3_wants(client: TestClient) -> None:
    told = client.get("/collections/small/tiles/WebMercatorQuad/tiles.json").json()
    assert told["tilejson"] == "3.0.0"
    assert told["scheme"] == "xyz"
    assert told["bounds"] == [10, 20, 31, 41]
    assert told["attribution"] == "us"
    assert 0 == told["minzoom"] < told["maxzoom"] <= 24
    assert [one["id"] for one in told["vector_layers"]] == ["small"]


def test_its_template_leads_to_tiles(client: TestClient) -> None:
    told = client.get("/collections/strait,small/tiles/WebMercatorQuad/tiles.json").json()
    (template,) = told["tiles"]
    tile = client.get(template.format(z=1, x=1, y=0)).content
    assert set(mapbox_vector_tile.decode(tile)) == {"strait", "small"}


def test_its_fields_are_those_of_the_features(client: TestClient, strait: Collection) -> None:
    told = client.get("/collections/strait/tiles/WebMercatorQuad/tiles.json").json()
    fields = told["vector_layers"][0]["fields"]
    assert fields == fields_of(strait)
    tile = client.get(told["tiles"][0].format(z=0, x=0, y=0)).content
    said = {
        key
        for one in mapbox_vector_tile.decode(tile)["strait"]["features"]
        for key in one["properties"]
    }
    assert said <= set(fields)
    assert {"id", "name", "kind", "status", "parties", "valid_from", "rule", "tags.lit"} <= said


def test_an_extent_across_180_becomes_the_whole_world(client: TestClient) -> None:
    told = client.get("/collections/strait/tiles/WebMercatorQuad/tiles.json").json()
    west, _, east, _ = told["bounds"]
    assert (west, east) == (-180, 180)


def test_a_polar_grid_is_named(client: TestClient) -> None:
    told = client.get("/collections/strait/tiles/Arctic3995Quad/tiles.json").json()
    assert told["tileMatrixSet"] == "Arctic3995Quad"
    assert told["crs"].endswith("/EPSG/0/3995")
    assert told["bounds"][3] == 90


def test_a_map_has_vector_tiles_and_pictures(client: TestClient) -> None:
    vector = client.get("/maps/small/tiles.json").json()
    assert "vector_layers" in vector
    pictures = client.get("/maps/small/tiles.json?form=png&tms=Arctic3995Quad").json()
    assert "vector_layers" not in pictures
    assert pictures["tiles"][0].endswith("/maps/small/tiles/Arctic3995Quad/{z}/{y}/{x}.png")


@pytest.mark.parametrize(
    ("query", "status"), [("?form=gif", 400), ("?tms=No", 404), ("?zoom=3", 400)]
)
def test_what_a_map_does_not_have_is_refused(client: TestClient, query: str, status: int) -> None:
    assert client.get(f"/maps/small/tiles.json{query}").status_code == status


def test_an_attribution_holds_no_html_of_a_layer(
    make_client: Make, make_collection: Make, make_feature: Make
) -> None:
    words = "<img src=x onerror=alert(1)> & others"
    layer = make_collection("odd", make_feature("p", Point(10, 20)), attribution=words)
    client = make_client(layer)
    for path in ("/collections/odd/tiles/WebMercatorQuad/tiles.json", "/maps/odd/tiles.json"):
        assert client.get(path).json()["attribution"].startswith("&lt;img src=x")
    for source in client.get("/maps/odd/style.json").json()["sources"].values():
        assert "<" not in source["attribution"]
