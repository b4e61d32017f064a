"""The layer land: one coast that is the countries' own."""

from typing import Any

import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

from geo.geodesic import GEOD
from layers.catalogue import Catalogue

LAKES_DRAWN_AS_LAND = {
    "Lake Baikal": (108.0, 53.5),
    "Lake Superior": (-88.0, 47.7),
    "Aral Sea": (59.0, 45.0),
}


@pytest.fixture(scope="module")
def land(catalogue: Catalogue) -> BaseGeometry:
    (feature,) = catalogue["land"].features
    assert feature.geometry is not None
    shapely.prepare(feature.geometry)
    return feature.geometry


def vertices(geometry: Any) -> set[tuple[float, float]]:
    return {(float(lon), float(lat)) for lon, lat in shapely.get_coordinates(geometry)}


def area_km2(geometry: BaseGeometry) -> float:
    return abs(float(GEOD.geometry_area_perimeter(geometry)[0])) / 1e6


def test_the_land_is_one_valid_multipolygon(land: BaseGeometry) -> None:
    assert isinstance(land, MultiPolygon)
    assert land.is_valid
    assert land.bounds[:3:2] == (-180, 180)


def test_no_edge_runs_across_180(land: BaseGeometry) -> None:
    for part in shapely.get_parts(land):
        points = shapely.get_coordinates(part.exterior)
        wide = np.abs(np.diff(points[:, 0])) > 180
        assert (points[1:][wide, 1] == -90).all()  # the pole itself is the one exception


def test_every_vertex_of_the_coast_is_a_vertex_of_a_country(
    land: BaseGeometry, catalogue: Catalogue
) -> None:
    countries = [feature.geometry for feature in catalogue["countries"].features]
    assert vertices(land) <= vertices(countries)


def test_the_land_has_the_area_of_the_countries(land: BaseGeometry, catalogue: Catalogue) -> None:
    countries = sum(f.geometry.area for f in catalogue["countries"].features if f.geometry)
    assert land.area == pytest.approx(countries, abs=1e-9 * countries)
    assert area_km2(land) == pytest.approx(147.4e6, rel=0.01)


def test_the_south_pole_is_land_and_the_north_pole_is_sea(land: BaseGeometry) -> None:
    assert land.bounds[1] == -90
    for lon in (-180, -120.5, 0, 77.7, 180):
        assert land.covers(Point(lon, -90))
        assert not land.intersects(Point(lon, 90))


def test_the_caspian_is_water_and_other_lakes_are_land(land: BaseGeometry) -> None:
    assert not land.intersects(Point(50.5, 42.0))
    for place in LAKES_DRAWN_AS_LAND.values():
        assert land.contains(Point(place))


def test_the_bering_strait_has_both_diomedes_and_water_between(land: BaseGeometry) -> None:
    west, middle, east = Point(-169.06, 65.78), Point(-168.975, 65.77), Point(-168.92, 65.755)
    assert land.contains(west) and land.contains(east)
    assert not land.intersects(middle)
