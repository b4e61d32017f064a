"""Which areas hold a position: on 180°, at the poles, on an edge, in either plane."""

from collections.abc import Sequence

import pytest
from shapely import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import cut
from geo.edges import EdgeSet, EdgeType
from geo.eye import Eye, eye_of
from geo.geodesic import densify
from geo.inside import AreaIndex as ManyIndex


class AreaIndex:
    """One set alone."""

    def __init__(self, geometries: Sequence[BaseGeometry | None], edge: EdgeType) -> None:
        self.index = ManyIndex.of([EdgeSet(geometries, edge)])

    def holding(self, eye: Eye) -> list[int]:
        return sorted(self.index.holding(eye)[0])


CAP = Polygon(
    [(-180, 80), *[(x, 80) for x in range(-170, 180, 10)], (180, 80), (180, 90), (-180, 90)]
)


@pytest.mark.parametrize("edge", ["geodesic", "lonlat"])
@pytest.mark.parametrize("lon", [-180.0, -77.7, 0.0, 180.0])
def test_a_cap_holds_the_pole_under_every_longitude(edge: EdgeType, lon: float) -> None:
    assert AreaIndex([CAP], edge).holding(eye_of((lon, 90.0))) == [0]
    assert AreaIndex([CAP], edge).holding(eye_of((lon, 85.0))) == [0]
    assert AreaIndex([CAP], edge).holding(eye_of((lon, 79.0))) == []


@pytest.mark.parametrize("edge", ["geodesic", "lonlat"])
@pytest.mark.parametrize("lon", [180.0, -180.0])
def test_an_area_cut_at_180_holds_the_cut_from_either_side(edge: EdgeType, lon: float) -> None:
    across = cut(box(170, 60, 190, 70))
    beside = box(-170, 60, -160, 70)
    assert AreaIndex([across, beside], edge).holding(eye_of((lon, 65.0))) == [0]


@pytest.mark.parametrize("lon", [180.0, -180.0])
@pytest.mark.parametrize("lat", [61.1, 66.6, 72.3, 80.0, 84.7])
def test_no_point_falls_between_the_parts_on_either_side_of_180(lon: float, lat: float) -> None:
    east = Polygon([(170, 60), (180, 60), (180, 64.3), (180, 77.7), (180, 88), (170, 88)])
    west = Polygon([(-180, 60), (-170, 60), (-170, 88), (-180, 88), (-180, 79.1), (-180, 62.9)])
    assert AreaIndex([MultiPolygon([east, west])], "geodesic").holding(eye_of((lon, lat))) == [0]


@pytest.mark.parametrize("edge", ["geodesic", "lonlat"])
def test_a_point_on_a_shared_corner_is_held_by_both_neighbours(edge: EdgeType) -> None:
    assert AreaIndex([box(0, 60, 10, 70), box(10, 60, 20, 70)], edge).holding(
        eye_of((10.0, 70.0))
    ) == [
        0,
        1,
    ]


def test_edges_of_geodesics_bulge_to_the_north_and_edges_in_degrees_do_not() -> None:
    top = densify((0, 70), (40, 70), "geodesic", 10_000)
    drawn = Polygon([*top, (40, 60), (0, 60)])
    assert AreaIndex([drawn], "geodesic").holding(eye_of((20.0, 70.5))) == [0]
    assert AreaIndex([box(0, 60, 40, 70)], "lonlat").holding(eye_of((20.0, 70.5))) == []


def test_the_southern_pole_belongs_to_what_reaches_it() -> None:
    continent = Polygon([(-180, -80), (180, -80), (180, -90), (-180, -90)])
    assert AreaIndex([continent, box(0, -80, 10, -70)], "lonlat").holding(
        eye_of((33.0, -90.0))
    ) == [0]


def test_a_hole_is_not_held_and_its_rim_is() -> None:
    holed = Polygon(box(0, 0, 10, 10).exterior, [box(4, 4, 6, 6).exterior])
    index = AreaIndex([holed], "lonlat")
    assert index.holding(eye_of((5.0, 5.0))) == []
    assert index.holding(eye_of((4.0, 5.0))) == [0]


def test_lines_points_and_nothing_hold_nothing() -> None:
    index = AreaIndex([None, Point(1, 1), LineString([(0, 0), (2, 2)]), Polygon()], "geodesic")
    assert index.holding(eye_of((1.0, 1.0))) == []
    assert index.holding(eye_of((0.0, 90.0))) == []


def test_an_area_in_many_parts_is_named_once() -> None:
    parts = MultiPolygon([box(0, 0, 10, 10), box(10, 10, 20, 20)])
    assert AreaIndex([box(50, 50, 51, 51), parts], "lonlat").holding(eye_of((10.0, 10.0))) == [1]
