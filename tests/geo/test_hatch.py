"""Hatches: right inside, nowhere else, and in one phase over the whole plane."""

import numpy as np
import pytest
import shapely
from shapely import MultiLineString, Polygon, affinity, box
from shapely.geometry.base import BaseGeometry

from geo.errors import BadScene
from geo.hatch import hatch, on_lattice
from geo.paths import Paths

STAR = Polygon(
    [
        (50 + r * np.cos(t), 50 + r * np.sin(t))
        for r, t in zip([45, 15] * 7, np.linspace(0, 2 * np.pi, 14, endpoint=False), strict=True)
    ]
).difference(box(45, 45, 55, 55))


def lines(paths: Paths) -> MultiLineString:
    return MultiLineString([path.tolist() for path in paths])


def reference(area: BaseGeometry, spacing: float, angle: float) -> BaseGeometry:
    """All lines of the plane, cut by GEOS."""
    turned = affinity.rotate(area, -angle, origin=(0, 0))
    left, top, right, bottom = turned.bounds
    numbers = range(int(top // spacing), int(bottom // spacing) + 2)
    level = [[(left - 1, n * spacing), (right + 1, n * spacing)] for n in numbers]
    return affinity.rotate(MultiLineString(level), angle, origin=(0, 0)).intersection(area)


@pytest.mark.parametrize("angle", [0, 30, 45, 90, 135, -60])
def test_a_hatch_is_the_plane_of_lines_inside_the_area(angle: float) -> None:
    found, wanted = lines(hatch(STAR, 7, angle)), reference(STAR, 7, angle)
    assert found.length == pytest.approx(wanted.length, rel=1e-9)
    assert found.hausdorff_distance(wanted) < 1e-6


def test_two_halves_hatched_alone_are_the_hatch_of_the_whole() -> None:
    whole = lines(hatch(STAR, 6, 45))
    left, right = (STAR.intersection(half) for half in (box(0, 0, 52, 100), box(52, 0, 100, 100)))
    parts = shapely.union(lines(hatch(left, 6, 45)), lines(hatch(right, 6, 45)))
    assert parts.length == pytest.approx(whole.length, rel=1e-9)
    assert whole.hausdorff_distance(parts) < 1e-6


def test_the_phase_is_that_of_the_origin_of_the_picture() -> None:
    here = hatch(STAR, 6, 45)
    there = hatch(affinity.translate(STAR, -256, -512), 6, 45, origin=(256, 512))
    assert np.allclose(np.add(there.points, (256, 512)), here.points)


def test_pieces_of_a_subdivided_area_are_hatched_without_gaps() -> None:
    pieces = [
        STAR.intersection(box(x, y, x + 20, y + 20))
        for x in range(0, 100, 20)
        for y in range(0, 100, 20)
    ]
    cut, whole = hatch([piece for piece in pieces if not piece.is_empty], 6, 30), hatch(STAR, 6, 30)
    assert len(cut) == len(whole)
    assert lines(cut).hausdorff_distance(lines(whole)) < 1e-6


def test_a_line_through_vertices_is_counted_once() -> None:
    diamond = Polygon([(0, -10), (10, 0), (0, 10), (-10, 0)])
    found = {tuple(sorted(path[:, 0].round(9).tolist())) for path in hatch(diamond, 5, 0)}
    assert (-10.0, 10.0) in found
    assert all(start < end for start, end in found if (start, end) != (0.0, 0.0))


def test_rings_need_not_be_valid() -> None:
    bow = Paths.each([[(0, 0), (10, 10), (10, 0), (0, 10), (0, 0)]])
    assert lines(hatch(bow, 1.3, 0)).length == pytest.approx(38.46, abs=3)
    left_open = Paths.each([[(0, 0), (10, 0), (10, 10), (0, 10)]])
    assert lines(hatch(left_open, 3, 45)).length > 20


def test_nothing_has_no_hatch() -> None:
    assert hatch([], 5, 45).empty
    assert hatch(box(0.1, 0.1, 0.2, 0.2), 5, 0).empty


def test_a_hatch_that_would_never_end_is_refused() -> None:
    with pytest.raises(BadScene, match="spacing"):
        hatch(STAR, 0, 45)
    with pytest.raises(BadScene, match="too many"):
        hatch(box(0, 0, 1e7, 1e7), 0.01, 45)


@pytest.mark.parametrize("angle", [45, -45, 135])
def test_a_diagonal_hatch_on_the_lattice_is_the_same_line_wherever_it_is_cut(angle: float) -> None:
    whole = on_lattice(hatch(STAR, 6, angle), angle)
    sixteenths = whole.points * 16
    assert np.allclose(sixteenths, np.rint(sixteenths))
    steps = whole.points[1::2] - whole.points[::2]
    assert np.allclose(np.abs(steps[:, 0]), np.abs(steps[:, 1]))
    exact = hatch(STAR, 6, angle)
    assert np.abs(whole.points - exact.points).max() < 0.07


def test_a_hatch_in_another_direction_is_left_alone() -> None:
    slanting = hatch(STAR, 6, 30)
    assert on_lattice(slanting, 30) is slanting
