"""Detail that nobody sees, left out: valid, with shared edges, and nobody lost."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon, box

from geo.levels import simplified, simplified_lines
from geo.mesh import Mesh, across, mesh_of


def wobbly(cx: float, cy: float, radius: float, waves: int, phase: float, n: int = 400) -> Polygon:
    """A round shape with a wavy rim, on the lattice."""
    turn = np.linspace(0, 2 * math.pi, n, endpoint=False)
    reach = radius * (1 + 0.2 * np.sin(waves * turn + phase) + 0.05 * np.sin(7 * waves * turn))
    points = np.column_stack([cx + reach * np.cos(turn), cy + reach * np.sin(turn)])
    return Polygon(np.rint(points))


def country(seed: int, cells: int = 12, noise: float = 60) -> list[Polygon]:
    """A coverage: Voronoi cells with borders as crooked as coasts, on the lattice."""
    rng = np.random.default_rng(seed)
    spots = shapely.MultiPoint(rng.uniform(0, 10_000, (cells, 2)))
    cut = [
        shapely.intersection(one, box(0, 0, 10_000, 10_000))
        for one in shapely.get_parts(shapely.voronoi_polygons(spots))
    ]
    dense = shapely.segmentize(np.array(cut, dtype=object), 40)
    held: dict[tuple[int, int], tuple[int, int]] = {}

    def crooked(points: np.ndarray) -> np.ndarray:
        moved = []
        for x, y in np.rint(points).astype(int):
            held.setdefault((x, y), tuple(np.rint((x, y) + rng.uniform(-noise, noise, 2) / 4)))
            moved.append(held[(x, y)])
        return np.array(moved, dtype=float)

    shapes = shapely.transform(dense, crooked)
    if shapely.is_valid(shapes).all():
        return list(shapes)
    return list(shapely.coverage_clean(list(shapes)))  # type: ignore[attr-defined]  # no stub


def meshed(shapes: list[Polygon], owners: list[int] | None = None) -> Mesh:
    owner = np.array(owners if owners is not None else range(len(shapes)), dtype=np.int64)
    return mesh_of(np.array(shapes, dtype=object), owner)


@pytest.mark.parametrize("tolerance", [20.0, 80.0, 300.0])
@pytest.mark.parametrize("seed", range(4))
def test_a_coverage_stays_one_vertex_for_vertex(seed: int, tolerance: float) -> None:
    mesh = meshed(country(seed))
    made = simplified(mesh, tolerance)
    shapes = made.polygons()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert len(made.points) < len(mesh.points)
    assert sorted(made.owner) == sorted(mesh.owner)


def test_nothing_is_farther_off_than_the_tolerance() -> None:
    whole = wobbly(0, 0, 50_000, 9, 0.3)
    (thin,) = simplified(meshed([whole]), 400).polygons()
    assert shapely.hausdorff_distance(whole.exterior, thin.exterior) <= 400
    assert shapely.get_num_coordinates(thin) < 0.5 * shapely.get_num_coordinates(whole)


@given(
    seed=st.integers(0, 10_000),
    tolerance=st.floats(1, 3000),
    waves=st.integers(2, 40),
)
def test_what_crossed_nothing_crosses_nothing(seed: int, tolerance: float, waves: int) -> None:
    rng = np.random.default_rng(seed)
    shapes = [
        wobbly(
            rng.uniform(0, 20_000),
            rng.uniform(0, 20_000),
            rng.uniform(100, 4000),
            waves,
            rng.uniform(0, 6),
        )
        for _ in range(12)
    ]
    apart = [one for n, one in enumerate(shapes) if not shapely.intersects(shapes[:n], one).any()]
    made = simplified(meshed(apart), tolerance)
    thin = made.polygons()
    assert shapely.is_valid(thin).all()
    assert len(thin) == len(apart)  # each owner keeps its last part
    tree = shapely.STRtree(thin)
    one, other = tree.query(thin, predicate="intersects")
    assert (one == other).all()


def test_tiny_islands_go_but_the_largest_part_of_an_owner_stays() -> None:
    shapes = [box(0, 0, 10, 10), box(100, 0, 104, 4), box(200, 0, 9000, 8000)]
    made = simplified(meshed(shapes, [0, 0, 1]), 50)
    assert made.owner.tolist() == [0, 1]
    smallest = made.polygons()[0]
    assert smallest.area > 0
    assert smallest.within(box(0, 0, 10, 10).buffer(1))


def test_a_state_that_two_straightened_borders_would_close_up_keeps_a_width() -> None:
    # Thinner than the tolerance, between two neighbours that share an edge with it.
    left = Polygon([(0, 0), (1000, 0), (1000, 1000), (0, 1000)])
    middle = Polygon([(1000, 0), (1010, 500), (1000, 1000)])
    right = Polygon([(1000, 0), (2000, 0), (2000, 1000), (1000, 1000), (1010, 500)])
    made = simplified(meshed([left, middle, right]), 200)
    shapes = made.polygons()
    assert made.owner.tolist() == [0, 1, 2]
    assert shapely.area(shapes).min() > 0
    assert shapely.coverage_is_valid(shapes)


def test_an_enclave_that_stays_keeps_its_hole() -> None:
    around = Polygon(
        [(0, 0), (9000, 0), (9000, 9000), (0, 9000)], [box(40, 40, 60, 60).exterior.coords]
    )
    made = simplified(meshed([around, box(40, 40, 60, 60)]), 500)
    outer, inner = made.polygons()
    assert len(outer.interiors) == 1
    assert shapely.coverage_is_valid(np.array([outer, inner], dtype=object))


def test_a_bay_does_not_close_over_an_island() -> None:
    bay = [(0, 0), (4000, 0), (4000, 3000), (2200, 3000), (2000, 2960), (1800, 3000), (0, 3000)]
    island = Point(2000, 2985).buffer(8, 3)
    island = Polygon(np.rint(np.array(island.exterior.coords)))
    shapes = [Polygon(bay), island]
    assert not shapes[0].intersects(island)
    made = simplified(meshed(shapes), 60).polygons()
    assert not made[0].intersects(made[1])
    of_one = simplified(meshed(shapes, [0, 0]), 60)
    assert shapely.MultiPolygon(list(of_one.polygons())).is_valid


def test_rings_that_touch_in_a_point_do_not_cross_there() -> None:
    # Two lobes of one area that meet in a vertex, with crooked arms towards it.
    shell = [(0, 0), (300, 30), (500, 0), (700, -25), (1000, 0), (1000, 900), (0, 900)]
    hole = [(500, 0), (520, 60), (510, 120), (560, 200), (440, 200), (470, 60)]
    shape = Polygon(shell, [hole])
    assert shape.is_valid
    for tolerance in (20, 40, 80, 160):
        assert simplified(meshed([shape]), tolerance).polygons()[0].is_valid


def test_each_level_is_made_of_the_one_before() -> None:
    mesh = meshed(country(7))
    for tolerance in (10, 20, 40, 80, 160, 320, 640):
        coarser = simplified(mesh, tolerance)
        before = {tuple(one) for one in mesh.points}
        assert {tuple(one) for one in coarser.points} <= before
        assert shapely.coverage_is_valid(coarser.polygons())
        mesh = coarser


def test_both_sides_of_an_edge_know_each_other() -> None:
    mesh = meshed([box(0, 0, 10, 10), box(10, 0, 20, 10), box(40, 0, 50, 10)])
    beyond = across(mesh)
    part = mesh.part[mesh.ring]
    assert {(int(a), int(b)) for a, b in zip(part, beyond, strict=True)} == {
        (0, 1),
        (1, 0),
        (0, -1),
        (1, -1),
        (2, -1),
    }


def test_numbers_are_the_same_a_turn_apart() -> None:
    shapes = np.array([box(0, 0, 10, 10), box(1010, 0, 1020, 10)], dtype=object)
    mesh = mesh_of(shapes, np.array([0, 1]), turn=1000)
    assert len(mesh.node) == 6
    beyond = across(mesh)
    assert (beyond >= 0).sum() == 2


def test_a_closed_line_keeps_a_width_and_each_owner_its_longest_line() -> None:
    round_ = LineString(np.rint(np.array(Point(0, 0).buffer(50, 16).exterior.coords)))
    lines = np.array([round_, LineString([(0, 0), (3, 4)]), LineString([(9, 9), (10, 9)])], object)
    thin, owner = simplified_lines(lines, np.array([0, 1, 1]), 40)
    assert owner.tolist() == [0, 1]
    assert shapely.get_num_points(thin[0]) >= 4
    assert thin[1].length == 5


def test_nothing_is_made_of_nothing() -> None:
    none = np.zeros(0, dtype=object)
    mesh = mesh_of(none, np.zeros(0, dtype=np.int64))
    assert len(simplified(mesh, 10).polygons()) == 0
    assert len(simplified_lines(none, np.zeros(0, dtype=np.int64), 10)[0]) == 0
