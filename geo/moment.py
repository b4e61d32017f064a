"""Dates as sources give them: a year, a month or a day; and intervals of them."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Self

from pydantic import AfterValidator

from geo.errors import BadMoment

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_CLOCK = re.compile(r"[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})?$")
_OPEN = ("", "..")


@lru_cache(maxsize=4096)  # a catalogue says a few hundred days thousands of times
def first_day(partial: str) -> date:
    """The first day that ``2014``, ``2014-06`` or ``2014-06-03`` can mean. Raises `BadMoment`."""
    year, month, day = _fields(partial)
    return _day(partial, year, month or 1, day or 1)


def last_day(partial: str) -> date:
    """The last day that ``2014``, ``2014-06`` or ``2014-06-03`` can mean. Raises `BadMoment`."""
    year, month, day = _fields(partial)
    month = month or 12
    if not day and 1 <= month <= 12 and year:
        day = calendar.monthrange(year, month)[1]
    return _day(partial, year, month, day)


def _fields(partial: str) -> tuple[int, int, int]:
    found = _PARTIAL.fullmatch(partial)
    if not found:
        raise BadMoment(f"{partial!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part or 0) for part in found.groups())
    if (found.group(2) and not month) or (found.group(3) and not day):
        raise BadMoment(f"{partial!r} is not in the calendar: there is no month or day 00")
    return year, month, day


def _day(partial: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise BadMoment(f"{partial!r} is not in the calendar: {error}") from error


def _checked(partial: str) -> str:
    first_day(partial)
    return partial


PartialDate = Annotated[str, AfterValidator(_checked)]
"""A date as precise as its source: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A span of days, both ends included; ``None`` is open."""

    start: date | None = None
    end: date | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """The interval of an OGC ``datetime`` parameter: ``D``, ``D/D``, ``../D`` or ``D/..``.

        Times of day are accepted and cut to the UTC date written: layers are no finer than a day.
        Raises `BadMoment` when a part is no date or the end lies before the start.
        """
        parts = text.split("/")
        if len(parts) > 2 or (len(parts) == 1 and parts[0] in _OPEN):
            raise BadMoment(f"{text!r} is not a date or an interval; write D, D/D, ../D or D/..")
        start, end = parts[0], parts[-1]
        span = cls(
            None if start in _OPEN else first_day(_CLOCK.sub("", start)),
            None if end in _OPEN else last_day(_CLOCK.sub("", end)),
        )
        if span.start and span.end and span.end < span.start:
            raise BadMoment(f"{text!r} ends before it starts; write the earlier date first")
        return span

    @classmethod
    def of(cls, valid_from: str | None, valid_to: str | None) -> Self:
        """The widest interval that two partial dates allow."""
        return cls(
            first_day(valid_from) if valid_from else None,
            last_day(valid_to) if valid_to else None,
        )

    def meets(self, other: "Interval") -> bool:
        """Whether the two share at least one day."""
        return _not_after(self.start, other.end) and _not_after(other.start, self.end)


def _not_after(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start <= end
