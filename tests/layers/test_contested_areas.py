"""The layer contested_areas: outlines that the data hold apart, and none that they do not."""

import pytest
from shapely import MultiPolygon, Point, Polygon

from geo.geodesic import GEOD
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.facts import Facts
from layers.folder import HOME, open_folder

CONTESTED = Facts(open_folder(HOME / "countries", trusted=True)).tree("contested.toml")


@pytest.fixture(scope="module")
def contested(catalogue: Catalogue) -> Collection:
    return catalogue["contested_areas"]


def test_every_open_dispute_is_a_feature_with_its_words(contested: Collection) -> None:
    told = {key: one for key, one in CONTESTED.items() if "settled" not in one}
    assert contested.by_id.keys() == told.keys()
    for key, one in told.items():
        assert contested.by_id[key].properties.note == one["text"]
        assert contested.by_id[key].properties.status == "disputed"


def test_an_outline_is_part_of_the_country_that_it_is_drawn_with(
    contested: Collection, catalogue: Catalogue
) -> None:
    for feature in contested.features:
        if feature.geometry is None:
            assert feature.properties.missing
            continue
        assert isinstance(feature.geometry, Polygon | MultiPolygon)
        around = CONTESTED[feature.id].get("whole") or [CONTESTED[feature.id]["drawn"]]
        countries = [catalogue["countries"].by_id[one].geometry for one in around]
        assert any(one is not None and one.covers(feature.geometry) for one in countries)


def test_crimea_has_an_outline_and_the_isthmus_ends_it(contested: Collection) -> None:
    crimea = contested.by_id["crimea"].geometry
    assert crimea is not None
    assert crimea.contains(Point(34.1, 44.95))
    assert not crimea.intersects(Point(36.9, 45.2)), "the Taman peninsula is not in dispute"
    assert abs(GEOD.geometry_area_perimeter(crimea)[0]) / 1e6 == pytest.approx(27_000, rel=0.02)


def test_the_southern_kurils_are_four_islands_and_urup_is_not_among_them(
    contested: Collection,
) -> None:
    kurils = contested.by_id["south_kurils"].geometry
    assert isinstance(kurils, MultiPolygon)
    assert len(kurils.geoms) == 4
    assert not kurils.intersects(Point(150.0, 46.0))


@pytest.mark.parametrize("key", ["eastern_ukraine", "golan", "kalapani", "essequibo"])
def test_no_outline_is_invented(key: str, contested: Collection) -> None:
    assert contested.by_id[key].geometry is None
