"""What is said of broken files, of good ones, and of bytes that nobody meant to write."""

import json
import math
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, orient_polygons

from geo.finding import Finding, Severity
from geo.formats import geometry_object
from geo.rules import check_geojson
from geo.ruletable import RULES

GOLDEN = Path(__file__).parent.parent / "golden"
BROKEN = sorted((GOLDEN / "broken").glob("*.geojson"))
GOOD = sorted((GOLDEN / "good").glob("*.geojson"))
EXPECTED: dict[str, list[str]] = tomllib.loads(
    (GOLDEN / "broken" / "expected.toml").read_text(encoding="utf-8")
)


def in_a_line(finding: Finding) -> str:
    """severity rule line:column pointer feature lon,lat, as `expected.toml` has it."""
    place = finding.place
    pointer = "-" if place.pointer is None else place.pointer or '""'
    words = [finding.severity, finding.rule, f"{place.line}:{place.column}", pointer]
    words.append(finding.feature or "-")
    if place.lon is not None:
        words.append(f"{place.lon:g},{place.lat:g}")
    return " ".join(words)


def rules_of(data: bytes | str) -> list[str]:
    text = data.encode() if isinstance(data, str) else data
    return [finding.rule for finding in check_geojson(text)]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
def test_a_broken_file_is_told_what_and_where(path: Path) -> None:
    assert [in_a_line(one) for one in check_geojson(path.read_bytes())] == EXPECTED[path.stem]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_a_good_file_is_left_in_peace(path: Path) -> None:
    found = check_geojson(path.read_bytes())
    assert not [one for one in found if one.severity is not Severity.NOTE]


def test_the_corpus_holds_sixty_broken_files_and_expects_something_of_each() -> None:
    assert len(BROKEN) >= 60
    assert sorted(EXPECTED) == [path.stem for path in BROKEN]
    assert all(EXPECTED.values())


def test_every_rule_of_the_table_fires_in_the_corpus() -> None:
    fired = {line.split()[1] for lines in EXPECTED.values() for line in lines}
    assert fired == set(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_says_in_a_sentence_what_holds_and_what_to_do(rule: object) -> None:
    known = RULES[rule.id]  # type: ignore[attr-defined]
    assert known.sentence[0].isupper() and known.sentence.endswith(".")
    assert known.advice and not known.advice.endswith(".")


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
def test_the_severity_and_advice_are_those_of_the_table(path: Path) -> None:
    for one in check_geojson(path.read_bytes()):
        assert (one.severity, one.advice) == (RULES[one.rule].severity, RULES[one.rule].advice)


def test_a_finding_deep_in_a_big_file_has_the_right_line() -> None:
    rows = [
        json.dumps(
            {
                "type": "Feature",
                "id": f"f{n}",
                "properties": {"text": 'a "quoted" [bracket} \\ '},
                "geometry": {
                    "type": "Point",
                    "coordinates": [95 + n / 100, 95 if n == 777 else 45],
                },
            }
        )
        for n in range(1000)
    ]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(rows) + "\n]}"
    (found,) = [one for one in check_geojson(text.encode()) if one.rule == "latitude-range"]
    assert found.place.line == 779 and found.feature == "f777"
    assert rows[777][(found.place.column or 0) - 1 :].startswith("[102.77, 95]")


def test_a_fault_repeated_in_every_feature_is_told_a_few_times_with_the_count() -> None:
    one = (
        '{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[1,2]]}}'
    )
    text = '{"type":"FeatureCollection","features":[' + ",".join([one] * 100) + "]}"
    found = check_geojson(text.encode())
    short = [f for f in found if f.rule == "line-short"]
    assert len(short) == 20 and "80 more findings" in short[-1].message
    (missing,) = [f for f in found if f.rule == "id-missing"]
    assert "99 more findings" in missing.message


def test_columns_count_characters_and_not_bytes() -> None:
    (found,) = check_geojson('{"title":"Երևան","type":"Point","coordinates":[10]}'.encode())
    assert (found.rule, found.place.column) == ("position-short", 47)


def test_findings_quote_hostile_text_without_its_escape_sequences() -> None:
    evil = '{"type":"\\u001b[31mPoint\\u202e","coordinates":[10,20]}'
    for one in check_geojson(evil.encode()):
        assert one.message.isprintable()


def times_as_long(large: bytes, small: bytes) -> float:
    """How much more time of the processor one check takes than another.

    By turns, and each at its quickest, since a machine may be half as fast from one second to the
    next.
    """
    spent: dict[bytes, list[float]] = {large: [], small: []}
    for data in (large, small) * 4:
        start = time.process_time()
        check_geojson(data)
        spent[data].append(time.process_time() - start)
    return min(spent[large]) / min(spent[small])


def many_rings(count: int) -> bytes:
    turn = [2 * math.pi * k / 400 for k in range(400)]
    ring = [[round(10 + 5 * math.cos(t), 7), round(50 + 5 * math.sin(t), 7)] for t in turn]
    ring.append(ring[0])
    shape = json.dumps({"type": "Polygon", "coordinates": [ring]})
    rows = (
        f'{{"type":"Feature","id":"f{n}","properties":{{}},"geometry":{shape}}}'
        for n in range(count)
    )
    return ('{"type":"FeatureCollection","features":[' + ",".join(rows) + "]}").encode()


def many_faults(count: int) -> bytes:
    rows = ",".join(f'{{"type":"Point","coordinates":[{n % 180},99]}}' for n in range(count))
    return ('{"type":"GeometryCollection","geometries":[' + rows + "]}").encode()


def test_a_file_of_five_megabytes_costs_no_more_for_each_feature_than_a_small_one() -> None:
    data = many_rings(500)
    assert len(data) > 5_000_000
    assert check_geojson(data) == []
    assert times_as_long(data, many_rings(125)) < 12  # of four times as much; in squares sixteen


def test_many_findings_in_a_big_file_are_placed_in_one_pass() -> None:
    found = check_geojson(many_faults(5_000))
    assert {one.rule for one in found} == {"latitude-range", "axes-swapped"}
    assert times_as_long(many_faults(5_000), many_faults(1_250)) < 12


@given(st.binary(max_size=200))
def test_any_bytes_are_survived(data: bytes) -> None:
    for one in check_geojson(data):
        assert one.rule in RULES and one.place.line and one.place.column


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["Feature", "FeatureCollection", "Point", "Polygon", "GeometryCollection"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "features", "geometry", "geometries", "coordinates", "id", "bbox", "crs"]
            )
            | st.text(max_size=3),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_any_json_is_survived(value: object) -> None:
    data = json.dumps(value).encode("utf-8", "surrogatepass")
    for one in check_geojson(data):
        assert one.rule in RULES


