"""The days at which something on a map changes, and where their years stand."""

import itertools
from collections.abc import Callable
from datetime import date

import pytest

from geo.feature import Feature
from geo.moment import Interval
from server.maps.changes import Stop, is_dated, stop_at, stops_of
from server.maps.ticks import ticks_of

MakeFeature = Callable[..., Feature]


def event(day: str, text: str) -> dict[str, object]:
    return {"date": day, "text": text, "sources": ["s"]}


@pytest.fixture
def stops(make_feature: MakeFeature) -> list[Stop]:
    base = make_feature("base", valid_from="2001-10-07", valid_to="2005-11-21")
    other = make_feature("other", valid_from="2002-02", events=[event("2005", "A year.")])
    return stops_of([("a", base), ("b", other)])


def test_a_feature_has_ended_on_the_day_after_its_last_one(stops: list[Stop]) -> None:
    assert [one.day for one in stops] == [
        date(2001, 10, 7), date(2002, 2, 1), date(2005, 1, 1), date(2005, 11, 22),
    ]  # fmt: skip
    assert stops[-1].changes[0].kind == "ended"
    assert "until 21 November 2005" in stops[-1].changes[0].text


def test_a_title_is_no_more_precise_than_its_sources(stops: list[Stop]) -> None:
    said = [one.title for one in stops]
    assert said == ["7 October 2001", "February 2002", "2005", "22 November 2005"]


def test_what_is_without_an_end_never_ends_and_what_has_no_date_changes_nothing(
    make_feature: MakeFeature,
) -> None:
    plain, begun = make_feature("plain"), make_feature("begun", valid_from="2003-10-23")
    assert stops_of([("a", plain)]) == []
    assert not is_dated(plain)
    assert [one.changes[0].kind for one in stops_of([("a", plain), ("a", begun)])] == ["begins"]


def test_the_end_of_the_calendar_has_no_day_after_it(make_feature: MakeFeature) -> None:
    last = make_feature("last", valid_to="9999")
    assert stops_of([("a", last)]) == []


def test_on_one_day_what_ends_is_told_before_what_begins(make_feature: MakeFeature) -> None:
    old = make_feature("old", valid_to="2013-12-31")
    new = make_feature("new", valid_from="2014", events=[event("2014-01-01", "So it was.")])
    (stop,) = stops_of([("a", new), ("a", old)])
    assert [one.kind for one in stop.changes] == ["ended", "begins", "event"]
    assert stop.title == "1 January 2014"


@pytest.mark.parametrize(
    ("text", "number"),
    [("1950", 0), ("2001-10-07", 0), ("2002-01-31", 0), ("2002", 0), ("2004", 1), ("2026", 3)],
)
def test_the_slider_stands_at_the_last_change_before_the_time(
    stops: list[Stop], text: str, number: int
) -> None:
    assert stop_at(stops, Interval.parse(text)) == number


def test_without_a_time_the_slider_stands_at_its_end(stops: list[Stop]) -> None:
    assert stop_at(stops, None) == 3


def test_years_have_room_and_the_first_one_stands_in_a_narrow_window_too(
    make_feature: MakeFeature,
) -> None:
    every = [event(f"{year}-05-01", "Again.") for year in range(1950, 2025)]
    ticks = ticks_of(stops_of([("a", make_feature("often", events=every))]))
    assert len(ticks) == 75
    written = [one.x for one in ticks if one.year]
    assert min(b - a for a, b in itertools.pairwise(written)) >= 7
    assert ticks[0].narrow
    assert sum(one.narrow for one in ticks) <= 6


def test_a_single_change_has_one_tick(make_feature: MakeFeature) -> None:
    ticks = ticks_of(stops_of([("a", make_feature("once", valid_from="1990"))]))
    assert [(one.x, one.year) for one in ticks] == [(0, "1990")]
