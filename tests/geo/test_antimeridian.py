"""The meridian of 180°: joining, closing over a pole, cutting, shifting."""

import math
from collections.abc import Callable
from pathlib import Path

import antimeridian
import numpy as np
import pytest
import shapely
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from shapely import (
    GeometryCollection,
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
    box,
)
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import cut, shift
from geo.geodesic import area_m2
from geo.unwrap import close_over_pole, unwrap, unwrap_ring

GOLDEN = Path(__file__).parent.parent / "golden" / "antimeridian"
NAMES = sorted(path.name.removesuffix(".cut.json") for path in GOLDEN.glob("*.cut.json"))
Golden = Callable[[str], BaseGeometry]


def jumps(geometry: BaseGeometry) -> list[float]:
    """The widths in longitude of the edges of a geometry that are wider than 180°, pole aside."""
    found = []
    for part in shapely.get_parts(shapely.get_parts(geometry)):
        rings = [part.exterior, *part.interiors] if isinstance(part, Polygon) else [part]
        for points in map(shapely.get_coordinates, rings):
            wide = np.abs(np.diff(points[:, 0]))
            at_pole = (np.abs(points[1:, 1]) == 90) & (np.abs(points[:-1, 1]) == 90)
            found += list(wide[(wide > 180) & ~at_pole])
    return found


def parts_of(geometry: BaseGeometry) -> list[BaseGeometry]:
    return list(shapely.get_parts(geometry))


def apart(a: BaseGeometry, b: BaseGeometry) -> float:
    return float(a.symmetric_difference(b).area)


def wrapped(polygon: Polygon) -> Polygon:
    """The same polygon with every longitude within ±180, so that it jumps."""
    return shapely.transform(
        polygon, lambda p: np.column_stack([(p[:, 0] + 180) % 360 - 180, p[:, 1]])
    )


