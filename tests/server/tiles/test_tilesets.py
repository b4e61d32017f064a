"""What OGC API – Tiles asks a server to say of its tiles."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from geo.mvt import MEDIA_TYPE
from layers.collection import Collection

Make = Callable[..., Any]
VECTOR = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
SCHEME = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
GRIDS = ["WebMercatorQuad", "UPSArcticWGS84Quad"]
OURS = ["Arctic3995Quad", "Arctic3413Quad", "Arctic3575Quad"]


@pytest.fixture(scope="module")
def client(make_client: Make, strait: Collection) -> TestClient:
    made: TestClient = make_client(strait)
    return made


def href(document: dict[str, Any], rel: str, kind: str | None = None) -> str:
    found = [one for one in document["links"] if one["rel"] == rel]
    chosen: str = next(one["href"] for one in found if kind in {None, one["type"]})
    return chosen


def test_every_class_that_is_claimed_is_of_the_standard(client: TestClient) -> None:
    told = [one for one in client.get("/conformance").json()["conformsTo"] if "tiles-1" in one]
    wanted = ("core", "mvt", "tileset", "tilesets-list", "geodata-tilesets", "oas30")
    assert sorted(told) == sorted(
        f"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/{one}" for one in wanted
    )


def test_from_the_landing_page_links_lead_to_a_tile(client: TestClient) -> None:
    collections = client.get(href(client.get("/?f=json").json(), "data")).json()["collections"]
    listed = client.get(href(collections[0], VECTOR)).json()["tilesets"]
    for one in listed:
        tileset = client.get(href(one, "self")).json()
        template = href(tileset, "item", MEDIA_TYPE)
        place = template.format(tileMatrix=1, tileRow=0, tileCol=1)
        assert client.get(place).headers["content-type"] == MEDIA_TYPE


def test_the_list_names_every_grid_with_what_the_standard_wants(client: TestClient) -> None:
    listed = client.get("/collections/strait/tiles").json()["tilesets"]
    assert [href(one, "self").rsplit("/", 1)[-1] for one in listed] == [*GRIDS, *OURS]
    for one in listed:
        assert one["dataType"] == "vector"
        assert one["crs"].startswith("http://www.opengis.net/def/crs/EPSG/0/")
        assert client.get(href(one, SCHEME)).status_code == 200


@pytest.mark.parametrize("grid", GRIDS)
def test_a_registered_grid_is_named_by_its_uri(client: TestClient, grid: str) -> None:
    told = client.get(f"/collections/strait/tiles/{grid}").json()
    assert told["tileMatrixSetURI"].endswith(f"/tilematrixset/OGC/1.0/{grid}")


@pytest.mark.parametrize("grid", OURS)
def test_a_grid_of_ours_is_described_here(client: TestClient, grid: str) -> None:
    told = client.get(f"/collections/strait/tiles/{grid}").json()
    assert "tileMatrixSetURI" not in told
    matrices = client.get(href(told, SCHEME)).json()["tileMatrices"]
    assert [int(one["id"]) for one in matrices] == list(range(len(matrices)))
    assert all(one["matrixWidth"] == one["matrixHeight"] == 2 ** int(one["id"]) for one in matrices)


def test_a_tileset_says_that_its_link_is_a_template(client: TestClient) -> None:
    links = client.get("/collections/strait/tiles/WebMercatorQuad").json()["links"]
    (item,) = (one for one in links if one["rel"] == "item")
    assert item["templated"] is True
    assert item["href"].endswith("/{tileMatrix}/{tileRow}/{tileCol}")


def test_a_tileset_of_several_collections_lists_them(client: TestClient) -> None:
    told = client.get("/collections/strait/tiles/WebMercatorQuad").json()
    assert [one["id"] for one in told["layers"]] == ["strait"]


def test_every_grid_is_listed_and_can_be_read_by_morecantile(client: TestClient) -> None:
    from morecantile import TileMatrixSet  # noqa: PLC0415  # it takes a while to load

    listed = client.get("/tileMatrixSets").json()["tileMatrixSets"]
    assert [one["id"] for one in listed] == [*GRIDS, *OURS]
    for one in listed:
        read = TileMatrixSet.model_validate(client.get(href(one, "self")).json())
        assert read.id == one["id"]


@pytest.mark.parametrize("path", ["/tileMatrixSets/No", "/collections/strait/tiles/No"])
def test_an_unknown_grid_is_not_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_operations_are_named_as_the_standard_wants(client: TestClient) -> None:
    paths = client.get("/api").json()["paths"]
    named = {
        path.removeprefix("/collections/strait"): about["get"]["operationId"]
        for path, about in paths.items()
        if path.startswith("/collections/strait/tiles")
    }
    tile = "/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}"
    assert named["/tiles"] == "strait.collection.vector.getTileSetsList"
    assert named["/tiles/{tileMatrixSetId}"] == "strait.collection.vector.getTileSet"
    assert named[tile] == "strait.collection.vector.getTile"
