"""The days at which something on a map changes, and what changes on them.

A feature begins on the first day that its ``valid_from`` can mean, and has ended on the day after
the last one that its ``valid_to`` can mean. An event stands on the first day of its date.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from geo.feature import Feature
from geo.moment import Interval, first_day, last_day
from server.draw.wording import name_in
from server.speech import ENGLISH
from server.words import date_text, since_text, until_text

Kind = Literal["ended", "begins", "event"]


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one feature. ``said`` is the date as its source gives it.

    ``lang`` is the language of ``name``.
    """

    day: date
    kind: Kind
    collection: str
    feature: str
    name: str
    lang: str
    said: str
    text: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A day with its changes, the ends first; ``title`` is no more precise than the sources."""

    day: date
    title: str
    changes: tuple[Change, ...]


def stops_of(features: Iterable[tuple[str, Feature]], lang: str = ENGLISH) -> list[Stop]:
    """The days of ``features``, each with the id of its collection, in order."""
    every = [one for collection, feature in features for one in _changes(collection, feature, lang)]
    every.sort(key=lambda one: (one.day, _ORDER.index(one.kind), one.collection, one.feature))
    return [
        Stop(day, _title(day, found, lang), found)
        for day, found in ((day, tuple(own)) for day, own in groupby(every, lambda one: one.day))
    ]


def stop_at(stops: list[Stop], at: Interval | None) -> int:
    """The number of the last stop that is not after ``at`` begins; without a time the last one."""
    if at is None or at.start is None:
        return len(stops) - 1
    return max(0, sum(one.day <= at.start for one in stops) - 1)


def is_dated(feature: Feature) -> bool:
    """Whether it is known when the feature began or ended; else it is shown at all times."""
    return bool(feature.properties.valid_from or feature.properties.valid_to)


_ORDER: tuple[Kind, ...] = ("ended", "begins", "event")


def _changes(collection: str, feature: Feature, lang: str) -> Iterator[Change]:
    told = feature.properties
    name = name_in(feature, lang)
    own = (collection, feature.id, name, lang if name != told.name else ENGLISH)
    if told.valid_from:
        said = told.valid_from
        yield Change(first_day(said), "begins", *own, said, since_text(said, lang))
    if told.valid_to and last_day(told.valid_to) < date.max:
        said = told.valid_to
        after = last_day(said) + timedelta(days=1)
        yield Change(after, "ended", *own, said, until_text(said, lang))
    for event in told.events:
        yield Change(first_day(event.date), "event", *own, event.date, event.text)


def _title(day: date, changes: tuple[Change, ...], lang: str) -> str:
    said = {one.said for one in changes}
    plain = len(said) == 1 and all(one.kind != "ended" for one in changes)
    return date_text(said.pop() if plain else day.isoformat(), lang)
