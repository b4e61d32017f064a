"""Whole layers as files: what is in them, that real programs read them, that they never change."""

import csv
import io
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as Xml

import orjson
import pytest
import shapely
from shapely import LineString, Point, Polygon
from starlette.testclient import TestClient

from geo.feature import Feature
from layers.catalogue import Catalogue
from layers.collection import Collection
from server.api.downloads import FORMS

MakeClient = Callable[..., TestClient]
MakeFeature = Callable[..., Feature]
MakeCollection = Callable[..., Collection]
KML = {"k": "http://www.opengis.net/kml/2.2"}
HOSTILE = '=HYPERLINK("x") </name><script>alert(1)</script> \x00 ]]> {{ 7*7 }}'


@pytest.mark.parametrize("form", FORMS)
def test_every_layer_is_offered_in_every_form_with_a_name_and_a_licence(
    client: TestClient, form: str
) -> None:
    found = client.get(f"/collections/airbases/download.{form}")
    assert found.status_code == 200
    assert found.headers["content-type"] == FORMS[form][1]
    assert found.headers["content-disposition"] == f'attachment; filename="airbases.{form}"'
    assert 'rel="license"' in found.headers["link"]
    again = client.get(
        f"/collections/airbases/download.{form}", headers={"if-none-match": found.headers["etag"]}
    )
    assert again.status_code == 304


def test_the_document_of_a_collection_links_to_each_file(client: TestClient) -> None:
    links = client.get("/collections/airbases").json()["links"]
    offered = {one["href"]: one["type"] for one in links if one["rel"] == "enclosure"}
    assert len(offered) == len(FORMS)
    for href, kind in offered.items():
        assert client.get(href).headers["content-type"] == kind


def test_another_form_is_refused_with_the_list_of_those_that_there_are(client: TestClient) -> None:
    found = client.get("/collections/airbases/download.shp")
    assert found.status_code == 400
    assert "geojson, csv, kml, gpkg" in found.json()["detail"]


def test_the_geojson_holds_the_features_as_the_layer_was_built(
    client: TestClient, catalogue: Catalogue
) -> None:
    found = client.get("/collections/corridor/download.geojson")
    ids = [one["id"] for one in orjson.loads(found.content)["features"]]
    assert ids == [one.id for one in catalogue["corridor"].features]


def test_a_spreadsheet_gets_a_row_for_each_feature_with_its_sources(
    client: TestClient, catalogue: Catalogue
) -> None:
    text = client.get("/collections/airbases/download.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["id"] for row in rows] == [one.id for one in catalogue["airbases"].features]
    manas = next(row for row in rows if row["id"] == "manas_us_transit_center")
    feature = catalogue["airbases"].by_id["manas_us_transit_center"]
    assert feature.geometry is not None
    assert shapely.from_wkt(manas["wkt"]).distance(feature.geometry) == 0
    assert all(row["sources"] and row["licence"] and row["attribution"] for row in rows)


@pytest.mark.parametrize("id", ["airbases", "arctic_boundaries", "arctic_high_seas"])
@pytest.mark.parametrize("form", ["kml", "gpkg"])
def test_gdal_reads_as_many_features_as_the_layer_has(
    client: TestClient, catalogue: Catalogue, tmp_path: Path, id: str, form: str
) -> None:
    path = tmp_path / f"{id}.{form}"
    path.write_bytes(client.get(f"/collections/{id}/download.{form}").content)
    back = tmp_path / "back.geojson"
    done = subprocess.run(
        ["ogr2ogr", "-f", "GeoJSON", str(back), str(path)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    features = orjson.loads(back.read_bytes())["features"]
    assert len(features) == len(catalogue[id].features)
    west, south, east, north = shapely.total_bounds(
        [one.geometry for one in catalogue[id].features if one.geometry is not None]
    )
    got = shapely.total_bounds(
        [shapely.from_geojson(orjson.dumps(one["geometry"])) for one in features if one["geometry"]]
    )
    assert got == pytest.approx((west, south, east, north), abs=1e-6)


def test_the_geopackage_says_its_licence_and_what_is_missing(
    client: TestClient, tmp_path: Path
) -> None:
    path = tmp_path / "one.gpkg"
    path.write_bytes(client.get("/collections/arctic_zones/download.gpkg").content)
    with sqlite3.connect(path) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        said, *_ = base.execute("SELECT description FROM gpkg_contents").fetchone()
    assert "Licence: CC-BY-4.0" in said
    assert "Cite as: marchland" in said
    assert "Not here: Straight baselines of Russia" in said


def test_hostile_text_stays_text_in_every_form(
    make_client: MakeClient, make_feature: MakeFeature, make_collection: MakeCollection
) -> None:
    features = [
        make_feature("a", Point(-168.97, 65.78), name=HOSTILE, note=HOSTILE),
        make_feature("b", None, name="nowhere"),
        make_feature("c", Polygon([(0, 0), (9, 0), (9, 9)]).buffer(1)),
        make_feature("d", LineString([(0, 0), (1, 1)])),
    ]
    with make_client(make_collection("made", *features)) as client:
        text = client.get("/collections/made/download.csv").content.decode("utf-8-sig")
        row = next(csv.DictReader(io.StringIO(text)))
        assert row["name"] == "'" + HOSTILE.replace("\0", "")
        assert row["lon"] == "-168.97"
        tree = Xml.fromstring(client.get("/collections/made/download.kml").content)  # noqa: S314
        names = [one.text for one in tree.findall(".//k:Placemark/k:name", KML)]
        assert names == [HOSTILE.replace("\0", ""), "nowhere", "c", "d"]
        assert client.get("/collections/made/download.gpkg").content[:15] == b"SQLite format 3"


@pytest.mark.parametrize("form", FORMS)
def test_two_servers_write_the_same_bytes(
    make_client: MakeClient, make_feature: MakeFeature, make_collection: MakeCollection, form: str
) -> None:
    made = make_collection("made", make_feature("a", Point(1, 2)))
    bodies = set()
    for _ in range(2):
        with make_client(made) as client:
            bodies.add(client.get(f"/collections/made/download.{form}").content)
    assert len(bodies) == 1
