"""Many lines or rings in one array."""

import numpy as np
import pytest
import shapely
from shapely import GeometryCollection, LineString, MultiPolygon, Point, box

from geo.paths import Paths

HOLED = box(0, 0, 9, 9).difference(box(2, 2, 4, 4))


def test_paths_of_polygons_are_all_their_rings() -> None:
    paths = Paths.of([HOLED, MultiPolygon([box(20, 0, 21, 1), box(30, 0, 31, 1)])])
    assert len(paths) == 4
    assert paths.offsets.tolist() == [0, 5, 10, 15, 20]
    assert all((ring[0] == ring[-1]).all() for ring in paths)


def test_paths_keep_the_order_of_the_geometries() -> None:
    line = LineString([(100, 0), (101, 0)])
    starts = [float(path[:, 0].min()) for path in Paths.of([box(50, 0, 51, 1), line, HOLED])]
    assert starts == [50, 100, 0, 2]


def test_points_and_empty_geometries_have_no_paths() -> None:
    nothing = [Point(1, 1), LineString(), GeometryCollection([Point(0, 0)])]
    assert Paths.of(nothing).empty
    assert Paths.of([]).empty
    assert len(Paths.of([])) == 0


@pytest.mark.parametrize("given", [HOLED, [HOLED], np.array([HOLED]), iter([HOLED])])
def test_paths_take_one_geometry_or_many(given: object) -> None:
    assert len(Paths.of(given)) == 2  # type: ignore[arg-type]


def test_a_collection_within_a_collection_is_opened() -> None:
    nested = GeometryCollection(
        [GeometryCollection([box(0, 0, 1, 1)]), LineString([(0, 0), (1, 1)])]
    )
    assert len(Paths.of(nested)) == 2


def test_paths_of_many_lines_are_as_long_as_the_lines() -> None:
    lines = shapely.linestrings(np.random.default_rng(1).uniform(0, 9, (50, 7, 2)))
    paths = Paths.of(lines)
    assert [len(path) for path in paths] == [7] * 50
    assert (np.concatenate(list(paths)) == shapely.get_coordinates(lines)).all()


def test_edges_that_are_too_long_get_points_between_and_no_path_runs_into_the_next() -> None:
    paths = Paths.each([[(0, 0), (10, 0)], [(0, 5), (2, 5)]]).parted(4)
    assert [len(path) for path in paths] == [4, 2]
    assert paths.points[:4, 0] == pytest.approx([0, 10 / 3, 20 / 3, 10])
    assert paths.parted(4) is paths
