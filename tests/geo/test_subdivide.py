"""Chains in runs, and what of them a window holds, against shapely's own overlay."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo.cutout import areas_in, lines_in, stroked
from geo.flat import flat
from geo.mesh import mesh_of
from geo.plane import EQUAL_AREA, MERCATOR, STEREOGRAPHIC
from geo.rectangle import between
from geo.subdivide import CUT, MOST, NOBODY, Chains, subdivided_lines, subdivided_mesh

FAR = 20_000


def star(cx: float, cy: float, seed: int, n: int = 700) -> Polygon:
    """A ragged polygon with a hole, on the lattice."""
    rng = np.random.default_rng(seed)
    turn = np.linspace(0, 2 * math.pi, n, endpoint=False)
    reach = 6000 * (1 + 0.3 * rng.uniform(-1, 1, n) + 0.4 * np.sin(5 * turn))
    rim = np.column_stack([cx + reach * np.cos(turn), cy + reach * np.sin(turn)])
    hole = np.column_stack([cx + 900 * np.cos(turn[::20]), cy + 900 * np.sin(turn[::20])])
    return Polygon(np.rint(rim), [np.rint(hole)])


SHAPES = [shape for n in range(6) if (shape := star(*divmod(n * 9001, 3), n)).is_valid]
SHAPES += [box(-FAR, 9000, FAR, 9500), box(12_000, -3000, 12_010, 3000)]


def chains(shapes: list[Polygon], owner: list[int] | None = None) -> Chains:
    owners = np.array(range(len(shapes)) if owner is None else owner, dtype=np.int64)
    return subdivided_mesh(mesh_of(np.array(shapes, dtype=object), owners), EQUAL_AREA)


RINGS = chains(SHAPES)
WINDOWS = st.tuples(
    st.integers(-FAR, FAR), st.integers(-FAR, FAR), st.integers(1, FAR), st.integers(1, FAR)
)


@given(place=WINDOWS)
def test_a_window_holds_of_each_area_what_an_overlay_says(
    place: tuple[int, int, int, int],
) -> None:
    x, y, wide, high = place
    window = between((float(x), float(y), float(x + wide), float(y + high)))
    shapes, owner = areas_in(RINGS, window)
    for n, whole in enumerate(SHAPES):
        known = shapely.intersection(whole, box(*window))
        assert shapely.is_valid(shapes[owner == n]).all()
        made = shapely.union_all(shapes[owner == n])
        assert made.symmetric_difference(known).area <= 1e-6 * max(known.area, 1)


@given(place=WINDOWS)
def test_a_window_holds_of_each_outline_what_an_overlay_says(
    place: tuple[int, int, int, int],
) -> None:
    x, y, wide, high = place
    window = (float(x), float(y), float(x + wide), float(y + high))
    pieces, run, _ = lines_in(RINGS, window, stroked(RINGS, window))
    for n, whole in enumerate(SHAPES):
        known = shapely.intersection(whole.boundary, box(*window).buffer(1e-9))
        mine = pieces[RINGS.run_owner[run] == n]
        assert shapely.length(mine).sum() == pytest.approx(known.length, rel=1e-6, abs=1e-3)


def test_windows_side_by_side_hold_the_whole_and_nothing_twice() -> None:
    total = np.zeros(len(SHAPES))
    for col in range(-12, 12):
        for row in range(-12, 12):
            left, bottom = col * 2500.0 + 1, row * 2500.0 + 1
            shapes, owner = areas_in(RINGS, (left, bottom, left + 2500, bottom + 2500))
            np.add.at(total, owner, shapely.area(shapes))
    assert total == pytest.approx(shapely.area(SHAPES))


def test_a_window_within_an_area_is_filled_and_one_in_its_hole_is_not() -> None:
    rim = box(0, 0, 9000, 9000)
    holed = chains([Polygon(rim.exterior, [box(4000, 4000, 5000, 5000).exterior])])
    (inside,), _ = areas_in(holed, (1000, 1000, 1100, 1100))
    assert inside.equals(box(1000.5, 1000.5, 1100.5, 1100.5))
    assert not len(areas_in(holed, (4400, 4400, 4500, 4500))[0])
    assert not len(areas_in(holed, (9500, 9500, 9600, 9600))[0])


def test_runs_are_short_and_follow_each_other_to_the_end_of_their_chain() -> None:
    for n in range(len(RINGS.chains) - 1):
        runs = slice(RINGS.chain_runs[n], RINGS.chain_runs[n + 1])
        first, last = RINGS.first[runs], RINGS.last[runs]
        assert first[0] == RINGS.chains[n]
        assert last[-1] == RINGS.chains[n + 1] - 1
        assert (first[1:] == last[:-1]).all()
        assert (last - first <= MOST).all()


def test_the_pieces_of_a_line_say_how_far_along_it_they_begin() -> None:
    points = np.column_stack([np.arange(0, 9000, 30), 300 * np.sin(np.arange(300) / 3) // 1])
    line = LineString(points)
    held = subdivided_lines(np.array([line], dtype=object), np.array([0]))
    for left in range(-100, 9000, 777):
        window = (float(left), -90.0, left + 500.0, 200.0)
        pieces, _, along = lines_in(held, window, stroked(held, window))
        for piece, start in zip(pieces, along, strict=True):
            assert line.interpolate(start).distance(shapely.Point(piece.coords[0])) < 1e-6


def test_what_goes_on_in_the_window_is_one_piece() -> None:
    points = np.column_stack([np.arange(0, 30_000, 30), np.zeros(1000)])
    held = subdivided_lines(np.array([LineString(points)], dtype=object), np.array([0]))
    window = (-10.0, -10.0, 1e6, 10.0)
    pieces, _, along = lines_in(held, window, stroked(held, window))
    assert len(pieces) == 1
    assert along.tolist() == [0]
    assert pieces[0].equals_exact(LineString(points))


def test_what_two_areas_share_is_stroked_once_and_names_both() -> None:
    held = chains([box(0, 0, 10, 10), box(10, 0, 20, 10)])
    window = (-100.0, -100.0, 100.0, 100.0)
    pieces, run, _ = lines_in(held, window, stroked(held, window))
    assert shapely.length(pieces).sum() == 10 * 7
    shared = held.beyond[run] >= 0
    assert [one.equals(LineString([(10, 0), (10, 10)])) for one in pieces[shared]] == [True]
    assert (held.run_owner[run][shared].tolist(), held.beyond[run][shared].tolist()) == ([0], [1])


def test_an_edge_between_two_parts_of_one_owner_is_not_stroked() -> None:
    held = chains([box(0, 0, 10, 10), box(10, 0, 20, 10)], [4, 4])
    window = (-100.0, -100.0, 100.0, 100.0)
    pieces, _, _ = lines_in(held, window, stroked(held, window))
    assert shapely.union_all(pieces).equals(shapely.union_all(box(0, 0, 20, 10).boundary))


def strokes(shape: BaseGeometry, plane: object) -> MultiLineString:
    laid = flat([shape], plane)  # type: ignore[arg-type]
    held = subdivided_mesh(mesh_of(*laid.areas, plane.turn), plane)  # type: ignore[attr-defined, arg-type]
    window = (-4e9, -4e9, 4e9, 4e9)
    return MultiLineString(list(lines_in(held, window, stroked(held, window))[0]))


def test_no_edge_of_an_outline_lies_where_mercator_is_cut() -> None:
    around = [(lon, -70 + 5 * math.sin(math.radians(3 * lon))) for lon in range(-180, 181, 2)]
    antarctica = Polygon([*reversed(around), (-180, -90), (180, -90)])
    made = strokes(antarctica, MERCATOR)
    assert shapely.get_num_geometries(shapely.line_merge(made)) == 1
    assert made.bounds[1] > MERCATOR.forward(np.array([[0.0, -80.0]]))[0, 1] / MERCATOR.quantum


def test_no_edge_of_an_outline_lies_where_a_polar_plane_ends() -> None:
    made = strokes(box(0, -60, 20, 10), STEREOGRAPHIC)
    (whole,) = shapely.get_parts(shapely.line_merge(made))
    assert not whole.is_closed
    limit = abs(STEREOGRAPHIC.forward(np.array([[0.0, STEREOGRAPHIC.south]]))[0, 1])
    far = np.hypot(*np.array(whole.coords).T) * STEREOGRAPHIC.quantum
    assert (far > limit - 1).sum() == 2


def test_what_is_beyond_a_run_is_an_owner_nobody_or_the_end_of_the_map() -> None:
    around = [(lon, 70) for lon in range(-180, 181, 2)]
    laid = flat([Polygon([*around, (180, 90), (-180, 90)]), box(10, 60, 20, 70)], MERCATOR)
    held = subdivided_mesh(mesh_of(*laid.areas, MERCATOR.turn), MERCATOR)
    assert set(held.beyond.tolist()) <= {CUT, NOBODY, 0, 1}
    assert CUT in held.beyond


def test_arrays_lead_back_to_the_same_chains() -> None:
    again = Chains.read(RINGS.arrays())
    assert all((getattr(again, name) == one).all() for name, one in RINGS.arrays().items())


def test_of_nothing_there_is_nothing_in_any_window() -> None:
    window = (-1.0, -1.0, 1.0, 1.0)
    for held in (chains([]), subdivided_lines(np.zeros(0, dtype=object), np.zeros(0, int))):
        assert not len(areas_in(held, window)[0])
        assert not len(lines_in(held, window, stroked(held, window))[0])
