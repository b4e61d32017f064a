"""GeoJSON in and out."""

import json
import math
from typing import Any

import geojson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import GeometryCollection, LineString, MultiPolygon, Point, box
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.errors import BadGeoJSON
from geo.feature import Feature
from geo.formats import collection_bytes, feature_bytes, feature_spans, geometry_object, load_text
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


def test_each_feature_is_found_in_the_bytes_of_its_collection() -> None:
    hard = Properties.model_validate({**SAYS.model_dump(), "name": 'says "}]},\n{" twice'})
    made = [*(Feature("a", shape, SAYS) for shape in SHAPES), Feature("b", None, hard)]
    data = collection_bytes(made)
    cut = [data[start:end] for start, end in feature_spans(data)]
    assert cut == [feature_bytes(one) for one in made]
    assert feature_spans(collection_bytes([])) == []


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
