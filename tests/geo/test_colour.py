"""Colours as numbers, against the formulas of somebody else (coloraide)."""

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from geo.colour import contrast, from_lch, laid_on, luminance, over, parse, standing_out, to_lch

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(colours)
def test_lightness_and_chroma_are_those_of_oklch(colour: str) -> None:
    light, chroma, _ = to_lch(colour)
    wanted = Color(colour).convert("oklch")
    assert light == pytest.approx(wanted["lightness"], abs=1e-4)
    assert chroma == pytest.approx(wanted["chroma"], abs=1e-4)


@given(colours)
def test_a_colour_survives_the_way_to_oklch_and_back(colour: str) -> None:
    assert from_lch(to_lch(colour)) == colour


@given(colours, colours)
def test_contrast_is_that_of_wcag(one: str, other: str) -> None:
    assert contrast(one, other) == pytest.approx(Color(one).contrast(other, method="wcag21"), 1e-3)
    assert contrast(one, other) == contrast(other, one)


@given(st.floats(0.2, 0.98), st.floats(0, 0.4), st.floats(-3.1, 3.1))
def test_what_srgb_cannot_show_loses_chroma_and_keeps_lightness(
    light: float, chroma: float, hue: float
) -> None:
    shown = to_lch(from_lch((light, chroma, hue)))
    assert shown[0] == pytest.approx(light, abs=0.02)
    assert shown[1] <= chroma + 0.02


@given(colours)
def test_a_colour_is_made_to_stand_out_from_dark_ground(colour: str) -> None:
    grounds = ("#111b23", "#212527")
    shown = standing_out(colour, grounds, 3.02)
    assert all(contrast(shown, ground) >= 3.0 for ground in grounds)
    assert standing_out(shown, grounds, 3.0) == shown


@given(colours, colours, st.floats(0.05, 1))
def test_laying_a_colour_on_a_ground_can_be_undone(seen: str, ground: str, least: float) -> None:
    colour, opacity = laid_on(seen, least, ground)
    assert least <= opacity <= 1
    pairs = zip(parse(over(colour, opacity, ground)), parse(seen), strict=True)
    assert all(got == pytest.approx(wanted, abs=0.02) for got, wanted in pairs)


def test_black_and_white_are_the_ends() -> None:
    assert luminance("#000000") == 0
    assert luminance("#ffffff") == pytest.approx(1)
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("wrong", ["red", "#fff", "#12345", "123456#"])
def test_what_is_no_colour_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        parse(wrong)