NUMBERS = st.floats(allow_nan=True) | st.integers(-200, 200) | st.none() | st.text(max_size=2)
NESTED = st.recursive(
    st.lists(NUMBERS, max_size=5), lambda inner: st.lists(inner, max_size=5), max_leaves=12
)


@given(
    st.sampled_from(
        ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"]
    ),
    NESTED,
)
def test_any_coordinates_are_survived(kind: str, coordinates: object) -> None:
    data = json.dumps({"type": kind, "coordinates": coordinates}).encode()
    for one in check_geojson(data):
        assert one.rule in RULES


DEGREES = st.tuples(
    st.integers(-1790, 1790).map(lambda n: n / 10), st.integers(-890, 890).map(lambda n: n / 10)
)


@given(st.lists(DEGREES, min_size=3, max_size=12, unique=True))
def test_any_valid_polygon_gives_no_error(points: list[tuple[float, float]]) -> None:
    middle = (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))
    points.sort(key=lambda p: math.atan2(p[1] - middle[1], p[0] - middle[0]))
    shape = Polygon(points)
    if not shape.is_valid:
        return
    data = json.dumps(geometry_object(orient_polygons(shape))).encode()
    found = check_geojson(data)
    assert not [one for one in found if one.severity is Severity.ERROR]
    assert "ring-winding" not in {one.rule for one in found}


@given(st.lists(DEGREES, min_size=4, max_size=8))
def test_an_invalid_polygon_always_gives_an_error(points: list[tuple[float, float]]) -> None:
    ring = [*points, points[0]]
    if Polygon(ring).is_valid:
        return
    data = json.dumps({"type": "Polygon", "coordinates": [ring]}).encode()
    assert Severity.ERROR in {one.severity for one in check_geojson(data)}


def test_nested_collections_to_any_depth_are_survived() -> None:
    for depth in (10, 40, 300, 5000):
        text = '{"type":"GeometryCollection","geometries":[' * depth + "]}" * depth
        assert rules_of(text)[0] in ("collection-nested", "json-depth")


def test_coordinates_nested_to_any_depth_are_survived() -> None:
    for depth in (10, 300, 5000):
        text = '{"type":"MultiPolygon","bbox":[1,2,3,4],"coordinates":' + "[" * depth + "]" * depth
        assert set(rules_of(text + "}")) <= {"coordinates-depth", "json-depth"}
