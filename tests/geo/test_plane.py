"""The three planes, and the projections that are one of them turned."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo.errors import NotSimilar
from geo.plane import EQUAL_AREA, MERCATOR, PLANES, STEREOGRAPHIC, TURN, Plane, similarity

STEREO = ("EPSG:3995", "EPSG:3413", "EPSG:3996", "EPSG:5041", "EPSG:32661", "EPSG:5936")
LAEA = tuple(f"EPSG:{code}" for code in range(3571, 3577))
PLACES = st.tuples(
    st.floats(-180, 180, allow_subnormal=False), st.floats(-30, 89.9, allow_subnormal=False)
)


def known(crs: str, points: np.ndarray) -> np.ndarray:
    """Easting and northing as pyproj gives them."""
    transformer = Transformer.from_crs("OGC:CRS84", crs, always_xy=True)
    return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))


@pytest.mark.parametrize(
    ("plane", "crs"),
    [(STEREOGRAPHIC, crs) for crs in STEREO] + [(EQUAL_AREA, crs) for crs in LAEA],
)
def test_every_projection_of_a_family_is_the_plane_scaled_turned_and_shifted(
    plane: Plane, crs: str
) -> None:
    k, t = similarity(plane, crs)
    points = np.array([[lon, lat] for lon in range(-180, 181, 7) for lat in (-20, 10, 60, 89)])
    here = plane.forward(points.astype(float)) @ np.array([1, 1j])
    there = known(crs, points) @ np.array([1, 1j])
    assert np.abs(k * here + t - there).max() < 1e-6


def test_each_family_agrees_with_the_projection_that_it_is_named_after() -> None:
    points = np.array([[0.0, 71.0], [179.0, 66.5], [-168.98, 65.5], [33.0, 89.5]])
    assert STEREOGRAPHIC.forward(points) == pytest.approx(known("EPSG:3995", points), abs=1e-6)
    assert MERCATOR.forward(points) == pytest.approx(known("EPSG:3857", points), abs=1e-6)


@pytest.mark.parametrize(
    ("plane", "crs"),
    [
        (STEREOGRAPHIC, "EPSG:3575"),
        (EQUAL_AREA, "EPSG:3995"),
        (MERCATOR, "EPSG:3995"),
        (STEREOGRAPHIC, "EPSG:3031"),
        (EQUAL_AREA, "EPSG:32633"),
    ],
)
def test_a_projection_of_another_kind_is_refused(plane: Plane, crs: str) -> None:
    with pytest.raises(NotSimilar, match=rf"{crs} is no similarity of the plane {plane.id}"):
        similarity(plane, crs)


@pytest.mark.parametrize("plane", PLANES.values(), ids=PLANES)
@given(place=PLACES)
def test_the_way_back_leads_to_the_same_degrees(plane: Plane, place: tuple[float, float]) -> None:
    point = np.array([place])
    (lon, lat), *_ = plane.inverse(plane.forward(point))
    turns = (lon - place[0] + 180) % 360 - 180
    assert abs(lat - place[1]) < 5e-8  # PROJ goes back by series
    assert abs(turns) * math.cos(math.radians(lat)) < 5e-8  # PROJ goes back by series


@pytest.mark.parametrize("plane", [STEREOGRAPHIC, EQUAL_AREA])
def test_both_names_of_the_antimeridian_are_one_line_in_a_polar_plane(plane: Plane) -> None:
    lat = np.linspace(-30, 89.999, 200)
    east = plane.forward(np.column_stack([np.full(200, 180.0), lat]))
    west = plane.forward(np.column_stack([np.full(200, -180.0), lat]))
    assert (east == west).all()
    assert (east[:, 0] == 0).all()
    assert (east[:, 1] > 0).all()


@pytest.mark.parametrize("plane", [STEREOGRAPHIC, EQUAL_AREA])
@pytest.mark.parametrize("lon", [-180.0, -90.0, 0.0, 77.7, 180.0])
def test_the_pole_has_no_longitude(plane: Plane, lon: float) -> None:
    assert plane.forward(np.array([[lon, 90.0]])).tolist() == [[0.0, 0.0]]
    assert plane.inverse(np.zeros((1, 2))).tolist() == [[0.0, 90.0]]


def test_longitudes_run_on_past_180_in_mercator() -> None:
    points = MERCATOR.forward(np.array([[190.0, 60.0], [-170.0, 60.0]]))
    assert points[0, 0] - points[1, 0] == pytest.approx(TURN * MERCATOR.quantum, abs=1e-6)
    assert MERCATOR.inverse(points)[0] == pytest.approx([190.0, 60.0])


def test_the_pole_is_far_away_but_not_infinite_in_mercator() -> None:
    assert np.isfinite(MERCATOR.forward(np.array([[0.0, 90.0], [0.0, -90.0]]))).all()


def test_a_turn_of_the_world_is_a_whole_number_of_quanta() -> None:
    assert MERCATOR.turn == TURN
    assert MERCATOR.forward(np.array([[180.0, 0.0]]))[0, 0] / MERCATOR.quantum == TURN / 2
    assert STEREOGRAPHIC.turn == EQUAL_AREA.turn == 0
