"""What a map puts into a frame."""

from dataclasses import replace

from geo.scene import Area, Item, Line, Mark, Text
from server.draw.choice import Choice
from server.draw.compose import compose
from server.draw.drawing import Drawing
from server.draw.frame import Frame
from server.draw.overlays import BAND_OPACITY

MUTE = Choice(labels=False)


def drawn(
    drawing: Drawing, shown: str, place: tuple[int, int, int], choice: Choice = MUTE
) -> list[Item]:
    frame = Frame.of_tile(drawing.grids["WebMercatorQuad"], *place)
    return compose(drawing, drawing.maps[shown], frame, choice)


def test_the_base_begins_with_the_sea_over_all_of_the_picture(drawing: Drawing) -> None:
    first = drawn(drawing, "arctic", (3, 1, 1))[0]
    assert isinstance(first, Area) and first.fill is not None
    assert first.fill.color == drawing.themes["light"].sea
    assert first.paths.points.min() < 0 and first.paths.points.max() > 256


def test_without_the_base_there_is_no_sea_no_land_and_no_town(drawing: Drawing) -> None:
    items = drawn(drawing, "arctic", (3, 1, 1), Choice(base=False))
    theme = drawing.themes["light"]
    fills = {item.fill.color for item in items if isinstance(item, Area) and item.fill}
    assert not fills & {theme.sea, theme.land}
    assert "Anchorage" not in {item.text for item in items if isinstance(item, Text)}


def test_what_is_switched_off_is_drawn_when_it_is_asked_for(drawing: Drawing) -> None:
    plain = drawn(drawing, "arctic_claims", (2, 0, 1))
    shelf = drawn(drawing, "arctic_claims", (2, 0, 1), replace(MUTE, shown=("arctic_shelf",)))
    hidden = drawn(drawing, "arctic_claims", (2, 0, 1), replace(MUTE, hidden=("arctic_zones",)))
    assert len(shelf) > len(plain) > len(hidden)


def test_areas_that_another_collection_outlines_have_no_outline(drawing: Drawing) -> None:
    items = drawn(
        drawing, "arctic_claims", (4, 3, 7), replace(MUTE, base=False, hidden=("arctic_limits",))
    )
    assert not any(item.stroke for item in items if isinstance(item, Area))


def test_an_indicative_route_lies_in_a_band_as_wide_as_it_is_uncertain(drawing: Drawing) -> None:
    corridor = drawing.catalogue["corridor"].features
    (route,) = (one for one in corridor if one.properties.kind == "railway_route")
    assert route.properties.accuracy_m == 1000
    items = drawn(drawing, "caucasus", (10, 391, 643))
    bands = [
        item.stroke for item in items
        if isinstance(item, Line) and 0 < item.stroke.opacity <= BAND_OPACITY
    ]  # fmt: skip
    assert bands
    assert max(band.width for band in bands) > 14  # 2 km at 119 m per px


def test_a_position_that_may_be_far_off_stands_in_a_disc_of_that_size(drawing: Drawing) -> None:
    items = drawn(drawing, "bering", (5, 7, 0))
    discs = [item for item in items if isinstance(item, Area) and item.stroke and item.stroke.dash]
    assert discs
    assert any(isinstance(item, Mark) for item in items)


def test_the_edge_of_the_land_is_drawn_with_it_unless_something_lies_between(
    drawing: Drawing,
) -> None:
    theme = drawing.themes["light"]
    pens = [
        item.stroke.color
        for item in drawn(drawing, "arctic", (5, 8, 17))
        if isinstance(item, Area | Line) and item.stroke
    ]
    assert pens.count(theme.coast.color) == 1
