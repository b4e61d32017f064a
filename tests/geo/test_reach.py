import math

import numpy as np
import pytest
import shapely

from geo.geodesic import GEOD, area_m2
from geo.polar import to_degrees, to_plane
from geo.reach import discs, distance_to, nearest, reach

R = 370_400.0


def test_a_disc_about_the_pole_is_a_cap() -> None:
    latitude = GEOD.fwd(0.0, 90.0, 180.0, R)[1]
    cap = [(lon, latitude) for lon in range(-180, 181)]
    ring = shapely.Polygon([*cap, (180.0, 90.0), (-180.0, 90.0), cap[0]])
    made = reach(np.array([[0.0, 90.0]]), R)
    assert made.shape.area == pytest.approx(area_m2(ring), rel=1e-4)
    assert made.shape.contains(shapely.Point(0, 0))


def test_two_discs_make_a_lens_less_than_two() -> None:
    far, near = np.array([[0.0, 75.0], [40.0, 75.0]]), np.array([[0.0, 75.0], [5.0, 75.0]])
    one = discs(far[:1], R).area
    assert discs(far, R).area == pytest.approx(2 * one, rel=1e-6)
    metres = GEOD.inv(*near[0], *near[1])[2]
    half = metres / 2
    lens = 2 * (R**2 * math.acos(half / R) - half * math.sqrt(R**2 - half**2))
    assert discs(near, R).area == pytest.approx(2 * one - lens, rel=1e-3)


def test_every_vertex_of_the_edge_lies_200_miles_from_the_nearest_deciding_point() -> None:
    coast = np.column_stack([np.linspace(170.0, 190.0, 400), 68 + np.sin(np.arange(400) / 9)])
    coast[:, 0] = (coast[:, 0] + 180) % 360 - 180
    made = reach(coast, R)
    edge = to_degrees(shapely.get_coordinates(made.shape))
    metres = distance_to(edge, coast[made.deciding])[0]
    assert np.abs(metres - R).max() < 8
    assert len(made.deciding) < 60


def test_a_point_far_inside_decides_nothing() -> None:
    ring = np.array([(lon, 87.0) for lon in range(0, 360, 2)], dtype=float)
    made = reach(np.vstack([ring, [[10.0, 88.5]]]), R)
    assert 180 not in made.deciding


def test_an_edge_that_is_set_aside_makes_nobody_decide() -> None:
    lons = np.linspace(0, 30, 60)
    line = np.column_stack([lons, 70 + 0.5 * np.sin(np.arange(60) * np.pi / 3)])
    radius = float(np.hypot(*to_plane(np.array([[0.0, 70.0]]))[0]))
    south = shapely.box(-6e6, -6e6, 6e6, 6e6).difference(shapely.Point(0, 0).buffer(radius))
    both, north = reach(line, R), reach(line, R, aside=south)
    assert line[both.deciding, 1].min() < 70 - 0.4
    assert line[north.deciding][:, 1][2:-2].min() > 70
    assert north.shape.equals(both.shape)


def test_deciding_points_and_sample_cover_the_whole() -> None:
    box = np.array([(lon, lat) for lon in np.arange(0, 40, 0.5) for lat in np.arange(70, 80, 0.2)])
    made = reach(box, R)
    some = np.union1d(made.deciding, made.sample)
    assert made.shape.difference(discs(box[some], R)).area < 1e6


def test_the_nearest_of_no_points_is_infinitely_far() -> None:
    metres, _ = nearest(np.zeros((2, 3)), np.zeros((0, 3)))
    assert np.isinf(metres).all()


def test_distances_are_those_of_the_geodesic() -> None:
    metres, which = distance_to(np.array([[0.0, 80.0]]), np.array([[0.0, 70.0], [10.0, 80.0]]))
    assert which[0] == 1
    assert metres[0] == pytest.approx(GEOD.inv(0.0, 80.0, 10.0, 80.0)[2])
