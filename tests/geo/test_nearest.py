"""Distances to lines, held against dense samples, closed forms and the globe's awkward places."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo.edges import EdgeSet, EdgeType, edges_of
from geo.eye import Eye, eye_of
from geo.footpoint import foot_point
from geo.geodesic import GEOD, azimuth, densify, destination, distance_m
from geo.near import Near
from geo.nearest import LineIndex as ManyIndex
from geo.nearest import Wanted, slack_m
from geo.runs import Runs


class LineIndex:
    """One set alone, asked by numbers."""

    def __init__(self, geometries: Sequence[BaseGeometry | None], edge: EdgeType) -> None:
        self.index = ManyIndex(Runs.of([EdgeSet(geometries, edge)]))

    def nearest(self, eye: Eye, *numbers: Any) -> list[Near]:
        return self.index.nearest(eye, {0: Wanted(*numbers)})[0]

    def within(self, eye: Eye, metres: float) -> list[Near]:
        return self.nearest(eye, 0, metres, metres)


lons = st.floats(-180, 180)
lats = st.floats(-89.9, 89.9)


def sampled_m(at: tuple[float, float], line: list[tuple[float, float]], step_m: float) -> float:
    """The distance to the nearest of many points along a geodesic line."""
    points = [p for a, b in pairwise(line) for p in densify(a, b, "geodesic", step_m)]
    x, y = np.array(points).T
    return float(np.min(GEOD.inv(np.full(len(x), at[0]), np.full(len(x), at[1]), x, y)[2]))


@given(lons, lats, lons, st.floats(-85, 85), st.floats(0, 360), st.floats(100, 900_000))
@settings(max_examples=60, deadline=None)
def test_no_sampled_point_of_a_line_is_nearer_than_the_one_that_is_found(
    lon: float, lat: float, x: float, y: float, bearing: float, metres: float
) -> None:
    line = [(x, y), destination((x, y), bearing, metres)]
    near = LineIndex([LineString(line)], "geodesic").nearest(eye_of((lon, lat)))[0]
    step = metres / 400
    sampled = sampled_m((lon, lat), line, step)
    assert near.distance_m <= sampled + 0.002
    assert near.distance_m >= sampled - step


@given(lons, lats, st.floats(0, 360), st.floats(1, 400_000))
@settings(max_examples=60, deadline=None)
def test_a_point_set_off_at_a_right_angle_is_found_again_at_its_foot(
    lon: float, lat: float, bearing: float, metres: float
) -> None:
    foot = (lon, lat)
    line = LineString([destination(foot, bearing + 180, 8_000), destination(foot, bearing, 8_000)])
    at = destination(foot, bearing + 90, metres)
    if abs(at[1]) > 89.99 or abs(lat) > 89:
        return
    near = LineIndex([line], "geodesic").nearest(eye_of(at))[0]
    assert near.distance_m == pytest.approx(metres, abs=0.01)
    assert distance_m(near.point, foot) < 1 + metres * 1e-3


def test_the_distance_to_a_meridian_near_the_pole_is_that_over_the_pole_or_beside_it() -> None:
    index = LineIndex([LineString([(0, 80), (0, 90)])], "geodesic")
    assert index.nearest(eye_of((180.0, 89.0)))[0].distance_m == pytest.approx(
        distance_m((0, 90), (0, 89))
    )


def test_at_the_pole_the_longitude_changes_nothing_and_no_bearing_is_given() -> None:
    index = LineIndex([LineString(densify((-100, 80), (100, 85)))], "geodesic")
    found = [index.nearest(eye_of((lon, 90.0)))[0] for lon in (-180.0, -37.5, 0.0, 180.0)]
    assert {one.bearing for one in found} == {None}
    assert max(one.distance_m for one in found) - min(one.distance_m for one in found) < 1e-6
    assert found[0].distance_m == pytest.approx(
        sampled_m((0, 90), [(-100, 80), (100, 85)], 100), abs=1
    )


def test_a_line_on_the_other_side_of_180_is_near() -> None:
    index = LineIndex(
        [LineString([(-179.9, 60), (-179.9, 70)]), LineString([(170, 60), (170, 70)])], "geodesic"
    )
    near = index.nearest(eye_of((179.9, 65.0)))[0]
    assert near.owner == 0
    assert near.distance_m == pytest.approx(0.2 * 47_000, rel=0.01)
    assert near.bearing == pytest.approx(90, abs=0.2)
    assert -180 <= near.point[0] <= 180


def test_minus_180_and_180_are_the_same_position() -> None:
    index = LineIndex([LineString([(178, 60), (178, 70)])], "geodesic")
    east, west = index.nearest(eye_of((180.0, 65.0)))[0], index.nearest(eye_of((-180.0, 65.0)))[0]
    assert east.distance_m == pytest.approx(west.distance_m, abs=1e-6)


def test_the_cuts_that_close_a_polygon_at_180_and_at_the_pole_are_no_edges() -> None:
    cap = Polygon([(-180, 80), (0, 80), (180, 80), (180, 90), (-180, 90), (-180, 80)])
    found = edges_of([cap], "lonlat")
    assert set(np.round(found.start[:, 1], 9)) == {80.0}
    near = LineIndex([cap], "lonlat").nearest(eye_of((180.0, 89.0)))[0]
    assert near.distance_m == pytest.approx(distance_m((180, 80), (180, 89)), abs=15)


def test_a_line_along_180_is_a_line() -> None:
    index = LineIndex([LineString([(180, 60), (180, 70)])], "geodesic")
    assert index.nearest(eye_of((179.0, 65.0)))[0].distance_m < 48_000


def test_an_edge_in_degrees_follows_its_parallel_and_a_geodesic_edge_does_not() -> None:
    ends = LineString([(-120, 49), (-100, 49)])
    middle = (-110.0, 49.0)
    assert LineIndex([ends], "lonlat").nearest(eye_of(middle))[0].distance_m < 1e-3
    bulge = distance_m(middle, densify((-120, 49), (-100, 49), "geodesic", 1e6)[1])
    assert LineIndex([ends], "geodesic").nearest(eye_of(middle))[0].distance_m == pytest.approx(
        bulge, rel=0.01
    )
    assert bulge > 30_000


def test_a_circle_of_latitude_drawn_in_one_edge_is_followed_all_round() -> None:
    index = LineIndex([LineString([(-180, 60), (180, 60)])], "lonlat")
    for lon in (-170.0, -1.0, 90.0):
        assert index.nearest(eye_of((lon, 60.0)))[0].distance_m < 3


def test_the_bearing_is_that_of_the_geodesic_to_the_point_named() -> None:
    index = LineIndex([LineString([(20, 70), (30, 75)])], "geodesic")
    near = index.nearest(eye_of((5.0, 71.0)))[0]
    assert near.bearing == pytest.approx(azimuth((5.0, 71.0), near.point))
    assert near.distance_m == pytest.approx(distance_m((5.0, 71.0), near.point))


def test_on_the_line_the_distance_is_nothing_and_so_is_the_bearing() -> None:
    near = LineIndex([LineString([(20, 70), (30, 75)])], "geodesic").nearest(eye_of((20.0, 70.0)))[
        0
    ]
    assert near.distance_m == pytest.approx(0, abs=1e-6)
    assert near.bearing is None


def test_several_lines_come_in_the_order_of_their_distance_each_once() -> None:
    lines = [LineString([(lon, 60), (lon, 61), (lon, 62)]) for lon in (10, 3, 7, 1)]
    found = LineIndex(lines, "geodesic").nearest(eye_of((0.0, 61.0)), 3)
    assert [one.owner for one in found] == [3, 1, 2]


def test_within_finds_every_line_that_near_and_no_other() -> None:
    lines = [LineString([(lon, 60), (lon, 62)]) for lon in (0.1, 0.2, 0.5)]
    index = LineIndex([*lines, None, Point(0, 61), LineString()], "geodesic")
    assert [one.owner for one in index.within(eye_of((0.0, 61.0)), 11_000)] == [0, 1]
    assert index.within(eye_of((50.0, 10.0)), 11_000) == []


def test_collections_and_holes_have_edges_and_points_have_none() -> None:
    ring = box(0, 0, 10, 10).exterior
    holed = Polygon(ring, [box(4, 4, 6, 6).exterior])
    mixed = GeometryCollection(
        [Point(50, 50), MultiPolygon([holed]), LineString([(20, 20), (21, 21)])]
    )
    index = LineIndex([mixed], "lonlat")
    assert index.nearest(eye_of((5.0, 5.0)))[0].distance_m == pytest.approx(
        distance_m((5, 5), (5, 4)), rel=0.02
    )
    assert index.nearest(eye_of((20.5, 20.5)))[0].distance_m < 100
    assert index.nearest(eye_of((50.0, 50.0)))[0].distance_m > 1_000_000


def test_a_reach_leaves_out_what_is_further() -> None:
    lines = [LineString([(lon, 60), (lon, 62)]) for lon in (1, 2, 30)]
    index = LineIndex(lines, "geodesic")
    assert [one.owner for one in index.nearest(eye_of((0.0, 61.0)), 3, 200_000)] == [0, 1]
    assert index.nearest(eye_of((0.0, -61.0)), 3, 200_000) == []


def test_nothing_is_near_where_there_is_nothing() -> None:
    index = LineIndex([None, Point(1, 1)], "geodesic")
    assert index.index.counts() == [0]
    assert index.nearest(eye_of((0.0, 0.0))) == []
    assert index.within(eye_of((0.0, 0.0)), 1e7) == []


def test_many_lines_give_what_measuring_each_of_them_gives() -> None:
    random = np.random.default_rng(7)
    starts = np.column_stack([random.uniform(-180, 180, 4_000), random.uniform(-85, 89, 4_000)])
    lines = [LineString([start, destination(tuple(start), 40.0, 9_000)]) for start in starts]
    index = LineIndex(lines, "geodesic")
    a = [_end(line, 0) for line in lines]
    b = [_end(line, -1) for line in lines]
    for at in [(0.0, 90.0), (180.0, 0.0), (-45.0, 70.0), (100.0, -80.0), (12.0, -90.0)]:
        metres = np.array([foot_point(at, ends[0], ends[1])[0] for ends in zip(a, b, strict=True)])
        best = np.argsort(metres)[:5]
        found = index.nearest(eye_of(at), 5)
        assert [one.owner for one in found] == best.tolist()
        assert [one.distance_m for one in found] == pytest.approx(metres[best].tolist(), abs=1e-3)


def test_the_slack_covers_how_chords_and_geodesics_of_one_length_differ() -> None:
    for metres in (1e4, 1e6, 5e6, 1e7):
        chords = []
        for lat, bearing in [(0, 0), (0, 90), (45, 0), (45, 90), (89, 0), (-60, 33)]:
            b = destination((0.0, float(lat)), bearing, metres)
            chords.append(_chord((0.0, float(lat)), b))
        assert max(chords) - min(chords) < slack_m(min(chords))


def _end(line: LineString, place: int) -> tuple[float, float]:
    lon, lat = line.coords[place]
    return lon, lat


def _chord(a: tuple[float, float], b: tuple[float, float]) -> float:
    def place(lon: float, lat: float) -> tuple[float, float, float]:
        n = GEOD.a / math.sqrt(1 - GEOD.es * math.sin(math.radians(lat)) ** 2)
        flat = n * math.cos(math.radians(lat))
        x, y = flat * math.cos(math.radians(lon)), flat * math.sin(math.radians(lon))
        return x, y, n * (1 - GEOD.es) * math.sin(math.radians(lat))

    return math.dist(place(*a), place(*b))
