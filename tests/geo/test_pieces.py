"""Lines and a window: which edges it shows, and where its sides cut them."""

import numpy as np
import pytest
import shapely

from geo.paths import Paths
from geo.pieces import at_sides, pieces_in, touching
from geo.subdivide import Chains, subdivided_lines

WINDOW = (-50.0, -50.0, 50.0, 50.0)


@pytest.fixture
def walks() -> Chains:
    random = np.random.default_rng(3)
    lines = [np.cumsum(random.integers(-30, 31, (200, 2)), axis=0) for _ in range(20)]
    return subdivided_lines(np.array(list(map(shapely.LineString, lines))), np.arange(20))


def lines(paths: Paths) -> shapely.MultiLineString:
    return shapely.MultiLineString(list(paths))


def test_uncut_edges_show_in_a_window_what_cut_ones_show(walks: Chains) -> None:
    every = np.arange(len(walks.first))
    cut = pieces_in(walks, WINDOW, every, lines=True)
    points, starts, _ = touching(walks, WINDOW, every)
    window = shapely.box(*WINDOW)
    shown = [
        shapely.intersection(lines(Paths(at, begins)), window).length
        for at, begins in ((cut.points, cut.starts), (points.astype(float), starts))
    ]
    assert shown[0] > 1_000 and shown[1] == pytest.approx(shown[0])


def test_an_edge_that_is_not_cut_keeps_its_ends(walks: Chains) -> None:
    points, starts, run = touching(walks, WINDOW, np.arange(len(walks.first)))
    held = {tuple(point) for point in walks.points.tolist()}
    assert {tuple(point) for point in points.tolist()} <= held
    assert len(starts) == len(run) + 1 and starts[-1] == len(points)


def test_a_path_gets_a_vertex_where_it_crosses_a_side_and_goes_where_it_went() -> None:
    paths = Paths.each([[(-90, 0), (90, 0)], [(0, 0), (10, 90), (20, 0)], [(60, 60), (70, 70)]])
    made = at_sides(paths, WINDOW)
    assert next(iter(made)).tolist() == [[-90, 0], [-50, 0], [50, 0], [90, 0]]
    assert [len(one) for one in made] == [4, 5, 2]
    assert shapely.hausdorff_distance(lines(paths), lines(made)) == pytest.approx(0, abs=1e-9)
