import numpy as np
import pytest
import shapely

from geo.equidistance import equidistance, settle
from geo.geodesic import GEOD
from geo.polar import to_plane
from geo.reach import discs, distance_to


def test_between_two_points_on_one_parallel_it_is_the_meridian_between_them() -> None:
    a, b = np.array([[10.0, 75.0]]), np.array([[20.0, 75.0]])
    within = shapely.intersection(discs(a, 370_400.0), discs(b, 370_400.0))
    [line] = equidistance(a, b, within)
    assert line[:, 0] == pytest.approx(15.0, abs=1e-6)
    assert np.ptp(line[:, 1]) > 3


def test_every_vertex_between_two_coasts_is_equally_far_from_both() -> None:
    lons = np.linspace(0, 12, 200)
    a = np.column_stack([lons, 70 + 0.3 * np.sin(lons * 2)])
    b = np.column_stack([lons, 73 + 0.2 * np.cos(lons * 3)])
    within = shapely.intersection(discs(a, 250_000.0), discs(b, 250_000.0))
    line = max(equidistance(a, b, within), key=len)
    gaps = distance_to(line, a)[0] - distance_to(line, b)[0]
    assert np.abs(gaps).max() < 1
    legs = np.diff(to_plane(line), axis=0)
    assert ((legs[1:] * legs[:-1]).sum(axis=1) > 0).all()


def test_a_point_settles_where_both_are_as_far() -> None:
    a, b = np.array([[179.0, 70.0]]), np.array([[-177.0, 71.0]])
    points, left = settle(np.array([[179.5, 71.0]]), a, b)
    assert abs(left[0]) < 1e-3
    assert GEOD.inv(*points[0], *a[0])[2] == pytest.approx(GEOD.inv(*points[0], *b[0])[2], abs=1e-3)
