"""Scale bars: as long on the ground as they say, at the latitude that they name."""

import numpy as np
import pytest

from geo.conic import Conic
from geo.geodesic import GEOD
from geo.scalebar import Numbers, metres_per_px, round_below, scale_bar


def mercator(lonlat: Numbers) -> Numbers:
    lat = np.radians(lonlat[:, 1])
    return np.column_stack([lonlat[:, 0] * 10, -np.degrees(np.arcsinh(np.tan(lat))) * 10])


def conic(lonlat: Numbers) -> Numbers:
    return Conic(46, (38.8, 39.5)).forward(lonlat) / 250 * [1, -1]


@pytest.mark.parametrize("lat", [0.0, 39.2, 60.0, 75.0, 84.0])
@pytest.mark.parametrize("lon", [46.0, 179.99, -180.0])
def test_the_bar_is_true_at_its_latitude(lon: float, lat: float) -> None:
    bar = scale_bar(mercator, lon, lat, 180)
    half = bar.length_px / 10 / 2  # degrees: this Mercator has ten px for each
    chords = np.linspace(lon - half, lon + half, 200)
    along = GEOD.line_length(chords, np.full(200, lat))
    assert along == pytest.approx(bar.length_m, rel=0.01)
    assert bar.latitude == lat


def test_a_conic_is_measured_along_its_turned_parallels_too() -> None:
    straight, turned = metres_per_px(conic, 46, 39.2), metres_per_px(conic, 60, 39.2)
    assert straight == pytest.approx(250, rel=1e-3)
    assert turned == pytest.approx(250, rel=1e-3)


def test_the_length_is_round_and_fits() -> None:
    assert [round_below(m) for m in (999, 1000, 1999, 4.9, 50_000, 0.25)] == [
        500, 1000, 1000, 4, 50_000, pytest.approx(0.2),
    ]  # fmt: skip
    bar = scale_bar(mercator, 0, 60, 100)
    assert 40 <= bar.length_px <= 100
