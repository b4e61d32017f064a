import pytest
import shapely

from geo.geodesic import area_m2
from layers.catalogue import Catalogue


def test_the_named_pockets_of_high_seas_are_there_with_their_regime(catalogue: Catalogue) -> None:
    seas = catalogue["arctic_high_seas"].by_id
    for name in ("central_arctic_ocean", "bering_donut_hole", "barents_loop_hole", "banana_hole"):
        assert seas[name].properties.tags["regime"]
        assert seas[name].properties.instrument
        assert not seas[name].properties.parties


@pytest.mark.parametrize(
    ("id", "km2", "rel"),
    [
        ("central_arctic_ocean", 2_800_000, 0.01),
        ("barents_loop_hole", 67_100, 0.15),
        ("banana_hole", 321_700, 0.02),
    ],
)
def test_an_area_is_near_the_figure_that_stands_beside_it(
    catalogue: Catalogue, id: str, km2: float, rel: float
) -> None:
    sea = catalogue["arctic_high_seas"].by_id[id]
    published = [one.value for one in sea.properties.figures if one.origin == "published"]
    assert published == [km2]
    assert sea.geometry is not None
    assert area_m2(sea.geometry) / 1e6 == pytest.approx(km2, rel=rel)


def test_the_donut_hole_lies_between_russia_and_alaska_across_180(catalogue: Catalogue) -> None:
    hole = catalogue["arctic_high_seas"].by_id["bering_donut_hole"].geometry
    assert hole is not None
    assert hole.contains(shapely.Point(178.2, 57.1)) and hole.contains(shapely.Point(-178.5, 57.5))


def test_the_shelf_of_norway_and_russia_fills_the_loop_hole_and_nobody_has_a_zone_there(
    catalogue: Catalogue,
) -> None:
    hole = catalogue["arctic_high_seas"].by_id["barents_loop_hole"].geometry
    assert hole is not None
    claims = catalogue["arctic_shelf"].by_id
    shelf = [
        figure.value
        for name in ("russia", "norway")
        for figure in claims[name].properties.figures
        if figure.what == "of this in the Barents Sea"
    ]
    assert len(shelf) == 2
    assert sum(shelf) == pytest.approx(area_m2(hole) / 1e6, rel=0.002)
    east_of_the_line_and_near_svalbard = shapely.Point(38.3, 75.6)
    assert hole.contains(east_of_the_line_and_near_svalbard)
    for zone in catalogue["arctic_zones"].features:
        assert zone.geometry is not None
        assert not zone.geometry.contains(east_of_the_line_and_near_svalbard)
