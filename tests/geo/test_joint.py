"""Areas get vertices where others have them on their edges."""

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from geo.joint import jointed

NORTH = shapely.box(0, 0, 3, 1)
SOUTH = Polygon([(0, 0), (0, -1), (3, -1), (3, 0), (2, 0), (1 / 3, 0)])


def test_areas_that_meet_at_vertices_of_one_of_them_fit_together_afterwards() -> None:
    assert not shapely.coverage_is_valid([NORTH, SOUTH])
    made = jointed(NORTH, shapely.get_coordinates(SOUTH))
    assert shapely.coverage_is_valid([made, SOUTH])
    assert made is not None
    assert made.equals(NORTH)


def test_joints_stand_in_the_order_of_the_edge_in_holes_and_in_parts_too() -> None:
    hole = [(1, 0.2), (1, 0.8), (2, 0.8), (2, 0.2)]
    given = MultiPolygon([Polygon(NORTH.exterior, [hole]), shapely.box(5, 0, 6, 1)])
    joints = np.array([(2.5, 0), (0.5, 0), (1, 0.5), (5, 0.25), (5, 0.75), (9, 9)])
    made = jointed(given, joints)
    assert made is not None
    assert made.is_valid
    assert made.equals(given)
    assert shapely.get_num_coordinates(made) == shapely.get_num_coordinates(given) + 5


def test_what_no_joint_lies_on_comes_back_as_it_is() -> None:
    beside = np.array([(1, 1e-6), (0, 0), (3, 1)])
    assert jointed(NORTH, beside) is NORTH
    assert jointed(NORTH, np.zeros((0, 2))) is NORTH
    assert jointed(None, beside) is None
