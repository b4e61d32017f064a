"""Texts broken into lines: nothing lost, nothing too wide, in every alphabet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.shaping import Fonts
from layers.fonts import load_fonts
from layers.themes import Letters
from server.pictures.paragraph import CUT, Paragraph, sentences

LETTERS = Letters(color="#000000", size=14, halo_color="#ffffff", halo_width=0)
TITLES = (
    "Кто на что претендует в Арктике: зоны, границы и заявки на континентальный шельф",
    "Qui revendique quoi dans l’Arctique : zones, frontières et plateau continental étendu",
    "Հայաստանի հարավով անցնող պլանավորված երկաթուղի",
    "Naxçıvan ilə Azərbaycanın qalan hissəsi arasında planlaşdırılan yol",
)


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return load_fonts()


def width(fonts: Fonts, text: str) -> float:
    return fonts.shape(text, LETTERS.style, LETTERS.size, LETTERS.spacing).width


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("room", [120.0, 300.0, 900.0])
def test_a_long_title_wraps_and_loses_no_letter(fonts: Fonts, title: str, room: float) -> None:
    made = Paragraph.of(fonts, title, LETTERS, room)
    assert all(width(fonts, line) <= room for line in made.lines)
    assert "".join(made.lines).replace(" ", "") == title.replace(" ", "")
    assert made.width <= room
    assert all(
        fonts.shape(line, LETTERS.style, LETTERS.size, 0).missing == 0 for line in made.lines
    )


@given(st.text(max_size=120), st.floats(30, 400))
def test_no_line_is_ever_too_wide(text: str, room: float) -> None:
    fonts = _FONTS
    made = Paragraph.of(fonts, text, LETTERS, room)
    assert all(width(fonts, line) <= room or len(line) == 1 for line in made.lines)


_FONTS = load_fonts()


def test_what_is_too_long_ends_with_an_ellipsis(fonts: Fonts) -> None:
    made = Paragraph.of(fonts, TITLES[1], LETTERS, 200, most=2)
    assert len(made.lines) == 2
    assert made.lines[-1].endswith(CUT)
    assert width(fonts, made.lines[-1]) <= 200


def test_a_word_wider_than_the_line_is_broken(fonts: Fonts) -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitän"
    made = Paragraph.of(fonts, word, LETTERS, 80)
    assert len(made.lines) > 2
    assert "".join(made.lines) == word


def test_whole_sentences_are_kept_and_the_short_warning_at_the_end_stays(fonts: Fonts) -> None:
    text = "The first says a thing. The second says another one at some length. Not for navigation."
    made = sentences(fonts, text, LETTERS, 280, 2)
    assert " ".join(made.lines) == "The first says a thing. Not for navigation."
    whole = sentences(fonts, text, LETTERS, 320, 9)
    assert " ".join(whole.lines) == text


def test_the_first_sentence_is_cut_if_it_must(fonts: Fonts) -> None:
    endless = "One endless sentence that goes on and on and never ends " * 4
    made = sentences(fonts, endless, LETTERS, 200, 3)
    assert len(made.lines) == 3
    assert made.lines[-1].endswith(CUT)


def test_the_warning_stays_even_where_the_first_sentence_has_to_be_cut(fonts: Fonts) -> None:
    text = "A first sentence that is a good deal longer than its place. Not for navigation."
    made = sentences(fonts, text, LETTERS, 150, 3)
    assert len(made.lines) == 3
    assert " ".join(made.lines).endswith("… Not for navigation.")
