import numpy as np
import shapely
from shapely import LineString, box

from geo.arrangement import OUTSIDE, arrange

CROSS = [box(0, 0, 4, 4).boundary, LineString([(2, -1), (2, 5)]), LineString([(-1, 2), (5, 2)])]


def test_two_lines_across_a_square_make_four_faces_and_lose_their_ends() -> None:
    made = arrange(CROSS)
    assert [face.area for face in made.faces] == [4.0] * 4
    assert shapely.union_all(made.faces).equals(box(0, 0, 4, 4))


def test_every_edge_knows_the_faces_on_both_sides() -> None:
    made = arrange(CROSS)
    edges = made.edges
    assert edges.lengths.sum() == 16 + 8
    outer = (edges.left == OUTSIDE) | (edges.right == OUTSIDE)
    assert edges.lengths[outer].sum() == 16
    for ends, left, right in zip(edges.ends, edges.left, edges.right, strict=True):
        middle, along = ends.mean(axis=0), ends[1] - ends[0]
        aside = 0.01 * np.array([-along[1], along[0]])
        if left != OUTSIDE:
            assert made.faces[left].contains(shapely.Point(middle + aside))
        if right != OUTSIDE:
            assert made.faces[right].contains(shapely.Point(middle - aside))


def test_given_vertices_stay_as_they_are_to_the_last_digit() -> None:
    ring = [(0.1, 0.2), (3.3333333333333335, 0.1), (2.7, 2.9000000000000004), (0.1, 0.2)]
    made = arrange([LineString(ring), LineString([(-1, 1), (4, 1)])])
    kept = {tuple(point) for face in made.faces for point in shapely.get_coordinates(face)}
    assert set(ring) <= kept


def test_neighbours_share_their_vertices_and_dissolve_without_losing_one() -> None:
    bent = LineString([(-1, 2), (1, 2.2), (3, 1.9), (5, 2)])
    made = arrange([box(0, 0, 4, 4).boundary, bent])
    low, high = made.faces
    shared = shapely.intersection(low.boundary, high.boundary)
    assert shared.length == bent.intersection(box(0, 0, 4, 4)).length
    assert made.dissolved([0, 1]).equals(box(0, 0, 4, 4))


def test_the_order_of_the_lines_does_not_matter() -> None:
    assert arrange(CROSS).faces == arrange(CROSS[::-1]).faces
