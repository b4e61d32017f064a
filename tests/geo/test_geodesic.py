"""Lengths, areas and lines on the ellipsoid, against closed forms and published values."""

import math
from itertools import pairwise

import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Polygon, box

from geo.antimeridian import cut
from geo.errors import BadLine
from geo.geodesic import (
    ELLIPSOID_M2,
    GEOD,
    METRES_PER_M,
    Point,
    arc,
    area_m2,
    azimuth,
    densify,
    destination,
    distance_m,
    length_m,
    rhumb_distance_m,
    unwrapped,
)
from geo.model import LineType

LONS = st.floats(-180, 180)
LATS = st.floats(-85, 85)
POINTS = st.tuples(LONS, LATS)
LINES: tuple[LineType, ...] = ("geodesic", "rhumb")
JFK = (-(73 + 46 / 60 + 44 / 3600), 40 + 38 / 60 + 23 / 3600)
CHANGI = (103 + 59 / 60 + 22 / 3600, 1 + 21 / 60 + 33 / 3600)


def steps(points: list[Point]) -> list[float]:
    return [distance_m(a, b) for a, b in pairwise(points)]


def zone_m2(south: float, north: float) -> float:
    """The area between two parallels: the closed form of the surface of a spheroid."""
    e = math.sqrt(GEOD.es)

    def above_equator(lat: float) -> float:
        x = e * math.sin(math.radians(lat))
        return math.pi * GEOD.b**2 / e * (x / (1 - x * x) + math.atanh(x))

    return above_equator(north) - above_equator(south)


def ring_at(lat: float, step: float = 0.05) -> list[Point]:
    count = round(360 / step)
    return [(-180 + n * step, lat) for n in range(count)] + [(180.0, lat)]


def test_the_quarter_meridian_is_10001965_729_metres_long() -> None:
    assert distance_m((0, 0), (0, 90)) == pytest.approx(10_001_965.729, abs=5e-4)


def test_a_degree_of_the_equator_is_the_equator_by_360() -> None:
    assert distance_m((179.5, 0), (-179.5, 0)) == pytest.approx(2 * math.pi * 6378137 / 360)


def test_new_york_to_london_is_what_geographiclib_publishes() -> None:
    assert distance_m((-73.8, 40.6), (-0.5, 51.6)) == pytest.approx(5_551_759.400, abs=5e-4)


def test_wellington_to_salamanca_is_what_geographiclib_publishes() -> None:
    wellington, salamanca = (174.81, -41.32), (-5.50, 40.96)
    assert distance_m(wellington, salamanca) == pytest.approx(19_959_679.267, abs=5e-4)
    assert azimuth(wellington, salamanca) == pytest.approx(161.067669986, abs=1e-8)


def test_a_distance_over_the_pole_is_the_two_colatitudes_together() -> None:
    over = distance_m((10, 80), (-170, 85))
    assert over == pytest.approx(distance_m((10, 80), (0, 90)) + distance_m((0, 90), (0, 85)))


@given(POINTS, st.floats(0, 360), st.floats(1, 1e7))
def test_a_destination_lies_as_far_away_as_asked(start: Point, bearing: float, m: float) -> None:
    assert distance_m(start, destination(start, bearing, m)) == pytest.approx(m, abs=1e-5)


def test_the_length_of_a_line_is_the_same_however_it_is_cut() -> None:
    unbroken = LineString(densify((170, 60), (-170, 65)))
    assert length_m(cut(unbroken)) == pytest.approx(distance_m((170, 60), (-170, 65)), abs=0.1)
    assert len(shapely.get_parts(cut(unbroken))) == 2


def test_the_rhumb_line_from_new_york_to_singapore_is_what_rhumbsolve_publishes() -> None:
    assert rhumb_distance_m(JFK, CHANGI) == pytest.approx(18_523_563, abs=0.5)
    assert distance_m(JFK, CHANGI) < 15_400_000  # "considerably longer than the geodesic"


def test_the_rhumb_line_to_singapore_passes_the_way_points_that_rhumbsolve_publishes() -> None:
    line = LineString(densify(JFK, CHANGI, "rhumb", 1_000))
    second = (-(30 + 20 / 60 + 57.3 / 3600), 32 + 10 / 60 + 26.8 / 3600)  # after 4 000 km
    fourth = (9 + 12 / 60 + 45.5 / 3600, 23 + 41 / 60 + 50.1 / 3600)  # after 8 000 km
    for point in (second, fourth):
        near = line.interpolate(line.project(shapely.Point(point)))
        assert distance_m(point, (near.x, near.y)) < 30
    assert rhumb_distance_m(second, fourth) == pytest.approx(4_000_000, abs=5)


def test_a_parallel_keeps_its_latitude_and_has_the_length_of_its_circle() -> None:
    points = densify((-100, 80), (60, 80), "parallel")
    assert {lat for _, lat in points} == {80.0}
    hundredths = [distance_m((n / 100, 80), (n / 100 + 0.01, 80)) for n in range(100)]
    assert rhumb_distance_m((-100, 80), (60, 80)) == pytest.approx(160 * sum(hundredths), rel=1e-8)


