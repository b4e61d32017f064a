"""The names of a map: which there are, where they want to stand, and that nobody is said twice."""

from dataclasses import replace

import pytest

from geo.labels import Candidate
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.draw.frame import Frame
from server.draw.names import candidates, placed_on
from server.draw.pointnames import OWN

ALL = Choice()


def on(drawing: Drawing, shown: str, grid: str, zoom: int, choice: Choice = ALL) -> list[Candidate]:
    frame = Frame.of_tile(drawing.grids[grid], zoom, 0, 0, 2**zoom)
    return candidates(drawing, drawing.maps[shown], frame, choice)


def said(found: list[Candidate]) -> set[str]:
    return {" ".join(one.text.split()) for one in found}


def test_the_world_names_its_largest_countries_and_no_town(drawing: Drawing) -> None:
    names = said(on(drawing, "arctic", "WebMercatorQuad", 2))
    assert {"BRAZIL", "AUSTRALIA", "CHINA"} <= names
    assert "Meghri" not in names


def test_a_town_comes_with_its_zoom_and_no_name_goes_again(drawing: Drawing) -> None:
    near = said(on(drawing, "caucasus", "WebMercatorQuad", 9))
    far = said(on(drawing, "caucasus", "WebMercatorQuad", 6))
    assert "Goris" in near
    assert "Goris" not in far
    assert "Yerevan" in far & near


def test_a_country_whose_name_the_labels_place_is_not_named_twice_by_its_outline(
    drawing: Drawing,
) -> None:
    found = [one for one in on(drawing, "arctic", "Arctic3575Quad", 3) if one.text == "GREENLAND"]
    assert len(found) == 1


def test_names_are_in_the_language_of_the_reader(drawing: Drawing) -> None:
    russian = said(on(drawing, "arctic", "WebMercatorQuad", 4, replace(ALL, lang="ru")))
    assert {"Берингово море", "Москва", "КАНАДА"} <= russian


def test_a_name_that_no_font_can_letter_gives_way_to_the_english_one(drawing: Drawing) -> None:
    chinese = said(on(drawing, "arctic", "WebMercatorQuad", 4, replace(ALL, lang="zh")))
    assert "CHINA" in chinese
    persian = said(on(drawing, "arctic", "WebMercatorQuad", 4, replace(ALL, lang="fa")))
    assert "ایران" in persian


def test_contested_lands_are_named_in_other_letters_than_states(drawing: Drawing) -> None:
    found = {one.text: one for one in on(drawing, "arctic", "WebMercatorQuad", 7)}
    sahara = next(one for text, one in found.items() if text.replace("\n", " ") == "Western Sahara")
    assert sahara.type.style == "sans_italic"
    assert found["MOROCCO"].type.style != "sans_italic"


def test_disputed_areas_say_so_beside_their_name(drawing: Drawing) -> None:
    names = said(on(drawing, "arctic_claims", "Arctic3575Quad", 3))
    assert any("Beaufort Sea (overlap, disputed)" in one for one in names)
    assert any("Svalbard" in one and "disputed)" in one for one in names)


def test_the_areas_of_a_layer_with_lines_are_named_with_what_is_claimed_and_disputed(
    drawing: Drawing,
) -> None:
    found = on(drawing, "arctic_shelf", "Arctic3575Quad", 5)
    shelf = {one for one in said(found) if one.endswith((" (claimed)", "disputed)"))}
    assert {"Russia (claimed)", "Canada Basin (shelf overlap, disputed)"} <= shelf
    assert not {one for one in shelf if one.startswith("Claimed by")}  # it would be cut short


def test_an_overlay_alone_brings_its_own_names_alone(drawing: Drawing) -> None:
    found = on(drawing, "caucasus", "WebMercatorQuad", 10, Choice(base=False))
    assert "Nrnadzor" in said(found)
    assert not {"IRAN", "ARMENIA", "Goris"} & said(found)


def test_the_same_name_does_not_stand_twice_in_one_place(drawing: Drawing) -> None:
    found = on(drawing, "bering", "WebMercatorQuad", 6)
    straits = [one for one in found if " ".join(one.text.split()) == "Bering Strait"]
    assert len(straits) == 1
    assert straits[0].priority >= OWN


def test_an_overlay_has_one_name_in_mercator_and_not_one_for_each_world(drawing: Drawing) -> None:
    found = on(drawing, "arctic_claims", "WebMercatorQuad", 3)
    assert [one.text for one in found].count("Iceland") == 1
    assert all(0 <= one.x <= 256 * 2**3 for one in found)


@pytest.mark.parametrize("grid", ["WebMercatorQuad", "Arctic3413Quad"])
def test_names_are_placed_once_for_all_tiles_of_a_zoom(drawing: Drawing, grid: str) -> None:
    shown = drawing.maps["arctic"]
    first = placed_on(drawing, shown, drawing.grids[grid], 4, ALL)
    assert placed_on(drawing, shown, drawing.grids[grid], 4, ALL) is first
    assert placed_on(drawing, shown, drawing.grids[grid], 5, ALL) is not first
    assert len(first.labels) > 30


def test_routes_are_named_along_them_where_the_map_asks_for_it(drawing: Drawing) -> None:
    assert "Northern Sea Route" in said(on(drawing, "arctic", "Arctic3575Quad", 4))
    assert "Canada's line" in said(on(drawing, "arctic", "Arctic3575Quad", 6))
