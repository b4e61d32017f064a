"""Areas that share their edges, and what of an outline is only the end of a map."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import shapely
from shapely import Point, box

from geo.feature import Feature
from layers.catalogue import Catalogue
from layers.coverage import (
    are_areas,
    at_sea,
    has_areas,
    is_heavy_coverage,
    places_for_names,
    quietest_meridian,
    with_true_outline,
)

Features = Callable[..., list[Feature]]


def fine(west: float) -> Any:
    return shapely.segmentize(box(west, 0, west + 1, 1), 2**-12)  # the same from either side


def test_many_areas_that_share_their_edges_are_a_heavy_coverage(features: Features) -> None:
    assert is_heavy_coverage(features(fine(0), fine(1), None))


def test_a_few_vertices_an_overlap_or_a_line_make_none(features: Features) -> None:
    assert not is_heavy_coverage(features(box(0, 0, 1, 1), box(1, 0, 2, 1)))
    assert not is_heavy_coverage(features(fine(0), fine(0.5)))
    assert not is_heavy_coverage(features(fine(0), fine(1).boundary))


def test_of_our_layers_the_arctic_zones_alone_are_one(catalogue: Catalogue) -> None:
    overlays = [one for one in catalogue.collections.values() if one.spec.role == "overlay"]
    assert [one.id for one in overlays if one.heavy_coverage] == ["arctic_zones"]


def test_what_has_no_geometry_does_not_speak_against_areas(features: Features) -> None:
    assert are_areas(features(box(0, 0, 1, 1), None))
    assert not are_areas(features(box(0, 0, 1, 1), Point(0, 0)))
    assert has_areas(features(None, Point(0, 0), box(0, 0, 1, 1)))
    assert not has_areas(features(None, Point(0, 0)))


def test_the_arctic_zones_lie_at_sea(catalogue: Catalogue, features: Features) -> None:
    (land,) = [one.geometry for one in catalogue["land"].features if one.geometry is not None]
    assert at_sea(catalogue["arctic_zones"].features, land)
    assert not at_sea(features(box(40, 55, 50, 60)), land)


def test_an_area_that_the_map_does_not_cut_keeps_its_form() -> None:
    area = box(10, 60, 30, 80)
    assert with_true_outline(area, -180, 85.05) is area


def test_the_end_of_mercator_is_no_part_of_an_outline() -> None:
    area, outline = shapely.get_parts(with_true_outline(box(10, 60, 30, 85.05), -180, 85.05))
    assert area.equals(box(10, 60, 30, 85.05))
    assert outline.length == pytest.approx(20 + 2 * 25.05)
    assert not outline.intersects(Point(20, 85.05))


def test_nor_are_the_two_sides_of_the_unrolled_world() -> None:
    both = shapely.MultiPolygon([box(-180, 70, -170, 80), box(170, 70, 180, 80)])
    _, outline = shapely.get_parts(with_true_outline(both, -180, 85.05))
    assert outline.length == pytest.approx(60)
    assert not outline.intersects(shapely.MultiPoint([(-180, 75), (180, 75)]))


def test_a_name_stands_in_the_middle_of_each_large_part() -> None:
    parts = shapely.MultiPolygon([box(0, 0, 8, 4), box(20, 0, 26, 4), box(40, 0, 41, 1)])
    places = np.array(places_for_names(parts))
    assert places.shape == (2, 3)
    assert places[:, 1:] == pytest.approx(2, abs=0.1)
    assert places_for_names(shapely.GeometryCollection([parts, parts.boundary])) == [
        *map(tuple, places)
    ]


def test_the_world_is_cut_where_the_least_crosses() -> None:
    lines = [shapely.LineString([(-180, 1), (80, 2)]), shapely.LineString([(100, 1), (180, 2)])]
    everywhere = [shapely.segmentize(line, 1) for line in lines]
    assert quietest_meridian(everywhere, 85) in {85.0, 95.0}