def test_steps_along_a_parallel_near_the_pole_stay_short() -> None:
    """The geodesic from 100° west to 60° east cuts across the pole; the parallel goes round it."""
    assert max(steps(densify((-100, 85), (60, 85), "parallel", 5_000))) <= 5_000


def test_a_rhumb_line_across_180_takes_the_short_way_and_runs_on_past_it() -> None:
    points = densify((170, 60), (-170, 50), "rhumb")
    assert points[0] == (170, 60)
    assert points[-1][0] == pytest.approx(190)
    assert all(a[0] < b[0] for a, b in pairwise(points))


def test_an_almost_level_rhumb_line_is_as_long_as_the_parallel() -> None:
    level = rhumb_distance_m((0, 70), (10, 70))
    for climb in (1e-10, 1e-8, 1e-6, 2e-6, 1e-5):
        assert rhumb_distance_m((0, 70), (10, 70 + climb)) == pytest.approx(level, rel=1e-6)


def test_a_rhumb_line_never_reaches_a_pole() -> None:
    for line in ("rhumb", "parallel"):
        with pytest.raises(BadLine, match="never reaches"):
            densify((0, 60) if line == "rhumb" else (0, 90), (10, 90), line)


def test_what_is_no_meridian_or_parallel_is_refused() -> None:
    with pytest.raises(BadLine, match="not on one meridian"):
        densify((10, 60), (10.1, 70), "meridian")
    with pytest.raises(BadLine, match="not on one parallel"):
        densify((10, 60), (20, 60.1), "parallel")
    with pytest.raises(BadLine, match="use arc"):
        densify((10, 60), (20, 60.1), "arc")


def test_a_meridian_may_be_written_as_180_east_or_west() -> None:
    points = densify((180, 60), (-180, 61), "meridian")
    assert {lon for lon, _ in points} == {180.0}


def test_a_geodesic_over_the_pole_comes_down_on_the_other_side() -> None:
    points = densify((10, 85), (-170, 85))
    assert max(lat for _, lat in points) > 89.9
    assert max(steps(points)) <= 10_000.001
    assert {round(lon) % 360 for lon, _ in points} == {10, 190}


@settings(deadline=None)
@given(POINTS, POINTS, st.sampled_from(LINES), st.floats(20_000, 1e6))
def test_a_densified_line_keeps_its_ends_and_its_longest_step(
    a: Point, b: Point, line: LineType, step: float
) -> None:
    assume(distance_m(a, b) < 15_000_000)  # antipodes have many shortest lines
    points = densify(a, b, line, step)
    assert points[0] == a
    assert distance_m(points[-1], b) < 1e-6
    assert max(steps(points)) <= step * (1 + 1e-9)
    assert all(abs(p[0] - q[0]) <= 180 + 1e-9 for p, q in pairwise(points))


@settings(deadline=None)
@given(POINTS, POINTS, st.floats(20_000, 1e6))
def test_the_parts_of_a_geodesic_add_up_to_the_whole(a: Point, b: Point, step: float) -> None:
    whole = distance_m(a, b)
    assert sum(steps(densify(a, b, "geodesic", step))) == pytest.approx(whole, abs=1e-4)


@settings(deadline=None)
@given(POINTS, POINTS, st.floats(20_000, 1e6))
def test_the_parts_of_a_rhumb_line_add_up_to_the_whole(a: Point, b: Point, step: float) -> None:
    assume(abs((b[0] - a[0] + 180) % 360 - 180) < 179)  # the short way is one way
    points = densify(a, b, "rhumb", step)
    parts = sum(rhumb_distance_m(p, q) for p, q in pairwise(points))
    assert parts == pytest.approx(rhumb_distance_m(a, b), rel=1e-6, abs=1e-3)


@settings(deadline=None)
@given(
    st.tuples(LONS, st.floats(-90, 90)),
    st.floats(0, 360),
    st.floats(1, 179),
    st.floats(10_000, 1e6),
)
def test_every_vertex_of_an_arc_lies_on_its_circle(
    centre: Point, start: float, turn: float, radius: float
) -> None:
    a, b = destination(centre, start, radius), destination(centre, start + turn, radius)
    points = arc(a, b, centre, radius)
    assert max(abs(distance_m(centre, p) - radius) for p in points) < 1e-4
    assert max(steps(points)) <= 10_000.001


def test_an_arc_across_180_and_around_the_pole_is_unbroken() -> None:
    points = arc((170, 88), (-100, 88), (0, 90), distance_m((0, 88), (0, 90)))
    assert points[0] == (170, 88)
    assert points[-1] == pytest.approx((260, 88))
    assert [lat for _, lat in points] == pytest.approx([88] * len(points))


