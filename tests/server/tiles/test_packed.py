"""What `marchland pack` writes, and that the server answers from it for as long as it holds."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import pytest
from pmtiles.reader import MmapSource, Reader
from shapely import Point, box
from starlette.testclient import TestClient

from layers.collection import Collection
from layers.errors import NoSuchLayer, NoSuchMap
from layers.pack import Pack
from layers.packing import write_pack
from server.draw.spot import Spot
from server.errors import BadParameter, NoSuchGrid
from server.maps.routes import find_map
from server.state import Site
from server.tiles.packed import Wanted, contents_of

Make = Callable[..., Any]
HOME = "/collections/strait/tiles/WebMercatorQuad"


@pytest.fixture
def client(make_client: Make, strait: Collection, tmp_path: Path) -> TestClient:
    made: TestClient = make_client(strait, cache=tmp_path)
    return made


def site_of(client: TestClient) -> Site:
    found: Site = client.app.state.site  # type: ignore[attr-defined]
    return found


def packed(client: TestClient, wanted: Wanted, name: str = "a") -> Path:
    site = site_of(client)
    path = site.settings.cache / "packs" / f"{name}.pmtiles"
    path.parent.mkdir(exist_ok=True)
    write_pack(path, contents_of(site, wanted), lambda zoom, count: None)
    return path


def test_every_tile_of_the_pack_is_the_tile_that_is_served(client: TestClient) -> None:
    pack = Pack(packed(client, Wanted("strait", "WebMercatorQuad", 4, "mvt")))
    count = 0
    for z in range(5):
        for row in range(2**z):
            for col in range(2**z):
                found = pack.tile(z, row, col)
                made = site_of(client).vectors.made.tile(
                    ["strait"], site_of(client).drawing.grids["WebMercatorQuad"], z, row, col
                )
                assert (gzip.decompress(found) if found else b"") == made
                count += bool(found)
    assert count > 20


def test_two_runs_give_the_same_bytes(client: TestClient) -> None:
    wanted = Wanted("strait", "Arctic3995Quad", 3, "mvt")
    assert packed(client, wanted, "a").read_bytes() == packed(client, wanted, "b").read_bytes()


def test_the_reference_reader_finds_what_a_viewer_needs(client: TestClient) -> None:
    path = packed(client, Wanted("strait", "Arctic3995Quad", 2, "mvt"))
    with path.open("rb") as file:
        reader = Reader(MmapSource(file))
        told = reader.metadata()
        assert told["tileMatrixSet"] == "Arctic3995Quad"
        assert told["crs"].endswith("/3995")
        assert told["attribution"] == "us"
        assert [one["id"] for one in told["vector_layers"]] == ["strait"]
        tile = gzip.decompress(reader.get(0, 0, 0))
        assert list(mapbox_vector_tile.decode(tile)) == ["strait"]


def marked(path: Path) -> bytes:
    """The pack with another (valid) tile in the place of every one, to see who answers."""
    pack = Pack(path)
    tile = pack.tile(0, 0, 0)
    assert tile is not None
    data = path.read_bytes()
    return data.replace(tile, tile[:4] + b"\x07" + tile[5:])  # a time in the head of the stream


def test_the_server_answers_from_the_pack(client: TestClient) -> None:
    path = packed(client, Wanted("strait", "WebMercatorQuad", 2, "mvt"))
    path.write_bytes(marked(path))
    answer = client.get(f"{HOME}/0/0/0", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    kept = site_of(client).tiles.find(f"{HOME}/0/0/0".encode())
    assert kept is not None
    assert kept.prepared.bodies["gzip"][4:5] == b"\x07"
    assert list(mapbox_vector_tile.decode(answer.content)) == ["strait"]


def test_below_the_pack_tiles_are_made(client: TestClient) -> None:
    packed(client, Wanted("strait", "WebMercatorQuad", 1, "mvt"))
    assert "strait" in mapbox_vector_tile.decode(client.get(f"{HOME}/2/1/3").content)


def test_a_pack_of_other_data_is_passed_over(
    client: TestClient, make_client: Make, make_collection: Make, make_feature: Make
) -> None:
    packed(client, Wanted("strait", "WebMercatorQuad", 1, "mvt"))
    other = make_collection("strait", make_feature("new", box(0, 0, 9, 9)))
    other = replace(other, digest="1" * 64)
    changed = make_client(other, cache=site_of(client).settings.cache)
    tile = changed.get(f"{HOME}/0/0/0").content
    names = [
        one["properties"]["id"] for one in mapbox_vector_tile.decode(tile)["strait"]["features"]
    ]
    assert names == ["new"]


def test_a_damaged_file_among_the_packs_is_left_out_and_told(client: TestClient) -> None:
    path = packed(client, Wanted("strait", "WebMercatorQuad", 1, "mvt"))
    (path.parent / "broken.pmtiles").write_bytes(b"PMTiles" + bytes(300))
    assert client.get(f"{HOME}/0/0/0").status_code == 200
    health = client.get("/healthz").json()
    assert health["status"] == "degraded"
    (told,) = health["files"]
    assert told["file"] == "packs/broken.pmtiles"
    assert "marchland pack" in told["advice"]
    assert str(path.parent) not in str(health)


@pytest.mark.parametrize("of", ["strait", "strait,other"])
def test_a_pack_in_which_a_tile_is_damaged_is_left_out_and_the_tile_made(
    make_client: Make,
    strait: Collection,
    make_collection: Make,
    make_feature: Make,
    tmp_path: Path,
    of: str,
) -> None:
    other = make_collection("other", make_feature("p", Point(171, 61)))
    client = make_client(strait, other, cache=tmp_path)
    path = packed(client, Wanted("strait", "WebMercatorQuad", 1, "mvt"))
    address = f"/collections/{of}/tiles/WebMercatorQuad/0/0/0"
    wanted = client.get(address).content
    tile = Pack(path).tile(0, 0, 0)
    assert tile is not None
    path.write_bytes(path.read_bytes().replace(tile, tile[:20] + bytes(len(tile) - 20)))
    anew = make_client(strait, other, cache=tmp_path)
    assert anew.get("/healthz").json()["files"] == []
    assert anew.get(address).content == wanted
    (told,) = anew.get("/healthz").json()["files"]
    assert told["file"] == "packs/a.pmtiles"
    assert "damaged" in told["message"]


def test_several_collections_can_be_packed_together_or_apart(
    make_client: Make, strait: Collection, make_collection: Make, make_feature: Make, tmp_path: Path
) -> None:
    other = make_collection("other", make_feature("p", Point(171, 61)))
    client = make_client(strait, other, cache=tmp_path)
    plain = client.get("/collections/other,strait/tiles/WebMercatorQuad/1/0/1").content
    packed(client, Wanted("strait", "WebMercatorQuad", 1, "mvt"), "apart")
    apart = make_client(strait, other, cache=tmp_path)
    assert apart.get("/collections/other,strait/tiles/WebMercatorQuad/1/0/1").content == plain
    packed(client, Wanted("other,strait", "WebMercatorQuad", 1, "mvt"), "together")
    together = make_client(strait, other, cache=tmp_path)
    assert together.get("/collections/other,strait/tiles/WebMercatorQuad/1/0/1").content == plain


def test_the_pictures_of_a_map_can_be_packed(client: TestClient, make_client: Make,
                                             strait: Collection) -> None:  # fmt: skip
    path = packed(client, Wanted("strait", "WebMercatorQuad", 1, "png"))
    served = make_client(strait, cache=path.parent.parent)
    place = "/maps/strait/tiles/WebMercatorQuad/1/0/1.png"
    plain = client.get(place).content
    assert Pack(path).tile(1, 0, 1) == plain == served.get(place).content
    site = site_of(served)
    grid = site.drawing.grids["WebMercatorQuad"]
    assert site.vectors.picture(find_map(site, "strait"), Spot(grid, 1, 0, 1), "png") == plain


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (Wanted("nothing", "WebMercatorQuad", 1, "mvt"), NoSuchLayer),
        (Wanted("nothing", "WebMercatorQuad", 1, "png"), NoSuchMap),
        (Wanted("strait", "No", 1, "mvt"), NoSuchGrid),
        (Wanted("strait", "WebMercatorQuad", 90, "mvt"), BadParameter),
    ],
)
def test_what_there_is_not_cannot_be_packed(
    client: TestClient, wanted: Wanted, error: type[Exception]
) -> None:
    with pytest.raises(error):
        contents_of(site_of(client), wanted)
