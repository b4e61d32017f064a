"""Geometry laid flat: no seam, no pole, nothing lost."""

from collections.abc import Callable

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import cut
from geo.flat import flat, project
from geo.geodesic import area_m2
from geo.plane import EQUAL_AREA, MERCATOR, PLANES, STEREOGRAPHIC, TURN, WORLD, Plane
from geo.unwrap import unwrap

POLAR = [STEREOGRAPHIC, EQUAL_AREA]
SEAM = LineString([(0, 100), (0, 3e7)])
each_polar = pytest.mark.parametrize("plane", POLAR, ids=lambda plane: plane.id)


def circle(lat: float, step: int = 1) -> list[tuple[float, float]]:
    """A parallel as a ring from -180 to 180."""
    return [(lon, lat) for lon in range(-180, 181, step)]


def cap(lat: float) -> Polygon:
    """What lies north of a parallel, as RFC 7946 wants it: closed along 90°."""
    return Polygon([*circle(lat), (180, 90), (-180, 90)])


def belt(south: float, north: float) -> Polygon:
    """What lies between two parallels."""
    return Polygon([*circle(south), *reversed(circle(north))])


def on_seam(shape: BaseGeometry) -> float:
    return float(shapely.length(shapely.intersection(shapely.boundary(shape), SEAM)))


@each_polar
@pytest.mark.parametrize("lat", [80.0, 60.0, 20.0])
def test_a_cap_is_one_round_area_with_the_pole_in_it(plane: Plane, lat: float) -> None:
    made = project(cap(lat), plane)
    assert shapely.get_num_geometries(made) == 1
    assert made.is_valid
    assert made.contains(Point(0, 0))
    assert on_seam(made) == 0
    radius = abs(plane.forward(np.array([[0.0, lat]]))[0, 1])
    assert shapely.hausdorff_distance(made.boundary, Point(0, 0).buffer(radius, 90).boundary) < 2500


@each_polar
def test_a_belt_around_the_pole_has_a_hole_that_holds_it(plane: Plane) -> None:
    made = project(belt(70, 80), plane)
    (part,) = shapely.get_parts(made)
    assert len(part.interiors) == 1
    assert not made.contains(Point(0, 0))
    assert Polygon(part.interiors[0]).contains(Point(0, 0))
    assert on_seam(made) == 0


@each_polar
def test_both_halves_of_an_area_across_180_are_one(plane: Plane) -> None:
    made = project(cut(box(170, 60, 190, 70)), plane)
    assert shapely.get_num_geometries(made) == 1
    assert on_seam(made) == 0
    for lon in (175.0, 180.0, -175.0):
        assert made.contains(Point(plane.forward(np.array([[lon, 65.0]]))[0]))


@each_polar
def test_an_edge_along_180_that_only_one_side_has_stays(plane: Plane) -> None:
    made = project(box(170, 60, 180, 70), plane)
    high, low = plane.forward(np.array([[180.0, 60.0], [180.0, 70.0]]))[:, 1]
    assert on_seam(made) == pytest.approx(high - low, abs=0.1)


@each_polar
def test_what_sides_of_180_do_not_share_is_all_that_is_left_of_it(plane: Plane) -> None:
    uneven = MultiPolygon([box(170, 60, 180, 70), box(-180, 65, -170, 75)])
    made = project(uneven, plane)
    assert shapely.get_num_geometries(made) == 1
    at = plane.forward(np.array([[180.0, lat] for lat in (60.0, 65.0, 70.0, 75.0)]))[:, 1]
    assert on_seam(made) == pytest.approx((at[0] - at[1]) + (at[2] - at[3]), abs=0.1)


@each_polar
def test_a_wedge_reaches_the_pole_in_one_point(plane: Plane) -> None:
    made = project(Polygon([(0, 70), (40, 70), (40, 90), (0, 90)]), plane)
    assert made.is_valid
    assert made.intersects(Point(0, 0))
    assert not made.contains(Point(0, 0))


def test_areas_are_true_in_the_equal_area_plane(
    golden: Callable[[str], BaseGeometry],
) -> None:
    for shape in (cap(75), belt(60, 66), cut(box(100, 20, 260, 40)), box(-60, -50, 20, 50)):
        made = project(shape, EQUAL_AREA)
        assert made.area == pytest.approx(_true_area(shape), rel=1e-3)


def _true_area(shape: BaseGeometry) -> float:
    """On the ellipsoid; edges made so short that it does not matter what lies between."""
    return area_m2(shapely.segmentize(shape, 0.1))


