"""The globe, against PROJ on a sphere and against what an eye far away must see."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Proj

from geo.geodesic import GEOD
from geo.orthographic import RADIUS_M, Orthographic

CENTRES = [(-20.0, 72.0), (180.0, 65.0), (45.0, 40.0), (0.0, 90.0), (-169.0, 30.0)]


@pytest.mark.parametrize("centre", CENTRES)
def test_it_is_the_orthographic_projection_of_the_sphere(centre: tuple[float, float]) -> None:
    globe = Orthographic(*centre)
    words = f"+proj=ortho +lon_0={centre[0]} +lat_0={centre[1]} +R={RADIUS_M}"
    lonlat = np.array([(lon, lat) for lon in range(-180, 181, 15) for lat in range(-80, 91, 10)])
    lonlat = lonlat[globe.facing(lonlat.astype(float))].astype(float)
    theirs = np.column_stack(Proj(words)(lonlat[:, 0], lonlat[:, 1]))
    seen = np.isfinite(theirs).all(axis=1)  # PROJ leaves out what lies on the edge itself
    assert seen.mean() > 0.9
    assert np.abs(globe.forward(lonlat)[seen] - theirs[seen]).max() < 1e-3


@given(st.sampled_from(CENTRES), st.floats(-1, 1), st.floats(0, 0.999))
def test_there_and_back_is_the_same_place(
    centre: tuple[float, float], turn: float, out: float
) -> None:
    globe = Orthographic(*centre)
    angle = np.pi * turn
    flat = RADIUS_M * out * np.array([[np.cos(angle), np.sin(angle)]])
    assert np.abs(globe.forward(globe.inverse(flat)) - flat).max() < 1e-2


def test_outside_the_globe_there_is_no_place() -> None:
    assert np.isnan(Orthographic(0, 60).inverse(np.array([[RADIUS_M * 1.01, 0.0]]))).all()


@pytest.mark.parametrize("centre", CENTRES)
def test_the_edge_is_a_quarter_of_the_way_round_and_faces_the_reader(
    centre: tuple[float, float],
) -> None:
    globe = Orthographic(*centre)
    edge = globe.edge(72)
    assert np.array_equal(edge[0], edge[-1])
    assert globe.facing(edge).all()
    lons, lats = np.full(len(edge), centre[0]), np.full(len(edge), centre[1])
    quarter = GEOD.inv(lons, lats, edge[:, 0], edge[:, 1])[2]
    assert np.abs(quarter / 10_007_000 - 1).max() < 0.01


def test_north_is_up_and_east_is_right_of_the_middle() -> None:
    right, up = Orthographic(180, 65).forward(np.array([[-179.0, 65.0], [180.0, 66.0]]))
    assert right[0] > 0
    assert up[1] > 0
    assert abs(up[0]) < 1e-6
