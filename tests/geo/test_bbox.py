"""Bounding boxes on the globe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, area

from geo.bbox import BBox
from geo.errors import BadBBox

LONS = st.floats(-180, 180)
LATS = st.floats(-90, 90)


def test_a_bbox_across_180_is_two_boxes_that_meet_there() -> None:
    bering = BBox.parse("170,60,-160,70")
    assert bering.crosses
    assert bering.width == 30
    assert bering.parts == ((170, 60, 180, 70), (-180, 60, -160, 70))


def test_a_bbox_with_heights_keeps_its_four_sides() -> None:
    assert BBox.parse("-10,50,0,10,60,9000") == BBox(-10, 50, 10, 60)


def test_the_whole_globe_is_360_degrees_wide() -> None:
    assert BBox.parse("-180,-90,180,90").width == 360


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,2,3", "3 numbers"),
        ("", "1 numbers"),
        ("a,2,3,4", "'a'"),
        ("nan,2,3,4", "'nan'"),
        ("1,2,inf,4", "'inf'"),
        ("181,2,3,4", "west is 181"),
        ("1,-91,3,4", "south is -91"),
        ("1,5,3,4", "above north"),
        ("1,2,3,4,5", "5 numbers"),
    ],
)
def test_a_bbox_that_is_none_is_refused_with_the_number_that_is_wrong(text: str, said: str) -> None:
    with pytest.raises(BadBBox, match=said):
        BBox.parse(text)


@given(LONS, LATS, LONS, LATS, LONS, LATS)
def test_a_point_is_in_the_box_exactly_if_its_area_covers_it(
    west: float, one: float, east: float, other: float, lon: float, lat: float
) -> None:
    box = BBox(west, min(one, other), east, max(one, other))
    inside = box.south <= lat <= box.north and (
        (box.west <= lon or lon <= box.east) if box.crosses else box.west <= lon <= box.east
    )
    assert box.area.intersects(Point(lon, lat)) == inside


@given(LONS, LONS)
def test_a_box_and_its_complement_share_the_globe(west: float, east: float) -> None:
    box, rest = BBox(west, -90, east, 90), BBox(east, -90, west, 90)
    whole = 360 if west != east else 0
    assert box.width + rest.width == pytest.approx(whole)
    assert area(box.area) + area(rest.area) == pytest.approx(whole * 180)
