from itertools import pairwise

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from geo.geodesic import area_m2, densify
from geo.polar import project, to_degrees, to_plane, to_space


def test_the_plane_is_that_of_epsg_3571_turned_by_half() -> None:
    points = np.array([[0.0, 60.0], [90.0, 75.0], [-141.0, 72.9], [180.0, 85.0]])
    known = Transformer.from_crs("OGC:CRS84", "EPSG:3571", always_xy=True)
    x, y = known.transform(points[:, 0], points[:, 1])
    assert to_plane(points) == pytest.approx(np.column_stack([-x, -y]), abs=1e-6)


def test_the_way_back_leads_to_the_same_degrees() -> None:
    points = np.array([[0.0, 60.0], [-179.9, 66.5], [37.0, 73.7], [13.0, 89.9]])
    assert to_degrees(to_plane(points)) == pytest.approx(points, abs=1e-8)


def test_both_sides_of_180_are_one_place_and_the_pole_is_the_middle() -> None:
    east, west, pole = to_plane(np.array([[180.0, 70.0], [-180.0, 70.0], [77.0, 90.0]]))
    assert east == pytest.approx(west, abs=1e-6)
    assert pole == pytest.approx([0.0, 0.0], abs=1e-6)


def test_areas_are_true() -> None:
    corners = [(20.0, 70.0), (40.0, 70.0), (40.0, 80.0), (20.0, 80.0), (20.0, 70.0)]
    ring = [p for a, b in pairwise(corners) for p in densify(a, b)[:-1]]
    shape = shapely.Polygon(ring)
    assert project(shape).area == pytest.approx(area_m2(shape), rel=1e-6)


def test_points_in_space_lie_on_the_ellipsoid() -> None:
    [pole] = to_space(np.array([[0.0, 90.0]]))
    assert pole == pytest.approx([0.0, 0.0, 6356752.3142], abs=1e-3)
