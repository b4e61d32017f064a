"""Names as a map writes them: in the reader's language, short, nobody's claim for everybody."""

from collections.abc import Callable

import pytest

from geo.feature import Feature
from layers.themes import load_themes
from server.draw.wording import broken, name_in, short, shortest, written

STATE = load_themes()["light"].letters_of("state")
NAMES = [
    {"text": "Ордубад", "lang": "ru"},
    {"text": "Տեսք", "lang": "hy"},
    {"text": "Somebody's name", "lang": "tr", "used_by": "one side"},
]


@pytest.fixture
def feature(make_feature: Callable[..., Feature]) -> Feature:
    return make_feature("a", name="Ordubad", names=NAMES)


@pytest.mark.parametrize(
    ("lang", "name"),
    [("en", "Ordubad"), ("ru", "Ордубад"), ("ru-RU", "Ордубад"), ("hy", "Տեսք"), ("fi", "Ordubad")],
)
def test_a_name_is_in_the_language_asked_for_where_there_is_one(
    feature: Feature, lang: str, name: str
) -> None:
    assert name_in(feature, lang) == name


def test_what_one_party_alone_calls_it_is_not_put_on_the_map(feature: Feature) -> None:
    assert name_in(feature, "tr") == "Ordubad"


def test_a_map_has_no_room_for_what_stands_behind_a_colon_or_in_brackets() -> None:
    assert short("Manas: US air base, 2001–2014") == "Manas"
    assert short("Mincivan (station)") == "Mincivan"
    assert shortest("Donut Hole, central Bering Sea") == "Donut Hole"
    assert shortest("North Atlantic north of 55° N: Irminger Sea") == "North Atlantic"


def test_capitals_are_those_of_the_language() -> None:
    assert written("Türkiye", STATE, "tr") == "TÜRKİYE"
    assert written("Türkiye", STATE, "en") == "TÜRKIYE"
    assert written("საქართველო", STATE, "ka") == "საქართველო"


def test_a_long_name_is_set_in_two_lines_of_about_one_length() -> None:
    assert broken("East Siberian Sea") == "East\nSiberian Sea"
    assert broken("Kara Sea") == "Kara Sea"
    assert broken("Spitsbergen", 5) == "Spitsbergen"
