"""GDAL reads us as OGC API – Features, through its own driver."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from shapely import box as area

from layers.catalogue import Catalogue

Gdal = Callable[..., str]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("ogr2ogr"), reason="GDAL is not installed"),
]


def test_every_collection_is_a_layer(gdal: Gdal, address: str, catalogue: Catalogue) -> None:
    listed = gdal("ogrinfo", "-ro", "-q", f"OAPIF:{address}")
    assert all(f": {name}" in listed for name in catalogue.collections)


def test_the_count_is_ours(gdal: Gdal, address: str, catalogue: Catalogue) -> None:
    told = gdal("ogrinfo", "-ro", "-so", f"OAPIF:{address}", "airbases")
    assert f"Feature Count: {len(catalogue['airbases'].features)}" in told


def test_pages_are_followed_to_the_end(
    gdal: Gdal, address: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    out = tmp_path / "corridor.geojson"
    gdal("ogr2ogr", "-oo", "PAGE_SIZE=7", "-f", "GeoJSON", str(out), f"OAPIF:{address}", "corridor")
    read = {
        one["properties"]["id"] if "id" in one["properties"] else one["id"]
        for one in json.loads(out.read_text())["features"]
    }
    assert read == {one.id for one in catalogue["corridor"].features}


def test_a_spatial_filter_is_pushed_to_us(gdal: Gdal, address: str, catalogue: Catalogue) -> None:
    box = ("60", "35", "80", "45")
    told = gdal("ogrinfo", "-ro", "-so", "-spat", *box, f"OAPIF:{address}", "airbases")
    inside = [
        one
        for one in catalogue["airbases"].features
        if one.geometry is not None and one.geometry.intersects(area(60, 35, 80, 45))
    ]
    assert f"Feature Count: {len(inside)}" in told


def test_an_attribute_filter_finds_the_same_as_the_catalogue(
    gdal: Gdal, address: str, catalogue: Catalogue
) -> None:
    told = gdal(
        "ogrinfo", "-ro", "-so", "-where", "status = 'former'", f"OAPIF:{address}", "airbases"
    )
    former = [one for one in catalogue["airbases"].features if one.properties.status == "former"]
    assert former
    assert f"Feature Count: {len(former)}" in told
