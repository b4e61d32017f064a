"""Where in a document a rule stands at work, and how it says what it found there."""

from dataclasses import dataclass
from typing import Any

from geo.finding import Finding, Place
from geo.pointer import join
from geo.ruletable import RULES


@dataclass(frozen=True, slots=True)
class Spot:
    """A JSON pointer, and the id (or ``#index``) of the feature that it lies in."""

    pointer: str = ""
    feature: str = ""

    def down(self, *steps: object) -> "Spot":
        """The spot below this one by member names or indexes."""
        return Spot(join(self.pointer, *steps), self.feature)

    def finds(self, rule: str, message: str, lonlat: tuple[float, float] | None = None) -> Finding:
        """A finding of ``rule`` here; severity and advice are those of the rule table."""
        known = RULES[rule]
        lon, lat = lonlat or (None, None)
        place = Place(pointer=self.pointer, lon=lon, lat=lat)
        return Finding(
            rule, message, known.advice, known.severity, feature=self.feature, place=place
        )


def is_id(value: Any) -> bool:
    """Whether a value may be the id of a feature: a string or a number."""
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def label_of(member: Any, n: int) -> str:
    """A feature's id for the reader, or ``#`` and its index from 0 where it has none."""
    own = member.get("id") if isinstance(member, dict) else None
    return str(own) if is_id(own) and own != "" else f"#{n}"


def shown(value: Any) -> str:
    """A value of the document in a few words, for a message."""
    if isinstance(value, dict):
        return f"an object of {len(value)} member(s)"
    if isinstance(value, list):
        return f"an array of {len(value)}"
    text = repr(value) if isinstance(value, str) else _plain(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _plain(value: Any) -> str:
    names = {None: "null", True: "true", False: "false"}
    if value is None or isinstance(value, bool):
        return names[value]
    return f"{value:g}" if isinstance(value, float) else f"{float(value):g}"
