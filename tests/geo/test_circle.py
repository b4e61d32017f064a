import numpy as np
import pytest

from geo.circle import circles, sagitta_m
from geo.geodesic import GEOD


def test_every_vertex_lies_exactly_the_radius_away() -> None:
    centres = np.array([[0.0, 70.0], [179.9, 65.0], [-60.0, 89.0]])
    rings = circles(centres, 370_400.0, 90)
    assert rings.shape == (3, 90, 2)
    for centre, ring in zip(centres, rings, strict=True):
        start = np.tile(centre, (90, 1))
        metres = GEOD.inv(start[:, 0], start[:, 1], ring[:, 0], ring[:, 1])[2]
        assert metres == pytest.approx(370_400.0, abs=1e-6)


def test_a_circle_about_the_pole_is_a_parallel() -> None:
    [ring] = circles(np.array([[0.0, 90.0]]), 100_000.0, 36)
    assert np.ptp(ring[:, 1]) < 1e-9
    assert np.ptp(ring[:, 0]) > 340


def test_half_a_degree_of_a_circle_of_200_miles_sags_by_three_and_a_half_metres() -> None:
    assert sagitta_m(370_400.0, 720) == pytest.approx(3.5, abs=0.1)
