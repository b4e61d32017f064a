"""The smallest box around many geometries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import GeometryCollection, LineString, MultiPoint, Point, box

from geo.bbox import BBox
from geo.extent import extent_of

LONS = st.floats(-180, 180)


def test_chukotka_with_alaska_is_30_degrees_wide_and_not_360() -> None:
    both = [box(170, 62, 180, 70), box(-180, 62, -160, 70)]
    assert extent_of(both) == BBox(170, 62, -160, 70)


def test_an_extent_that_stays_clear_of_180_is_the_plain_one() -> None:
    assert extent_of([Point(65.9, 38.8), Point(74.5, 43.1)]) == BBox(65.9, 38.8, 74.5, 43.1)


def test_features_without_geometry_do_not_count() -> None:
    assert extent_of([None, Point(10, 20), None]) == BBox(10, 20, 10, 20)


@pytest.mark.parametrize("nothing", [[], [None], [Point()], [GeometryCollection()]])
def test_nothing_has_no_extent(nothing: list[Point | None]) -> None:
    assert extent_of(nothing) is None


def test_a_ring_of_points_round_the_pole_leaves_out_its_widest_gap() -> None:
    around = MultiPoint([(lon, 80) for lon in (-170, -90, 0, 90, 160)])
    box_ = extent_of([around])
    assert box_ is not None
    assert box_.width == pytest.approx(270)


@given(st.lists(st.tuples(LONS, LONS, st.floats(-90, 90)), min_size=1, max_size=8))
def test_the_extent_holds_every_part(spans: list[tuple[float, float, float]]) -> None:
    lines = [LineString([(a, lat), (b, lat)]) for a, b, lat in spans]
    found = extent_of(lines)
    assert found is not None
    assert found.width <= 360
    for line in lines:
        assert found.area.buffer(1e-9).covers(line)
