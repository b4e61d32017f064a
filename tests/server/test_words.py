"""Dates, numbers, units and sides of the world in each language."""

import pytest

from server.codes import meaning, plain
from server.words import (
    date_text,
    figure_text,
    latitude_text,
    longitude_text,
    number_text,
    position_text,
    since_text,
    span_text,
    until_text,
)


@pytest.mark.parametrize(
    ("partial", "ru", "fr"),
    [
        ("2014", "2014", "2014"),
        ("2014-06", "июнь 2014\u00a0г.", "juin 2014"),
        ("2014-06-03", "3 июня 2014\u00a0г.", "3 juin 2014"),
        ("2014-08-01", "1 августа 2014\u00a0г.", "1er août 2014"),
    ],
)
def test_a_date_reads_as_in_a_newspaper(partial: str, ru: str, fr: str) -> None:
    assert date_text(partial, "ru") == ru
    assert date_text(partial, "fr") == fr


@pytest.mark.parametrize(
    ("start", "end", "ru", "fr"),
    [
        ("2014-06", None, "с июня 2014\u00a0г.", "depuis juin 2014"),
        ("2014-06-03", None, "с 3 июня 2014\u00a0г.", "depuis le 3 juin 2014"),
        ("2014", None, "с 2014\u00a0г.", "depuis 2014"),
        (None, "2014-05", "до мая 2014\u00a0г.", "jusqu’en mai 2014"),
        (None, "2014-05-01", "до 1 мая 2014\u00a0г.", "jusqu’au 1er mai 2014"),
        ("2001-10", "2014", "октябрь 2001\u00a0г.\u00a0– 2014\u00a0г.", "octobre 2001 – 2014"),
        ("2014", "2014", "2014", "2014"),
        (None, None, "", ""),
    ],
)
def test_a_span_has_its_words_in_the_right_case(
    start: str | None, end: str | None, ru: str, fr: str
) -> None:
    assert span_text(start, end, "ru") == ru
    assert span_text(start, end, "fr") == fr


def test_the_first_and_the_last_day_are_said() -> None:
    assert since_text("2014-06", "ru") == "с июня 2014\u00a0г."
    assert until_text("2014-06-03", "ru") == "до 3 июня 2014\u00a0г., не позже"
    assert until_text("2014-06-03", "fr") == "jusqu’au 3 juin 2014, pas après"


def test_numbers_have_the_signs_of_their_language() -> None:
    assert number_text(1234567.891, "ru") == "1\u00a0234\u00a0567,891"
    assert number_text(1234567.891, "fr") == "1\u202f234\u202f567,891"
    assert number_text(3.0, "fr") == "3"


def test_a_figure_counts_in_the_right_form() -> None:
    def said(value: float, unit: str, lang: str) -> str:
        return figure_text({"value": value, "unit": unit}, lang).replace("\u00a0", " ")

    assert [said(n, "M", "ru") for n in (1, 2, 200, 2.5)] == [
        "1 морская миля", "2 морские мили", "200 морских миль", "2,5 морские мили",
    ]  # fmt: skip
    assert said(43, "km", "ru") == "43 км"
    assert said(2014, "year", "fr") == "2014"
    assert said(1, "vessels", "en") == "1 vessel"


def test_positions_have_the_letters_of_their_language() -> None:
    there = (-168.97, 65.78)
    assert position_text(there, "ru") == "65,78°\u00a0с.\u00a0ш., 168,97°\u00a0з.\u00a0д."
    assert position_text(there, "fr") == "65,78°\u00a0N, 168,97°\u00a0O"
    assert latitude_text(-12.5, "ru") == "12,5°\u00a0ю.\u00a0ш."
    assert longitude_text(-180, "ru") == "180°"


def test_codes_read_in_each_language_and_strange_ones_as_written() -> None:
    assert plain("in_force", "ru") == "действует"
    assert plain("some_thing", "ru") == "some thing"
    assert meaning("in_force", "fr") == "une loi ou une mesure internationale applicable"
    assert meaning("some_thing", "fr") == ""
