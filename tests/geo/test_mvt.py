"""Tiles that other programs' decoders read back as what was put in."""

from typing import Any

import mapbox_vector_tile
import numpy as np
import numpy.typing as npt
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.mvt import EXTENT, _few, _many, layer, strings
from geo.mvttags import Tags, numeric_ids

Decoded = list[dict[str, Any]]
Coordinates = st.tuples(st.integers(-64, 4160), st.integers(-64, 4160))
Loose = st.tuples(*[st.integers(-64 * 64, 4160 * 64).map(lambda n: n / 64)] * 2)


def made(*geometries: BaseGeometry, names: list[int] | None = None) -> bytes:
    numbers = list(range(len(geometries))) if names is None else names
    rows: list[dict[str, Any]] = [
        {"name": f"feature {n}", "n": n} for n in range(max(numbers, default=0) + 1)
    ]
    tags = Tags.of([f"f{n}" for n in range(len(rows))], rows)
    given_ = np.empty(len(geometries), dtype=object)
    given_[:] = geometries
    return layer("things", tags, given_, np.array(numbers))


def decoded(tile: bytes) -> Decoded:
    """The features of the one layer, y down as they stand in the tile."""
    if not tile:
        return []
    read = mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})
    assert list(read) == ["things"]
    assert read["things"]["extent"] == EXTENT
    assert read["things"]["version"] == 2
    features: Decoded = read["things"]["features"]
    return features


def shapes(tile: bytes) -> list[BaseGeometry]:
    return [shape(one["geometry"]) for one in decoded(tile)]


def rounded(geometry: BaseGeometry) -> BaseGeometry:
    made: BaseGeometry = shapely.transform(geometry, np.rint)
    return made


def area2(ring: npt.NDArray[np.float64]) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum())


def test_a_point_comes_back() -> None:
    assert shapes(made(shapely.Point(7, 4000))) == [shapely.Point(7, 4000)]


def test_no_geometry_makes_no_bytes() -> None:
    assert made() == b""
    assert made(shapely.Point(), shapely.Polygon(), names=[0, 1]) == b""


def test_a_feature_of_several_dimensions_comes_once_for_each() -> None:
    line, point = shapely.LineString([(0, 0), (9, 9)]), shapely.Point(4, 4)
    area = shapely.box(0, 0, 9, 9)
    found = decoded(made(line, point, area, names=[0, 0, 0]))
    assert [one["geometry"]["type"] for one in found] == ["Polygon", "LineString", "Point"]
    assert {one["id"] for one in found} == {int(numeric_ids(["f0"])[0])}


@given(st.lists(Loose, min_size=1, max_size=30))
@example([(0.5, 1.5)])
def test_points_come_back_rounded(points: list[tuple[float, float]]) -> None:
    found = shapes(made(*map(shapely.Point, points)))
    assert found == [rounded(shapely.Point(one)) for one in points]


@given(st.lists(Coordinates, min_size=1, max_size=8, unique=True))
def test_a_multipoint_is_one_feature(points: list[tuple[int, int]]) -> None:
    found = shapes(made(shapely.MultiPoint(points)))
    assert len(found) == 1
    assert {tuple(one) for one in shapely.get_coordinates(found).tolist()} == set(points)


