import math

import numpy as np
import pytest
import shapely
from pyproj import CRS, Proj

from geo.belt import scale, widened
from geo.geodesic import GEOD, area_m2
from geo.polar import to_plane

WIDTH = 22_224.0


def _parallel(latitude: float, step: float = 0.5) -> np.ndarray:
    return np.array([(lon, latitude) for lon in np.arange(-180, 180, step)])


def _cap_m2(latitude: float) -> float:
    ring = [*(tuple(p) for p in _parallel(latitude)), (180.0, latitude)]
    return area_m2(shapely.Polygon([*ring, (180.0, 90.0), (-180.0, 90.0), ring[0]]))


@pytest.mark.parametrize("latitude", [60.0, 70.0, 85.0])
def test_a_cap_about_the_pole_grows_into_the_next_cap(latitude: float) -> None:
    cap = shapely.Polygon(to_plane(_parallel(latitude, 0.1)))
    south = GEOD.fwd(0.0, latitude, 180.0, WIDTH)[1]
    belt = widened(cap, WIDTH).area - cap.area
    assert belt == pytest.approx(_cap_m2(south) - _cap_m2(latitude), rel=2e-3)


def test_a_line_along_a_meridian_gets_a_belt_on_both_sides_and_round_ends() -> None:
    line = shapely.LineString(to_plane(np.array([(40.0, lat) for lat in np.arange(65, 75, 0.1)])))
    metres = GEOD.inv(40.0, 65.0, 40.0, 74.9)[2]
    expected = 2 * WIDTH * metres + math.pi * WIDTH**2
    assert widened(line, WIDTH).area == pytest.approx(expected, rel=5e-3)


def test_the_scale_is_that_of_proj() -> None:
    stereo = Proj(CRS("+proj=stere +lat_0=90 +lon_0=0 +datum=WGS84"))
    for latitude in (45.0, 60.0, 75.0, 89.0):
        known = stereo.get_factors(10.0, latitude).meridional_scale
        assert scale(np.array([latitude]))[0] == pytest.approx(known, rel=1e-6)
    assert scale(np.array([90.0]))[0] == 1.0
