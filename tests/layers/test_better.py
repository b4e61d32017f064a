"""Pictures draw the border on the line that an overlay knows better; the data stay."""

from shapely import LineString, Point

from layers.better import COUNTRIES, DRAWN, drawn
from layers.catalogue import Catalogue


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
    moved = [
        one.id
        for one, other in zip(held[DRAWN].features, catalogue[COUNTRIES].features, strict=True)
        if one.geometry is not other.geometry
    ]
    assert set(moved) == {"am", "ir"}
    assert held[DRAWN].digest != catalogue[COUNTRIES].digest


def test_without_a_better_line_there_is_nothing_to_add(catalogue: Catalogue) -> None:
    alone = Catalogue({"countries": catalogue["countries"]})
    assert drawn(alone) is alone
