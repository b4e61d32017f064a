"""The conic, against its two definitions: true along its parallels, and conformal."""

import numpy as np
import pytest
from pyproj import Proj

from geo.conic import Conic, standard_parallels
from geo.geodesic import GEOD

CAUCASUS = Conic(46.0, (38.8, 39.5))
BERING = Conic(-175.0, (57.0, 69.0))


@pytest.mark.parametrize("conic", [CAUCASUS, BERING])
def test_lengths_are_true_along_both_standard_parallels(conic: Conic) -> None:
    for lat in conic.parallels:
        ends = np.array([[conic.lon0 - 0.01, lat], [conic.lon0 + 0.01, lat]])
        drawn = float(np.hypot(*np.diff(conic.forward(ends), axis=0)[0]))
        assert drawn == pytest.approx(GEOD.inv(*ends[0], *ends[1])[2], rel=1e-6)


@pytest.mark.parametrize("conic", [CAUCASUS, BERING])
def test_angles_are_true_everywhere(conic: Conic) -> None:
    formulas = Proj(conic.proj)
    lons = np.array([conic.lon0 - 8, conic.lon0, conic.lon0 + 11])
    factors = formulas.get_factors(lons, np.array([40.0, 60.0, 72.0]))
    assert np.allclose(factors.meridional_scale, factors.parallel_scale, rtol=1e-6)


def test_a_line_across_180_is_not_torn() -> None:
    line = np.array([[179.9, 65.0], [180.0, 65.0], [-179.9, 65.0]])
    steps = np.hypot(*np.diff(BERING.forward(line), axis=0).T)
    assert steps.max() < 5_000
    assert np.abs(BERING.inverse(BERING.forward(line))[:, 1] - 65).max() < 1e-9


def test_longitudes_that_run_on_past_180_are_the_same_places() -> None:
    here, there = BERING.forward(np.array([[185.0, 65.0], [-175.0, 65.0]]))
    assert np.abs(here - there).max() < 1e-6


def test_the_parallels_lie_a_sixth_inside() -> None:
    assert standard_parallels(36, 48) == (38, 46)
    assert standard_parallels(38.6, 39.8) == (39, 39.5)
    low, high = standard_parallels(54, 72)
    assert (low, high) == (57, 69)
