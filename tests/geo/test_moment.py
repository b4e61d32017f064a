"""Dates as precise as their sources, and intervals."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import BadMoment
from geo.moment import Interval, first_day, last_day

DAYS = st.dates(date(1800, 1, 1), date(2200, 1, 1))


def test_a_month_is_as_long_as_the_calendar_says() -> None:
    assert last_day("2024-02") == date(2024, 2, 29)
    assert last_day("2023-02") == date(2023, 2, 28)


def test_a_year_runs_from_january_to_december() -> None:
    assert (first_day("2014"), last_day("2014")) == (date(2014, 1, 1), date(2014, 12, 31))


@pytest.mark.parametrize("text", ["2014-13", "2014-00", "2014-06-31", "14", "2014-6", "June 2014"])
def test_what_is_in_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(BadMoment, match=r"YYYY|calendar"):
        first_day(text)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2014-06-03", date(2014, 6, 3), date(2014, 6, 3)),
        ("2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("../2005-11-21", None, date(2005, 11, 21)),
        ("2001-12/..", date(2001, 12, 1), None),
        ("2001-12-16T00:00:00Z/2014-06-03T12:30:00.5+06:00", date(2001, 12, 16), date(2014, 6, 3)),
        ("../..", None, None),
        ("/2014", None, date(2014, 12, 31)),
    ],
)
def test_an_interval_is_read_as_ogc_writes_it(
    text: str, start: date | None, end: date | None
) -> None:
    assert Interval.parse(text) == Interval(start, end)


@pytest.mark.parametrize("text", ["", "..", "2014/2013", "a/b", "2014/2015/2016", "2014-06-03X"])
def test_an_interval_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(BadMoment):
        Interval.parse(text)


def test_manas_was_in_use_in_2010_and_k2_was_not() -> None:
    year = Interval.parse("2010")
    assert Interval.of("2001-12-16", "2014-06-03").meets(year)
    assert not Interval.of("2001-10-07", "2005-11-21").meets(year)


@given(DAYS, DAYS, DAYS)
def test_a_day_meets_an_interval_exactly_if_it_lies_in_it(a: date, b: date, day: date) -> None:
    span = Interval(min(a, b), max(a, b))
    inside = span.start is not None and span.end is not None and span.start <= day <= span.end
    assert span.meets(Interval(day, day)) == inside == Interval(day, day).meets(span)