def test_areas_across_180_are_joined_in_mercator_beyond_it() -> None:
    made = project(cut(box(170, 60, 190, 70)), MERCATOR)
    assert shapely.get_num_geometries(made) == 1
    assert made.bounds[0] == pytest.approx(WORLD * 170 / 360, abs=0.1)
    assert made.bounds[2] == pytest.approx(WORLD * 190 / 360, abs=0.1)


def test_what_runs_around_the_earth_is_cut_at_both_sides_of_the_world() -> None:
    laid = flat([belt(-70, -60)], MERCATOR)
    (part,) = laid.areas[0]
    assert part.bounds[0] == -TURN / 2
    assert part.bounds[2] == TURN / 2


def test_antarctica_ends_where_mercator_does() -> None:
    made = project(Polygon([*reversed(circle(-75)), (-180, -90), (180, -90)]), MERCATOR)
    lowest = MERCATOR.forward(np.array([[0.0, MERCATOR.south]]))[0, 1]
    assert made.bounds[1] == pytest.approx(lowest, abs=MERCATOR.quantum)
    assert made.is_valid


@each_polar
def test_a_line_across_180_is_one_line_in_a_polar_plane(plane: Plane) -> None:
    laid = flat([cut(LineString([(170, 60), (190, 70), (200, 60)]))], plane)
    assert len(laid.lines[0]) == 1


def test_a_line_that_crosses_180_again_and_again_is_one_line_in_mercator_too() -> None:
    there_and_back = LineString([(170, 60), (190, 62), (170, 64), (190, 66)])
    laid = flat([cut(there_and_back)], MERCATOR)
    (line,) = laid.lines[0]
    assert line.bounds[2] > TURN / 2
    assert line.is_simple


@pytest.mark.parametrize("plane", PLANES.values(), ids=PLANES)
def test_neighbours_that_share_edges_share_them_afterwards(plane: Plane) -> None:
    left, right = box(10, 40, 20, 70), Polygon([(20, 40), (30, 40), (30, 70), (20, 70)])
    laid = flat([left, right], plane)
    assert shapely.coverage_is_valid(laid.areas[0])
    assert laid.areas[1].tolist() == [0, 1]


@pytest.mark.parametrize("plane", PLANES.values(), ids=PLANES)
def test_a_long_parallel_becomes_a_curve_where_the_plane_bends_it(plane: Plane) -> None:
    laid = flat([LineString([(-120, 49), (-95, 49)])], plane)
    (line,) = laid.lines[0]
    middle = plane.forward(np.array([[-107.5, 49.0]]))[0] / plane.quantum
    assert line.distance(Point(middle)) * plane.quantum < 3


@pytest.mark.parametrize("plane", PLANES.values(), ids=PLANES)
def test_each_part_of_a_mixture_says_whose_it_is(plane: Plane) -> None:
    mixture = shapely.GeometryCollection([Point(10, 70), box(10, 70, 11, 71)])
    laid = flat([None, LineString([(0, 70), (1, 70)]), mixture], plane)
    assert laid.points[1].tolist() == [2]
    assert laid.lines[1].tolist() == [1]
    assert laid.areas[1].tolist() == [2]


def test_what_lies_beyond_a_plane_is_left_out() -> None:
    far_south = [Point(0, -80), box(0, -85, 10, -80), LineString([(0, -80), (5, -82)])]
    laid = flat(far_south, STEREOGRAPHIC)
    assert not len(laid.points[0]) + len(laid.lines[0]) + len(laid.areas[0])
    assert project(far_south[1], STEREOGRAPHIC).is_empty


@given(
    lon=st.floats(-180, 180, allow_subnormal=False),
    lat=st.floats(20, 89, allow_subnormal=False),
    radius=st.floats(0.01, 15),
)
def test_a_ring_anywhere_is_valid_and_as_large_as_on_the_earth(
    lon: float, lat: float, radius: float
) -> None:
    # A circle in the plane, brought to degrees: it may hold the pole and cross 180°.
    middle = EQUAL_AREA.forward(np.array([[lon, lat]]))[0]
    ring = np.array(Point(middle).buffer(radius * 111e3, 64).exterior.coords)[::-1]
    degrees = EQUAL_AREA.inverse(ring)
    shape = cut(unwrap(Polygon(degrees)))
    made = project(shape, EQUAL_AREA)
    assert made.is_valid
    assert shapely.get_num_geometries(made) == 1
    assert made.area == pytest.approx(Polygon(ring).area, rel=5e-3)
