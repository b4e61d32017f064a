"""How dates, numbers and positions read in a sentence, in each language of the pages."""

import calendar
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from babel import Locale
from babel.numbers import format_decimal

from server.codes import plain
from server.speech import ENGLISH, LANGUAGES, msg, speech

_ALONE, _WITH_DAY = "stand-alone", "format"  # июнь 2014, but 3 июня 2014
_GENITIVE = _WITH_DAY
_COUNTED = ("M", "people", "vessels")
_UNITS = {"km": msg("km"), "m": msg("m"), "km2": msg("km²"), "Mt": msg("Mt"), "degree": "°"}
_BARE = ("count", "year")


def date_text(partial: str, lang: str = ENGLISH) -> str:
    """``2014-06-03`` → ``3 June 2014``, ``2014-06`` → ``June 2014``, ``2014`` → ``2014``."""
    return _date(partial, lang, _ALONE)


def span_text(start: str | None, end: str | None = None, lang: str = ENGLISH) -> str:
    """``since …``, ``until …``, ``… to …``; empty where neither date is known."""
    say = speech(lang).gettext
    if start and end:
        if start == end:
            return date_text(start, lang)
        return say("{begin} to {end}").format(begin=_long(start, lang), end=_long(end, lang))
    if start:
        return _on("since", start, lang)
    return _on("until", end, lang) if end else ""


def since_text(partial: str, lang: str = ENGLISH) -> str:
    """``from 3 June 2014``: the day on which something begins."""
    return _on("from", partial, lang)


def until_text(partial: str, lang: str = ENGLISH) -> str:
    """``until 3 June 2014, not after``: the last day of something."""
    return speech(lang).gettext("{until}, not after").format(until=_on("until", partial, lang))


def number_text(value: float, lang: str = ENGLISH) -> str:
    """A number with groups of thousands and at most three decimals, without idle zeros."""
    return str(format_decimal(round(value, 3), "#,##0.###", locale=_locale(lang)))


def position_text(point: Sequence[float], lang: str = ENGLISH) -> str:
    """``(74.4776, 43.0613)``, longitude first → ``43.0613° N, 74.4776° E``."""
    lon, lat = point[0], point[1]
    return f"{latitude_text(lat, lang)}, {longitude_text(lon, lang)}"


def latitude_text(degrees: float, lang: str = ENGLISH) -> str:
    """``-12.5`` → ``12.5° S``, without more decimals than the number has."""
    return f"{_degrees(degrees, lang)}\u00a0{side('S' if degrees < 0 else 'N', lang)}"


def longitude_text(degrees: float, lang: str = ENGLISH) -> str:
    """``-168.7`` → ``168.7° W``; 180° has no side."""
    if abs(degrees) == 180:
        return "180°"
    return f"{_degrees(degrees, lang)}\u00a0{side('W' if degrees < 0 else 'E', lang)}"


def side(letter: str, lang: str = ENGLISH) -> str:
    """The letter of a side of the world behind a number of degrees: N, S, E or W."""
    psay = speech(lang).pgettext
    sides = {
        "N": psay("latitude", "N"),
        "S": psay("latitude", "S"),
        "E": psay("longitude", "E"),
        "W": psay("longitude", "W"),
    }
    return sides[letter]


def figure_text(figure: Mapping[str, Any], lang: str = ENGLISH) -> str:
    """The value of a figure with its unit: ``43 km``, ``200 nautical miles``, ``2014``."""
    unit, value = str(figure["unit"]), float(figure["value"])
    if unit == "year":
        return str(int(value))
    shown = _counted(unit, value, lang) if unit in _COUNTED else _unit(unit, lang)
    gap = "" if shown in ("", "°") else "\u00a0"
    return f"{number_text(value, lang)}{gap}{shown}"


def months(lang: str, how: str = _ALONE) -> list[str]:
    """The names of the months as a date without a day has them, or one with a day (``format``)."""
    if lang == ENGLISH:
        return list(calendar.month_name)[1:]
    names = _locale(lang).months[how]["wide"]
    return [str(names[number]) for number in range(1, 13)]


def _date(partial: str, lang: str, how: str) -> str:
    say = speech(lang).gettext
    year, *rest = partial.split("-")
    if not rest:
        return year
    if len(rest) == 1:
        return say("{month} {year}").format(month=months(lang, how)[int(rest[0]) - 1], year=year)
    month, day = months(lang, _WITH_DAY)[int(rest[0]) - 1], int(rest[1])
    pattern = say("{day} {month} {year}")
    return pattern.format(day=_day(day, lang), month=month, year=year)


def _day(day: int, lang: str) -> str:
    return speech(lang).pgettext("first day of a month", "1") if day == 1 else str(day)


def _long(partial: str, lang: str, how: str = _ALONE) -> str:
    """A date as it stands among words: a year alone may want a word of its own."""
    if "-" in partial:
        return _date(partial, lang, how)
    return speech(lang).pgettext("a year among words", "{year}").format(year=partial)


def _on(what: str, partial: str, lang: str) -> str:
    """The date behind its preposition, which can depend on how exact it is."""
    psay, date = speech(lang).pgettext, _long(partial, lang, _GENITIVE)
    forms = {
        ("since", 2): psay("before a day", "since {date}"),
        ("since", 1): psay("before a month", "since {date}"),
        ("since", 0): psay("before a year", "since {date}"),
        ("until", 2): psay("before a day", "until {date}"),
        ("until", 1): psay("before a month", "until {date}"),
        ("until", 0): psay("before a year", "until {date}"),
        ("from", 2): psay("before a day", "from {date}"),
        ("from", 1): psay("before a month", "from {date}"),
        ("from", 0): psay("before a year", "from {date}"),
    }
    return forms[what, partial.count("-")].format(date=date)


def _unit(unit: str, lang: str) -> str:
    if unit in _BARE:
        return ""
    known = _UNITS.get(unit)
    return speech(lang).gettext(known) if known else plain(unit, lang)


def _counted(unit: str, value: float, lang: str) -> str:
    """A unit that is a word, in the form that its number asks for."""
    nsay, count = speech(lang).ngettext, int(value) if value == int(value) else 2
    forms = {
        "M": nsay("nautical mile", "nautical miles", count),
        "people": nsay("person", "people", count),
        "vessels": nsay("vessel", "vessels", count),
    }
    return forms[unit]


def _degrees(value: float, lang: str) -> str:
    text = f"{abs(value):.7f}".rstrip("0").rstrip(".")
    return text.replace(".", _locale(lang).number_symbols["latn"]["decimal"]) + "°"


@cache
def _locale(lang: str) -> Locale:
    return Locale.parse(lang if lang in LANGUAGES else ENGLISH)