def test_an_arc_keeps_ends_that_the_instrument_rounded() -> None:
    """Ends are printed to the arc second, so they lie some metres off the circle."""
    centre, radius = (-173.115, 60.639722), 200 * METRES_PER_M
    a, b = (-179.780278, 60.194167), (-179.681944, 59.972778)
    points = arc(a, b, centre, radius)
    assert points[0] == a and points[-1] == b
    assert all(abs(distance_m(centre, p) - radius) < 1e-4 for p in points[1:-1])


def test_an_arc_whose_end_is_off_the_circle_is_refused() -> None:
    with pytest.raises(BadLine, match="from the centre"):
        arc((0, 1), (1, 0.5), (0, 0), 100_000)


@given(st.lists(POINTS, min_size=1, max_size=20))
def test_unwrapping_moves_longitudes_by_whole_turns_only(points: list[Point]) -> None:
    for (lon, lat), (was, at) in zip(unwrapped(points), points, strict=True):
        assert lat == at
        assert (lon - was) / 360 == pytest.approx(round((lon - was) / 360), abs=1e-9)


def test_an_octant_is_an_eighth_of_the_ellipsoid() -> None:
    octant = Polygon([(0, 0), (90, 0), (90, 90), (0, 90)])
    assert area_m2(octant) == pytest.approx(ELLIPSOID_M2 / 8, rel=1e-12)
    assert area_m2(Polygon([(0, 0), (90, 0), (0, 90)])) == pytest.approx(ELLIPSOID_M2 / 8)


def test_the_ellipsoid_has_510_million_square_kilometres() -> None:
    assert abs(ELLIPSOID_M2 / 1e6 - 510_065_621.724) < 1e-3
    assert zone_m2(-90, 90) == pytest.approx(ELLIPSOID_M2, rel=1e-12)


def test_the_whole_globe_as_a_rectangle_has_the_area_of_the_ellipsoid() -> None:
    assert area_m2(box(-180, -90, 180, 90)) == pytest.approx(ELLIPSOID_M2, rel=1e-12)


@pytest.mark.parametrize("lat", [-60.0, 0.0, 60.0, 85.0])
def test_a_cap_around_the_pole_has_the_area_of_its_closed_form(lat: float) -> None:
    """Also one that is larger than half the globe. Steps of 0.05° follow the parallel closely."""
    cap = Polygon([*ring_at(lat), (180, 90), (-180, 90)])
    assert area_m2(cap) == pytest.approx(zone_m2(lat, 90), rel=2e-7)
    assert area_m2(cap.reverse()) == pytest.approx(zone_m2(lat, 90), rel=2e-7)


def test_a_cap_in_two_halves_that_end_at_the_pole_is_the_whole_cap() -> None:
    ring = ring_at(70)
    middle = len(ring) // 2
    west = Polygon([*ring[: middle + 1], (0, 90), (-180, 90)])
    east = Polygon([*ring[middle:], (180, 90), (0, 90)])
    halves = area_m2(MultiPolygon([west, east]))
    assert halves == pytest.approx(zone_m2(70, 90), rel=2e-7)
    assert area_m2(west) == pytest.approx(halves / 2, rel=1e-9)


def test_a_cap_around_the_south_pole_has_the_area_of_the_one_in_the_north() -> None:
    south = Polygon([*ring_at(-75), (180, -90), (-180, -90)])
    assert area_m2(south) == pytest.approx(zone_m2(75, 90), rel=2e-7)


def test_a_belt_with_a_hole_over_the_pole_loses_the_hole() -> None:
    cap = Polygon([*ring_at(60), (180, 90), (-180, 90)])
    belt = Polygon([*ring_at(60), *reversed(ring_at(80))])
    hole = Polygon([*ring_at(80), (180, 90), (-180, 90)])
    assert area_m2(belt) == pytest.approx(area_m2(cap) - area_m2(hole), rel=1e-9)


def test_a_hole_is_taken_off_whichever_way_it_runs() -> None:
    shell, hole = box(10, 60, 20, 70), box(12, 62, 14, 64)
    holed = Polygon(shell.exterior, [hole.exterior])
    other = Polygon(shell.exterior, [hole.exterior.reverse()])
    assert area_m2(holed) == area_m2(other) == pytest.approx(area_m2(shell) - area_m2(hole))


def test_an_area_cut_at_180_is_that_of_the_unbroken_one() -> None:
    unbroken = shapely.segmentize(box(170, 60, 190, 70), 0.05)
    elsewhere = shapely.transform(unbroken, lambda xy: xy - [180, 0])
    assert len(shapely.get_parts(cut(unbroken))) == 2
    assert area_m2(cut(unbroken)) == pytest.approx(area_m2(elsewhere), rel=1e-12)


def test_lines_and_points_have_no_area() -> None:
    assert area_m2(LineString([(0, 0), (1, 1)])) == 0
    assert area_m2(shapely.Point(0, 0)) == 0
