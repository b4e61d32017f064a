"""GeoJSON in and out."""

import json
import math
from typing import Any

import geojson
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import GeometryCollection, LineString, MultiPolygon, Point, box
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.errors import BadGeoJSON
from geo.feature import Feature
from geo.formats import (
    collection_bytes,
    feature_bytes,
    feature_in_words,
    feature_spans,
    geometry_object,
    load_text,
    written_features,
)
from geo.formats import parse_collection as parse
from geo.model import Properties

SAYS = Properties.model_validate(
    {
        "name": "Меғри · Meğri · {{7*7}}",
        "kind": "station",
        "status": "planned",
        "evidence": "indicative",
        "licence": "CC-BY-4.0",
        "sources": [{"id": "a", "title": "A", "publisher": "B"}],
    }
)
SHAPES = [
    Point(46.2786, 38.9021),
    LineString([(179.5, 66), (180, 66.5)]),
    MultiPolygon([box(170, 60, 180, 70), box(-180, 60, -170, 70)]),
    GeometryCollection([Point(0, 90), box(0, 0, 1, 1)]),
    None,
]


@pytest.mark.parametrize("geometry", SHAPES, ids=str)
def test_a_feature_comes_back_as_it_was_written(geometry: BaseGeometry | None) -> None:
    feature = Feature("meghri", geometry, SAYS)
    assert parse(collection_bytes([feature])) == [feature]


def test_the_same_features_are_the_same_bytes_with_a_line_for_each() -> None:
    features = [Feature(f"f{n}", Point(n, n), SAYS) for n in range(3)]
    assert collection_bytes(features) == collection_bytes(features)
    assert len(collection_bytes(features).splitlines()) == 5


def test_what_is_written_of_an_area_is_its_object_to_the_last_digit() -> None:
    wild = np.random.default_rng(7).uniform(-1e-6, 180, (40, 2))
    areas = [shapely.Polygon(wild, [wild[:4] / 3]), box(-0.0, 0, 1, 1e-9)]
    for geometry in [*areas, MultiPolygon(areas), MultiPolygon(), shapely.Polygon()]:
        made = feature_bytes(Feature("a", geometry, SAYS))
        assert json.dumps(geometry_object(geometry), separators=(",", ":")).encode() in made


def test_each_feature_is_found_in_the_bytes_of_its_collection() -> None:
    hard = Properties.model_validate({**SAYS.model_dump(), "name": 'says "}]},\n{" twice'})
    made = [*(Feature("a", shape, SAYS) for shape in SHAPES), Feature("b", None, hard)]
    data = collection_bytes(made)
    cut = [data[start:end] for start, end in feature_spans(data)]
    assert cut == [feature_bytes(one) for one in made]
    assert feature_spans(collection_bytes([])) == []


def test_what_we_wrote_is_read_quickly_and_the_same_and_other_bytes_are_not() -> None:
    hard = Properties.model_validate({**SAYS.model_dump(), "name": '","geometry":null}]},\n{" x'})
    made = [
        *(Feature(f"a{n}", one, SAYS) for n, one in enumerate(SHAPES)),
        Feature("b", None, hard),
    ]
    data = collection_bytes(made)
    assert written_features(data) == tuple(made) == tuple(parse(data))
    others = [data + b" ", data.replace(b",\n", b",\n\n"), data.replace(b"\n", b""), b"{}", b""]
    assert [written_features(other) for other in others] == [None] * len(others)


def test_a_fault_in_what_we_wrote_is_told() -> None:
    data = collection_bytes([Feature("a", Point(1, 2), SAYS)])
    for old, new in [
        (b"[1.0,2.0]", b"[1.0,]"),
        (b'"planned"', b'"unheard of"'),
        (b'"Point"', b"4"),
    ]:
        with pytest.raises((BadGeoJSON, ValueError)):
            written_features(data.replace(old, new))


def test_who_reads_a_feature_gets_all_of_it_but_the_lists_of_a_long_geometry() -> None:
    hard = Properties.model_validate({**SAYS.model_dump(), "name": ',"properties":{},"geometry":'})
    for geometry in (*SHAPES, Point(0, 0).buffer(1, 64)):
        body = feature_bytes(Feature(',"geometry":', geometry, hard))
        told, whole = feature_in_words(body[:-1] + b',"view":{"of":"us"}}'), json.loads(body)
        shape = whole.pop("geometry")
        assert (told.pop("geometry") or {}).get("type") == (shape or {}).get("type")
        assert told == {**whole, "view": {"of": "us"}}
    assert feature_in_words(body)["geometry"] == {"type": "Polygon"}


def test_text_is_written_as_it_is_and_not_as_escapes() -> None:
    assert "Меғри · Meğri · {{7*7}}".encode() in feature_bytes(Feature("a", None, SAYS))


def test_the_geojson_package_finds_nothing_to_object_to() -> None:
    for geometry in SHAPES:
        made = geojson.loads(feature_bytes(Feature("a", geometry, SAYS)))
        assert made.is_valid, made.errors()


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_a_coordinate_is_rounded_to_11_millimetres_and_never_minus_zero(
    lon: float, lat: float
) -> None:
    made = geometry_object(Point(lon, lat))
    assert made is not None
    for written, meant in zip(made["coordinates"], (lon, lat), strict=True):
        assert abs(written - meant) <= 0.5e-7 + 1e-12
        assert math.copysign(1, written) == 1 or written != 0


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=2, max_size=6))
def test_a_line_is_written_as_the_json_that_shapely_reads(points: list[Any]) -> None:
    made = json.loads(json.dumps(geometry_object(LineString(points))))
    assert shape(made).equals_exact(LineString(points), 1e-7)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (b'{"type": }', 1, 10),
        (b'{\n  "type": "Point",\n}', 3, 1),
        (b'{\n "a": NaN}', 1, 1),
        (b'{\n "a": "\xff"}', 2, 8),
        (b"", 1, 1),
    ],
)
def test_a_fault_in_the_text_is_named_by_line_and_column(
    text: bytes, line: int, column: int
) -> None:
    with pytest.raises(BadGeoJSON) as error:
        load_text(text)
    assert (error.value.line, error.value.column) == (line, column)


def test_brackets_without_end_are_refused_and_not_followed() -> None:
    with pytest.raises(BadGeoJSON):
        load_text(b"[" * 200_000)


def test_a_lone_point_is_no_collection() -> None:
    with pytest.raises(BadGeoJSON, match="FeatureCollection"):
        parse(b'{"type": "Point", "coordinates": [0, 0]}')
