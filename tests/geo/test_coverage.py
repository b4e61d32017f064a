"""Neighbours made to share their edges, and shapes brought back from the polar plane."""

import numpy as np
import pytest
import shapely
from shapely import LineString, Point, Polygon, box

from geo.coverage import coverage, enclosed, lifted, outline
from geo.errors import BadLine
from geo.geodesic import ELLIPSOID_M2, area_m2
from geo.polar import to_plane

KM = 1e3


def test_neighbours_that_gap_and_overlap_come_to_share_their_edge() -> None:
    left = Polygon(
        [(0, 0), (100 * KM, 0), (101 * KM, 50 * KM), (100 * KM, 100 * KM), (0, 100 * KM)]
    )
    right = box(100 * KM, 0, 200 * KM, 100 * KM)
    far = box(102 * KM, 100 * KM, 200 * KM, 200 * KM)
    made = coverage([left, right, far], gap_m=4 * KM)
    assert shapely.coverage_is_valid(made)
    assert made[0].intersection(made[1]).area == 0
    assert made[0].intersection(made[1]).length == pytest.approx(100 * KM, rel=1e-3)


def test_a_narrow_enclosed_gap_is_closed_and_a_wide_one_stays() -> None:
    ring = box(0, 0, 100 * KM, 100 * KM).difference(box(20 * KM, 20 * KM, 23 * KM, 80 * KM))
    ring = ring.difference(box(60 * KM, 20 * KM, 70 * KM, 80 * KM))
    halves = [
        ring.intersection(box(0, 0, 100 * KM, 50 * KM)),
        ring.intersection(box(0, 50 * KM, 100 * KM, 100 * KM)),
    ]
    made = shapely.union_all(coverage(halves, gap_m=4 * KM))
    assert made.covers(Point(21 * KM, 50 * KM))
    assert not made.intersects(Point(65 * KM, 50 * KM))


def test_a_long_edge_gets_a_vertex_every_ten_kilometres() -> None:
    (made,) = coverage([box(0, 0, 100 * KM, 5 * KM)], gap_m=0)
    steps = np.hypot(*np.diff(shapely.get_coordinates(made), axis=0).T)
    assert steps.max() <= 10 * KM + 1


def test_a_bight_is_the_face_behind_its_mouth() -> None:
    land = box(0, 0, 100 * KM, 100 * KM).difference(box(40 * KM, 50 * KM, 60 * KM, 100 * KM))
    mouth = LineString([(40.3 * KM, 100 * KM), (60 * KM, 99.8 * KM)])
    face, chord = enclosed([land], mouth, (50 * KM, 70 * KM))
    assert face.area == pytest.approx(20 * KM * 50 * KM)
    assert [tuple(end) for end in (chord.coords[0], chord.coords[-1])] == [
        (40 * KM, 100 * KM), (60 * KM, 100 * KM),
    ]  # fmt: skip


def test_a_bight_that_is_not_there_is_an_error_that_names_the_place() -> None:
    with pytest.raises(BadLine, match="nothing is enclosed"):
        enclosed([box(0, 0, 1, 1)], LineString([(0, 0), (1, 1)]), (5, 5))


def test_an_outline_leaves_out_what_is_no_limit() -> None:
    made = outline(box(0, 0, 100, 100), LineString([(100, 0), (100, 100)]), within_m=1)
    assert made.length == pytest.approx(298, abs=0.1)


def test_a_cap_around_the_pole_comes_back_whole_and_closed_along_ninety() -> None:
    ring = to_plane(np.array([(lon, 80.0) for lon in range(-180, 180)]))
    cap = lifted(Polygon(ring))
    west, south, east, north = cap.bounds
    assert (west, east, north) == (-180, 180, 90) and south == pytest.approx(80)
    # The zone of an ellipsoid north of a latitude, from the authalic latitude (Snyder, page 16).
    e = 0.0818191908426215

    def q(sine: float) -> float:
        return float((1 - e**2) * (sine / (1 - (e * sine) ** 2) + np.arctanh(e * sine) / e))

    share = (q(1) - q(float(np.sin(np.radians(80))))) / (2 * q(1))
    # Edges are 19 km long geodesics, which run a little north of the parallel.
    assert area_m2(cap) == pytest.approx(ELLIPSOID_M2 * share, rel=1e-4)


def test_a_shape_across_180_is_cut_there_and_a_hole_around_the_pole_stays_a_hole() -> None:
    outer = to_plane(np.array([(lon, 75.0) for lon in range(-180, 180)]))
    inner = to_plane(np.array([(lon, 85.0) for lon in range(-180, 180)]))
    belt = lifted(Polygon(outer, [inner]))
    assert belt.is_valid
    assert not belt.intersects(Point(0, 89)) and belt.covers(Point(0, 80))
    square = lifted(
        Polygon(to_plane(np.array([(178, 80), (-178, 80), (-178, 81), (178, 81)], float)))
    )
    assert [part.bounds[0] for part in shapely.get_parts(square)] in ([178, -180], [-180, 178])
    assert all(part.exterior.is_ccw for part in shapely.get_parts(square))