@st.composite
def blobs(draw: st.DrawFn) -> Polygon:
    """A star around a point near 180° (east or west), unbroken, sometimes with a hole."""
    lon = draw(st.sampled_from([180.0, -180.0])) + draw(st.floats(-40, 40))
    lat = draw(st.floats(-50, 50))
    reach = draw(st.lists(st.floats(5, 38), min_size=3, max_size=9))
    turns = [2 * math.pi * n / len(reach) for n in range(len(reach))]
    shell = Polygon(
        [
            (lon + far * math.cos(turn), lat + far * math.sin(turn))
            for far, turn in zip(reach, turns, strict=True)
        ]
    )
    assume(shell.is_valid and shell.contains(Point(lon, lat)))
    hole = scale(shell, 0.3, 0.3, origin=(lon, lat))
    return Polygon(shell.exterior, [hole.exterior]) if draw(st.booleans()) else shell


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_geometry_is_cut_as_the_golden_file_shows(name: str, golden: Golden) -> None:
    made, meant = cut(unwrap(golden(f"{name}.broken"))), golden(f"{name}.cut")
    assert made.geom_type == meant.geom_type
    assert made.normalize().equals_exact(meant.normalize(), 1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_the_golden_cuts_are_valid_and_keep_to_one_side(name: str, golden: Golden) -> None:
    meant = golden(f"{name}.cut")
    assert meant.is_valid
    assert -180 <= meant.bounds[0] <= meant.bounds[2] <= 180
    assert jumps(meant) == []
    assert cut(meant).normalize().equals_exact(meant.normalize(), 0)


@settings(max_examples=60, deadline=None)
@given(blobs())
def test_a_cut_keeps_the_area_and_stays_within_180(polygon: Polygon) -> None:
    made = cut(polygon)
    assert made.is_valid
    assert made.area == pytest.approx(polygon.area, rel=1e-12, abs=1e-9)
    assert made.bounds[0] >= -180 and made.bounds[2] <= 180
    assert jumps(made) == []
    assert all(shapely.is_ccw(part.exterior) for part in shapely.get_parts(made))


@settings(max_examples=60, deadline=None)
@given(blobs())
def test_both_sides_of_a_cut_have_the_same_vertices(polygon: Polygon) -> None:
    assume(180 not in np.abs(shapely.get_coordinates(polygon)[:, 0]))
    points = shapely.get_coordinates(cut(polygon))
    east, west = points[points[:, 0] == 180, 1], points[points[:, 0] == -180, 1]
    assert set(east) == set(west)


@settings(max_examples=60, deadline=None)
@given(blobs())
def test_cutting_twice_is_cutting_once(polygon: Polygon) -> None:
    made = cut(polygon)
    assert cut(made).equals_exact(made, 0)


@settings(max_examples=60, deadline=None)
@given(blobs(), st.floats(-180, 180))
@example(box(170, 0, 190, 10), 180.0)
@example(box(170, 0, 190, 10), -180.0)
def test_a_shift_and_a_cut_lead_back(polygon: Polygon, lon0: float) -> None:
    flat = cut(polygon)
    moved = shift(flat, lon0)
    assert moved.is_valid
    assert moved.bounds[0] >= lon0 - 180 and moved.bounds[2] <= lon0 + 180
    assert moved.area == pytest.approx(flat.area, abs=1e-9)
    assert apart(cut(moved), flat) < 1e-9


@settings(max_examples=60, deadline=None)
@given(blobs())
def test_a_shift_to_the_far_side_gives_the_uncut_polygon_again(polygon: Polygon) -> None:
    lon0 = 180.0 if polygon.centroid.x > 0 else -180.0
    assume(abs(polygon.bounds[0] - lon0) < 180 and abs(polygon.bounds[2] - lon0) < 180)
    moved = shift(cut(polygon), lon0)
    assert isinstance(moved, Polygon)
    assert apart(moved, polygon) < 1e-9


@settings(max_examples=60, deadline=None)
@given(blobs())
def test_unwrapping_takes_the_short_way_home(polygon: Polygon) -> None:
    made = unwrap(wrapped(polygon))
    assert apart(cut(made), cut(polygon)) < 1e-9


@settings(max_examples=40, deadline=None)
@given(blobs())
def test_the_antimeridian_package_cuts_at_the_same_places(polygon: Polygon) -> None:
    there = antimeridian.fix_polygon(wrapped(polygon), fix_winding=True, great_circle=False)
    assert apart(there, cut(polygon)) < 1e-4  # it rounds the crossings to 1e-7°


def test_a_digit_of_a_longitude_never_changes_on_its_way_round() -> None:
    ring = unwrap_ring([(179.1234567, 1), (-179.7654321, 2), (179.1234567, 1)])
    assert ring[:, 0].tolist() == [179.1234567, 360 - 179.7654321, 179.1234567]


def test_a_ring_around_a_pole_is_closed_along_it() -> None:
    ring = unwrap_ring([(0, -70), (90, -71), (180, -72), (-90, -73), (0, -70)])
    closed = close_over_pole(ring)
    assert closed[-3:].tolist() == [[630, -90], [270, -90], [270, -73]]
    assert Polygon(closed).is_valid


def test_a_ring_around_a_pole_may_be_closed_over_the_other_one() -> None:
    ring = unwrap_ring([(0, -70), (90, -71), (180, -72), (-90, -73), (0, -70)])
    assert Polygon(close_over_pole(ring, 90)).bounds == (0, -73, 360, 90)


def test_a_ring_beside_the_pole_is_left_alone() -> None:
    ring = unwrap_ring([(0, 70), (90, 71), (90, 80), (0, 70)])
    assert np.array_equal(close_over_pole(ring), ring)


def test_a_cap_is_one_polygon_wherever_its_ring_began() -> None:
    lons = list(range(-180, 180, 20))
    caps = [
        unwrap(Polygon([(lon, -70 + 5 * math.cos(lon / 9)) for lon in lons[n:] + lons[: n + 1]]))
        for n in range(0, len(lons), 5)
    ]
    assert all(isinstance(cap, Polygon) and cap.is_valid for cap in caps)
    assert all(apart(cap, caps[0]) < 1e-9 for cap in caps)


@pytest.mark.parametrize("begin", range(6))
def test_a_ring_that_overhangs_a_meridian_is_closed_where_it_cannot_meet_itself(
    begin: int,
) -> None:
    # Between 10° and 40° east the ring runs back: a meridian there meets it three times.
    corners = [
        (-170.0, 70.0),
        (-60.0, 70.0),
        (40.0, 60.0),
        (10.0, 75.0),
        (60.0, 85.0),
        (150.0, 80.0),
    ]
    around = [*corners[begin:], *corners[:begin], corners[begin]]
    closed = Polygon(close_over_pole(unwrap_ring(around)))
    assert closed.is_valid
    begun_on_top = [*corners[4:], *corners[:4], corners[4]]
    whole = Polygon(close_over_pole(unwrap_ring(begun_on_top)))
    assert area_m2(cut(closed)) == pytest.approx(area_m2(cut(whole)), rel=1e-12)


def test_the_pole_lies_in_a_cap_for_every_longitude() -> None:
    cap = unwrap(Polygon([(0, -70), (90, -71), (180, -72), (-90, -73), (0, -70)]))
    for lon in (-180, -90, 0, 45, 180):
        assert cap.covers(Point(lon, -90))
    assert not cap.covers(Point(0, 90))


def test_a_shifted_cap_is_cut_at_the_new_edge_alone() -> None:
    cap = unwrap(Polygon([(0, -70), (90, -71), (180, -72), (-90, -73), (0, -70)]))
    moved = shift(cap, 190)
    assert isinstance(moved, Polygon)
    assert moved.bounds == (10, -90, 370, moved.bounds[3])
    assert moved.area == pytest.approx(cap.area, abs=1e-9)


def test_neighbours_that_share_a_border_are_cut_at_the_same_vertex() -> None:
    border = [(178.1, 61.3), (183.7, 63.9)]
    north = Polygon([*border, (183.7, 70), (178.1, 70)])
    south = Polygon([*reversed(border), (178.1, 50), (183.7, 50)])
    seams = [
        {tuple(p) for p in shapely.get_coordinates(cut(one)) if abs(p[0]) == 180}
        for one in (north, south)
    ]
    assert len(seams[0] & seams[1]) == 2


def test_a_line_keeps_its_direction_and_becomes_one_again() -> None:
    line = LineString([(170, 10), (-170 + 360, 20), (200, 0)])
    flat = cut(line)
    assert parts_of(flat)[0].coords[-1] == (180, 15)
    assert parts_of(flat)[1].coords[0] == (-180, 15)
    assert shift(flat, 180) == LineString([(170, 10), (180, 15), (190, 20), (200, 0)])


def test_a_line_that_runs_round_the_globe_twice_is_cut_each_time() -> None:
    flat = cut(LineString([(0, 0), (720, 72)]))
    assert [part.bounds[::2] for part in parts_of(flat)] == [(0, 180), (-180, 180), (-180, 0)]
    assert flat.length == pytest.approx(math.hypot(720, 72))


def test_points_are_moved_and_never_lost() -> None:
    assert cut(Point(190.5, 66)) == Point(-169.5, 66)
    assert shift(MultiPoint([(-169, 1), (10, 2)]), 190) == MultiPoint([(191, 1), (10, 2)])
    assert cut(Point(180, 5)) == Point(180, 5)


def test_a_collection_is_cut_member_by_member() -> None:
    mixed = GeometryCollection(
        [Point(181, 0), box(170, 0, 190, 1), MultiPolygon([box(0, 0, 1, 1)])]
    )
    flat = cut(mixed)
    assert [one.geom_type for one in parts_of(flat)] == ["Point", "MultiPolygon", "Polygon"]
    assert [one.geom_type for one in parts_of(shift(flat, 180))] == ["Point", "Polygon", "Polygon"]


@pytest.mark.parametrize("empty", [Polygon(), LineString(), MultiPolygon(), GeometryCollection()])
def test_what_is_empty_stays_empty(empty: BaseGeometry) -> None:
    assert cut(empty).is_empty and shift(empty, 90).is_empty and unwrap(empty).is_empty


def test_an_invalid_polygon_that_crosses_is_made_valid() -> None:
    bow = Polygon([(170, 0), (190, 10), (190, 0), (170, 10)])
    flat = cut(bow)
    assert flat.is_valid and flat.area == pytest.approx(100)


def test_heights_are_dropped() -> None:
    assert not cut(Polygon([(170, 0, 5), (190, 0, 5), (190, 9, 5)])).has_z


def test_lines_that_merely_touch_180_at_different_places_stay_apart() -> None:
    lines = MultiLineString([[(170, 0), (180, 1)], [(-180, 2), (-170, 3)]])
    assert len(parts_of(shift(lines, 180))) == 2


def test_of_several_parts_those_that_jump_are_unwrapped_and_the_others_stay() -> None:
    still, hole = box(0, 0, 1, 1), [(12, 2), (14, 2), (14, 4), (12, 4)]
    holed = Polygon([(10, 0), (20, 0), (20, 9), (10, 9)], [hole])
    jumping = Polygon([(179, 0), (-179, 0), (-179, 1), (179, 1)])
    made = shapely.get_parts(unwrap(MultiPolygon([still, jumping, holed])))
    assert [part.bounds for part in made] == [(0, 0, 1, 1), (179, 0, 181, 1), (10, 0, 20, 9)]
    assert made[0].wkb == still.wkb
    assert made[2].wkb == holed.wkb
