"""A tile cut from the sheet of its zoom is what lies in its window, exactly, and valid."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from geo.creases import SIDE, Creases
from geo.mvtgeometry import Paths
from geo.tilepaths import rings
from geo.tilesheet import Sheet

SPAN = 2
LEFT, TOP = Creases(SPAN).corner(1, 1)
RIGHT, BOTTOM = LEFT + SIDE, TOP + SIDE
WINDOW = shapely.box(LEFT, TOP, RIGHT, BOTTOM)
MIDDLE = (LEFT + RIGHT) // 2


def cells(count: int = 80) -> list[BaseGeometry]:
    """Areas that share their edges and fill the square of the tiles and more."""
    rng = np.random.default_rng(7)
    sites = shapely.MultiPoint(rng.uniform(-500, 9000, (count, 2)))
    square = shapely.box(-500, -500, 9000, 9000)
    made = shapely.get_parts(shapely.voronoi_polygons(sites, extend_to=square))
    return [one.intersection(square) for one in made]


def sheet_of(shapes: list[BaseGeometry]) -> Sheet:
    held = np.empty(len(shapes), dtype=object)
    held[:] = shapes
    return Sheet.of(held, np.arange(len(shapes)), SPAN)


def areas(paths: Paths) -> dict[int, BaseGeometry]:
    """The shapes of the paths by number, as a client reads them: a shell and what follows it."""
    made: dict[int, list[list[shapely.LinearRing]]] = {}
    ends = np.cumsum(paths.counts)
    for end, count, number in zip(ends, paths.counts, paths.numbers.tolist(), strict=True):
        ring = shapely.LinearRing(paths.points[end - count : end])
        # With y down a shell runs against the clock of a plane with y up, and a hole with it.
        if ring.is_ccw:
            made.setdefault(number, []).append([ring])
        else:
            made[number][-1].append(ring)
    return {
        number: shapely.MultiPolygon([shapely.Polygon(one, holes) for one, *holes in polygons])
        for number, polygons in made.items()
    }


def assert_exact(shape: BaseGeometry) -> None:
    """What the tile shows is the intersection of its window with what is on the sheet."""
    sheet = sheet_of([shape])
    found = areas(sheet.cut(1, 1)).get(0, shapely.MultiPolygon())
    assert found.is_valid, shapely.is_valid_reason(found)
    counts, keep = np.diff(sheet.rings) - 1, np.ones(len(sheet.points), dtype=bool)
    keep[sheet.rings[1:] - 1] = False
    (whole,) = areas(Paths(sheet.points[keep], counts, sheet.numbers[sheet.part_of])).values()
    changed = found.symmetric_difference(whole.intersection(WINDOW)).area
    assert changed < (1e-6 if not sheet.loose else WINDOW.length / SIDE)  # loose: rounded once more


def test_a_tile_holds_what_lies_in_it() -> None:
    shapes = cells()
    found = areas(sheet_of(shapes).cut(1, 1))
    for number, shape in enumerate(shapes):
        wanted = shape.intersection(WINDOW)
        if wanted.area > 4:
            assert found[number].is_valid
            assert found[number].symmetric_difference(wanted).area < 3 * wanted.length


def test_what_touches_fills_the_tile_without_gap_or_overlap() -> None:
    found = list(areas(sheet_of(cells()).cut(1, 1)).values())
    assert shapely.union_all(found).area == WINDOW.area
    assert sum(one.area for one in found) == WINDOW.area


def test_tiles_agree_where_their_buffers_overlap() -> None:
    sheet = sheet_of(cells())
    west, east = areas(sheet.cut(1, 0)), areas(sheet.cut(1, 1))
    both = shapely.box(LEFT, TOP, LEFT + SIDE - 4096, BOTTOM)
    for number in {*west} & {*east}:
        one, other = (found[number].intersection(both) for found in (west, east))
        assert one.symmetric_difference(other).area == 0


AREAS: dict[str, BaseGeometry] = {
    "all of it": WINDOW.buffer(300, join_style="mitre"),
    "exactly all of it": WINDOW,
    "inside, touching a side": shapely.Polygon(
        [(LEFT, MIDDLE), (MIDDLE, TOP + 9), (MIDDLE, BOTTOM - 9)]
    ),
    "along a side": shapely.box(LEFT, TOP + 100, MIDDLE, BOTTOM - 100),
    "through a corner": shapely.Polygon(
        [(LEFT - 50, TOP + 50), (LEFT + 50, TOP - 50), (RIGHT, BOTTOM - 7), (MIDDLE, BOTTOM)]
    ),
    "a comb from outside": shapely.union_all(
        [shapely.box(LEFT - 90, TOP - 90, LEFT - 20, BOTTOM + 90)]
        + [shapely.box(LEFT - 90, y, RIGHT + 90, y + 40) for y in range(TOP + 10, BOTTOM, 200)]
    ),
    "two that touch each other on a side": shapely.Polygon(
        [
            (LEFT - 40, TOP + 500), (MIDDLE, TOP + 700), (LEFT, MIDDLE), (MIDDLE, BOTTOM - 700),
            (LEFT - 40, BOTTOM - 500),
        ]
    ),
    "all but a bay that touches a side": WINDOW.buffer(80, join_style="mitre")
    - shapely.Polygon([(LEFT, MIDDLE), (RIGHT + 200, TOP + 99), (RIGHT + 200, BOTTOM - 99)]),
    "all but a hole that touches a side": WINDOW.buffer(80, join_style="mitre")
    - shapely.Polygon([(LEFT, MIDDLE), (MIDDLE, TOP + 99), (MIDDLE, BOTTOM - 99)]),
    "all but a hole that touches two sides": WINDOW.buffer(80, join_style="mitre")
    - shapely.Polygon([(LEFT, MIDDLE), (MIDDLE, TOP), (MIDDLE, BOTTOM - 99)]),
    "only a hole": shapely.box(LEFT - 99, TOP - 99, RIGHT + 99, BOTTOM + 99)
    - shapely.box(MIDDLE - 9, MIDDLE - 9, MIDDLE + 9, MIDDLE + 9),
    "holes in two pieces": (
        shapely.box(LEFT - 90, TOP - 90, LEFT - 20, BOTTOM + 90)
        | shapely.box(LEFT - 90, TOP + 100, MIDDLE, TOP + 900)
        | shapely.box(LEFT - 90, MIDDLE, MIDDLE, BOTTOM - 90)
    )
    - shapely.box(LEFT + 50, TOP + 300, LEFT + 90, TOP + 500)
    - shapely.box(LEFT + 50, MIDDLE + 300, LEFT + 90, MIDDLE + 500),
    "a hole across a side": shapely.box(LEFT - 900, TOP - 900, MIDDLE, MIDDLE)
    - shapely.box(LEFT - 200, TOP + 200, LEFT + 200, TOP + 600),
}  # fmt: skip


@pytest.mark.parametrize("area", AREAS.values(), ids=AREAS)
def test_what_is_cut_is_the_intersection_exactly(area: BaseGeometry) -> None:
    assert_exact(area)


def test_beside_a_tile_there_is_nothing() -> None:
    beside = shapely.box(LEFT - 500, TOP + 100, LEFT, BOTTOM - 100)
    assert len(sheet_of([beside]).cut(1, 1).counts) == 0
    assert len(sheet_of([shapely.box(9000, 9000, 9100, 9100)]).cut(1, 1).counts) == 0


Coarse = st.integers(-2, 10).map(lambda n: n * 16)  # many corners on sides, many that touch


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(Coarse, Coarse), min_size=3, max_size=14))
def test_any_area_around_a_corner_is_cut_exactly(points: list[tuple[int, int]]) -> None:
    crossed = shapely.Polygon([(LEFT + x - 64, TOP + y - 64) for x, y in points])
    made = shapely.set_precision(shapely.make_valid(crossed, method="structure"), 1)
    whole = shapely.MultiPolygon(
        [one for one in shapely.get_parts(made) if one.geom_type == "Polygon" and one.area]
    )
    if whole.area and whole.is_valid:
        assert_exact(whole)


def test_what_rounding_folds_is_mended_once_for_all_tiles() -> None:
    pinched = shapely.Polygon(
        [(5100, 5100), (5200, 5100.4), (5300, 5100), (5300, 5110), (5200, 5100.45), (5100, 5110)]
    )
    direct = rings(np.array([pinched], dtype=object), np.array([0]))
    cut = sheet_of([pinched]).cut(1, 1)
    assert cut.points.tolist() == direct.points.tolist()


def test_what_cannot_be_folded_along_the_sides_is_cut_by_geos(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where an edge crosses a side without a vertex there."""
    shapes = cells()
    wanted = areas(sheet_of(shapes).cut(1, 1))
    monkeypatch.setattr(Creases, "folded", lambda _, points, path: (points, path))
    sheet = sheet_of(shapes)
    assert sheet.loose
    found = areas(sheet.cut(1, 1))
    assert {*found} == {*wanted}
    for number, one in found.items():
        assert one.is_valid
        assert one.symmetric_difference(wanted[number]).area < 2 * one.length


def test_nothing_makes_an_empty_sheet() -> None:
    empty = Sheet.of(np.zeros(0, dtype=object), np.zeros(0, dtype=np.int64), SPAN)
    assert len(empty.cut(1, 1).counts) == 0
    assert empty.size >= 0