def different(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    new = np.ones(len(points), dtype=bool)
    new[1:] = (points[1:] != points[:-1]).any(axis=1)
    return points[new]


@given(st.lists(st.lists(Loose, min_size=2, max_size=12), min_size=1, max_size=5))
@example([[(0.0, 0.0), (0.2, 0.2)]])
@example([[(0.0, 0.0), (9.0, 9.0)], [(5.0, 5.0), (5.1, 5.1)]])
def test_lines_come_back_rounded_and_none_is_lost(lines: list[list[tuple[float, float]]]) -> None:
    found = shapes(made(*map(shapely.LineString, lines)))
    assert len(found) == len(lines)
    for line, one in zip(lines, found, strict=True):
        wanted = different(np.rint(np.array(line)))
        if len(wanted) > 1:
            assert shapely.get_coordinates(one).tolist() == wanted.tolist()
        else:  # what rounding leaves nothing of is one unit long
            assert one.length == 1
            assert shapely.get_coordinates(one)[0].tolist() == wanted[0].tolist()


def blob(points: list[tuple[float, float]]) -> BaseGeometry:
    """Any valid area through these points: their ring, made valid."""
    ring = shapely.Polygon([*points, points[0]])
    whole = shapely.make_valid(ring, method="structure", keep_collapsed=False)
    parts = [one for one in shapely.get_parts(whole) if one.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


@given(st.lists(st.lists(Loose, min_size=3, max_size=14), min_size=1, max_size=4))
@example([[(0, 0), (10, 0.4), (20, 0), (20, 5), (10, 0.45), (0, 5)]])  # rounding pinches it
@example([[(0, 0), (0.3, 0), (0.3, 0.3)]])
def test_areas_stay_valid_wound_and_where_they_were(areas: list[list[tuple[float, float]]]) -> None:
    wanted = [one for one in map(blob, areas) if not one.is_empty]
    found = shapes(made(*wanted))
    assert len(found) == len(wanted)
    for before, after in zip(wanted, found, strict=True):
        assert shapely.is_valid(after)
        assert (shapely.get_coordinates(after) % 1 == 0).all()
        changed = before.symmetric_difference(after)
        assert changed.difference(before.boundary.buffer(2)).is_empty
        for part in shapely.get_parts(after):
            assert area2(shapely.get_coordinates(part.exterior)) > 0
            assert all(area2(shapely.get_coordinates(one)) < 0 for one in part.interiors)


@given(st.lists(Coordinates, min_size=3, max_size=20))
def test_an_area_in_whole_units_comes_back_as_it_was(points: list[tuple[int, int]]) -> None:
    whole = shapely.set_precision(blob([(float(x), float(y)) for x, y in points]), 1.0)
    if whole.is_empty or not shapely.is_valid(whole):
        return
    found = shapes(made(whole))
    assert shapely.equals(shapely.union_all(found), whole)


def test_a_hole_stays_a_hole() -> None:
    ring = shapely.Polygon(
        [(0, 0), (100, 0), (100, 100), (0, 100)], [[(10, 10), (90, 10), (90, 90), (10, 90)]]
    )
    (found,) = shapes(made(ring))
    assert found.equals(ring)


def test_a_hole_that_rounding_closes_is_dropped_and_the_area_stays() -> None:
    hole = [(50, 50), (50.2, 50), (50.2, 50.2)]
    (found,) = shapes(made(shapely.Polygon([(0, 0), (100, 0), (100, 100)], [hole])))
    assert found.equals(shapely.Polygon([(0, 0), (100, 0), (100, 100)]))


def test_two_islands_that_rounding_joins_are_one_valid_area() -> None:
    islands = shapely.MultiPolygon([shapely.box(0, 0, 10, 10), shapely.box(10.3, 0, 20, 10)])
    (found,) = shapes(made(islands))
    assert found.is_valid
    assert found.equals(shapely.box(0, 0, 20, 10))


def test_an_area_smaller_than_a_unit_leaves_a_mark() -> None:
    (found,) = shapes(made(shapely.box(30.1, 40.1, 30.2, 40.2)))
    assert found.bounds == (30, 40, 31, 41)


def test_shared_edges_stay_shared() -> None:
    rng = np.random.default_rng(4)
    sites = shapely.MultiPoint(rng.uniform(0, 4096, (60, 2)))
    cells = shapely.get_parts(
        shapely.voronoi_polygons(sites, extend_to=shapely.box(0, 0, 4096, 4096))
    )
    cells = shapely.clip_by_rect(cells, 0, 0, 4096, 4096)
    found = shapes(made(*cells))
    assert shapely.coverage_is_valid(found)
    assert shapely.union_all(found).equals(shapely.box(0, 0, 4096, 4096))


def test_tags_of_every_type_come_back() -> None:
    row: dict[str, Any] = {
        "a": "Ərməni",
        "b": True,
        "c": 3,
        "d": -3,
        "e": 2.5,
        "f": False,
        "g": 2**40,
    }
    tags = Tags.of(["x"], [row])
    tile = layer("things", tags, np.array([shapely.Point(1, 1)]), np.array([0]))
    (found,) = decoded(tile)
    assert found["properties"] == row
    assert {type(one) for one in (found["properties"]["b"], found["properties"]["c"])} == {
        bool,
        int,
    }


def test_true_and_1_are_different_values() -> None:
    tags = Tags.of(["x", "y"], [{"a": True}, {"a": 1}])
    points = np.array([shapely.Point(1, 1), shapely.Point(2, 2)])
    found = decoded(layer("things", tags, points, np.array([0, 1])))
    assert [one["properties"]["a"] for one in found] == [True, 1]
    assert [type(one["properties"]["a"]) for one in found] == [bool, int]


def test_a_tile_holds_only_the_keys_and_values_that_it_uses() -> None:
    rows = [{f"key {n}": f"value {n}"} for n in range(500)]
    tags = Tags.of([str(n) for n in range(500)], rows)
    tile = layer("things", tags, np.array([shapely.Point(1, 1)]), np.array([77]))
    assert tile.count(b"key ") == tile.count(b"value ") == 1
    assert decoded(tile)[0]["properties"] == rows[77]


def test_features_keep_their_order_and_their_own_tags() -> None:
    points = [shapely.Point(n, n) for n in (3, 1, 2)]
    found = decoded(made(*points, names=[2, 0, 1]))
    assert [one["properties"]["n"] for one in found] == [0, 1, 2]
    assert [one["geometry"]["coordinates"] for one in found] == [[1, 1], [2, 2], [3, 3]]


def test_ids_do_not_depend_on_the_other_features() -> None:
    some, more = numeric_ids(["kg", "am"]), numeric_ids(["x", "am", "y", "kg"])
    assert some.tolist() == [more[3], more[1]]


def test_ids_are_different_and_fit_32_bits() -> None:
    found = numeric_ids([f"feature_{n}" for n in range(100_000)])
    assert len(set(found.tolist())) == 100_000
    assert 0 < found.min() <= found.max() < 2**31


def test_a_whole_number_stays_its_own_id() -> None:
    assert numeric_ids(["17", "200000"]).tolist() == [17, 200000]


@pytest.mark.parametrize("count", [127, 128, 20_000])
def test_lengths_of_every_size_are_written_right(count: int) -> None:
    line = shapely.LineString([(n % 4096, (n * 7) % 4096) for n in range(count)])
    (found,) = shapes(made(line))
    assert found.equals_exact(line, 0)


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=30), st.integers(0, 300))
def test_features_written_one_by_one_have_the_bytes_of_all_at_once(
    names: list[str], far: int
) -> None:
    rows: list[dict[str, Any]] = [
        {"n": n * 100, name: "ü" * far, "even": n % 2 == 0} for n, name in enumerate(names)
    ]
    tags = Tags.of([f"f{n}" for n in range(len(rows))], rows)
    shapes = [shapely.LineString([(n, 0), (n + far, 70 * n), (0, 9)]) for n in range(len(rows))]
    part = strings(np.array(shapes, dtype=object), np.arange(len(rows)))
    assert b"".join(_few(tags, [part])) == b"".join(_many(tags, [part]))


@pytest.mark.parametrize("chosen", [[0], [0, 2], [0, 1], [1, 2], [3], [0, 3], [0, 1, 2, 3]])
@pytest.mark.parametrize("times", [1, 40])
def test_features_say_what_they_say_with_the_same_keys_or_others(
    chosen: list[int], times: int
) -> None:
    forms: list[dict[str, Any]] = [
        {"a": 1, "b": "x"},
        {"b": "x", "a": 3},
        {"a": 3, "b": "y"},
        {},
    ]
    rows = forms * times
    tags = Tags.of([f"f{n}" for n in range(len(rows))], rows)
    numbers = np.array([4 * turn + one for turn in range(times) for one in chosen])
    points = np.asarray(shapely.points(numbers, numbers))
    found = decoded(layer("things", tags, points, numbers))
    assert [one["properties"] for one in found] == [rows[one] for one in numbers.tolist()]
