"""A base no finer than its pixels, whose shared borders stay shared."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from layers.generalise import borders, generalised, latitude, mercator_y, to_degrees, to_plane

WINDOW = (-20.0, -20.0, 20.0, 20.0)


def wavy(x: float, south: float, north: float) -> list[tuple[float, float]]:
    """A border with far more vertices than any map needs."""
    lats = np.linspace(south, north, 400)
    return [(x + 0.001 * float(np.sin(40 * lat)), float(lat)) for lat in lats]


BORDER = wavy(0, -5, 5)
WEST = shapely.Polygon([(-10, -5), *BORDER, (-10, 5)])
EAST = shapely.Polygon([(10, 5), *reversed(BORDER), (10, -5)])


def test_neighbours_share_every_vertex_of_their_border_after_simplification() -> None:
    west, east = generalised([WEST, EAST], WINDOW, 0.01)
    assert west is not None and east is not None
    assert shapely.get_num_coordinates(west) < shapely.get_num_coordinates(WEST) / 2
    assert west.intersection(east).area == 0
    assert not west.boundary.intersection(east.boundary).is_empty
    assert shapely.union_all([west, east]).area == pytest.approx(WEST.area + EAST.area, rel=1e-3)


def test_what_lies_outside_the_window_is_left_out() -> None:
    far = shapely.box(50, 50, 60, 60)
    assert generalised([far, WEST], WINDOW, 0.01)[0] is None


def test_an_island_below_a_pixel_is_left_out_and_one_above_is_kept() -> None:
    islands = shapely.MultiPolygon([shapely.box(0, 0, 0.001, 0.001), shapely.box(5, 5, 6, 6)])
    kept = generalised([islands], WINDOW, 0.01)[0]
    assert kept is not None
    assert len(shapely.get_parts(kept)) == 1


def test_nothing_in_is_nothing_out() -> None:
    assert generalised([], WINDOW, 0.01) == []
    assert generalised([None], WINDOW, 0.01) == [None]
    assert borders([]) == []
    assert borders([None]) == [None]


def test_borders_are_what_two_countries_share_and_not_their_coasts() -> None:
    left, right = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    found = borders([left, right])
    assert [shape.length for shape in found if shape] == [1, 1]
    assert all(shape.equals(shapely.LineString([(1, 0), (1, 1)])) for shape in found if shape)


def test_an_island_has_no_border() -> None:
    assert borders([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)]) == [None, None]


def test_an_enclave_is_all_border_and_its_surroundings_have_a_hole_of_it() -> None:
    inner = shapely.box(1, 1, 2, 2)
    outer = shapely.box(0, 0, 3, 3).difference(inner)
    around, within = borders([outer, inner])
    assert around is not None and within is not None
    assert around.length == within.length == 4


def test_a_border_that_passes_the_start_of_a_ring_stays_in_one_piece() -> None:
    ring = [(1, 0.5), (1, 1), (0, 1), (0, 0), (1, 0), (1, 0.5)]
    other = [(1, 0), (2, 0), (2, 1), (1, 1), (1, 0.5), (1, 0)]
    found = borders([shapely.Polygon(ring), shapely.Polygon(other)])[0]
    assert isinstance(found, shapely.LineString)
    assert found.length == 1


@given(st.floats(-85, 85))
def test_the_plane_leads_back_to_the_same_latitude(lat: float) -> None:
    assert latitude(mercator_y(np.array([lat])))[0] == pytest.approx(lat, abs=1e-9)


def test_the_square_of_web_mercator_is_as_high_as_wide() -> None:
    assert mercator_y(np.array([85.0511287798066]))[0] == pytest.approx(180)


def test_shapes_come_back_from_the_plane() -> None:
    assert to_degrees(to_plane(WEST)).equals_exact(WEST, 1e-9)
