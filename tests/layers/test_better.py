"""Pictures draw the border on the line that an overlay knows better; the data stay."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely import LineString, Point

from geo.plane import PLANES, WORLD
from layers.better import COUNTRIES, DRAWN, drawn, otherwise
from layers.catalogue import Catalogue
from layers.planes import Planes


def test_the_border_of_armenia_and_iran_is_drawn_along_the_aras(catalogue: Catalogue) -> None:
    aras = next(
        one.geometry
        for one in catalogue["corridor"].features
        if one.properties.kind == "state_boundary"
    )
    assert isinstance(aras, LineString)
    held = drawn(catalogue)
    armenia = held[DRAWN].by_id["am"].geometry
    before = catalogue[COUNTRIES].by_id["am"].geometry
    assert armenia is not None and before is not None
    middle = aras.interpolate(0.5, normalized=True)
    assert armenia.boundary.distance(middle) < 1e-9
    assert before.boundary.distance(middle) > 0.001


def test_agarak_lies_in_armenia_in_a_picture(catalogue: Catalogue) -> None:
    """In the data set the border is so far off that the town falls into Iran."""
    (agarak,) = (one for one in catalogue["labels"].features if one.id == "agarak")
    assert isinstance(agarak.geometry, Point)
    armenia = drawn(catalogue)[DRAWN].by_id["am"].geometry
    assert armenia is not None
    assert armenia.covers(agarak.geometry)


def test_other_countries_and_the_data_keep_what_they_have(catalogue: Catalogue) -> None:
    held = drawn(catalogue)
    assert held[COUNTRIES] is catalogue[COUNTRIES]
    pairs = zip(held[DRAWN].features, catalogue[COUNTRIES].features, strict=True)
    new = {
        one.id
        for one, data in pairs
        if one.geometry and data.geometry and one.geometry.difference(data.geometry).area > 1e-9
    }
    assert new == {"am", "ir"}
    assert held[DRAWN].digest != catalogue[COUNTRIES].digest


def test_the_third_country_at_an_end_of_the_line_is_drawn_anew_and_no_other(
    catalogue: Catalogue,
) -> None:
    held = drawn(catalogue)
    assert {held[DRAWN].features[n].id for n in otherwise(held)} == {"am", "ir", "az"}


def test_the_three_countries_at_an_end_of_the_line_fit_together(catalogue: Catalogue) -> None:
    held = drawn(catalogue)
    shapes = [held[DRAWN].features[n].geometry for n in otherwise(held)]
    assert shapely.coverage_is_valid(shapes)
    kept = [catalogue[COUNTRIES].features[n].geometry for n in otherwise(held)]
    old, new = ({*map(tuple, shapely.get_coordinates(one))} for one in (kept, shapes))
    assert len(old - new) < 25  # what the line replaces; all else stays to the last digit


@pytest.mark.slow
@pytest.mark.parametrize("plane", PLANES)
def test_what_is_drawn_anew_fits_its_neighbours_at_every_level(
    catalogue: Catalogue, cache: Path, plane: str
) -> None:
    held = drawn(catalogue)
    near = [n for n, one in enumerate(held[DRAWN].features) if one.geometry is not None]
    for level in Planes(held, cache).store(DRAWN, plane).levels[:5]:
        shapes, owner = level.areas((-WORLD, -WORLD, WORLD, WORLD))
        assert shapely.coverage_is_valid(shapes[np.isin(owner, near)]), level.resolution


def test_without_a_better_line_there_is_nothing_to_add(catalogue: Catalogue) -> None:
    alone = Catalogue({"countries": catalogue["countries"]})
    assert drawn(alone) is alone
