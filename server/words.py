"""How the codes of the data read in a sentence."""

import calendar
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from geo.vocabulary import Evidence, Status

STATUS: Mapping[str, str] = MappingProxyType(
    {
        Status.AGREED: "all parties concerned have accepted it in a treaty in force",
        Status.PROVISIONAL: "applied by agreement, although not or not yet in force",
        Status.CLAIMED: "the position of one party, which the other does not accept",
        Status.DISPUTED: "parties hold opposing positions about it",
        Status.PLANNED: "announced or agreed, does not exist yet",
        Status.IN_FORCE: "a law or an international measure that applies",
        Status.OPERATING: "exists and is in use",
        Status.FORMER: "existed, has ended",
        Status.SUPERSEDED: "replaced by a later instrument",
        Status.REPORTED: "an event as the named source reports it",
        Status.CONTEXT: "shown for orientation; no claim is made",
    }
)
EVIDENCE: Mapping[str, str] = MappingProxyType(
    {
        Evidence.OFFICIAL: "the instrument's own text",
        Evidence.OFFICIAL_2SRC: "two official texts or data sets that agree",
        Evidence.OFFICIAL_1SRC: "one official text, not confirmed by a second",
        Evidence.OFFICIAL_DATASET: "a data set of the competent agency",
        Evidence.TREATY_REPRINT: "the treaty's list as a third party reprinted it",
        Evidence.EPSG_2SIDED: "the EPSG registry, for both neighbours, within 0.2 m",
        Evidence.EPSG_1SIDED: "the EPSG registry, for one neighbour",
        Evidence.DERIVED_EXACT: "computed back from other official points, to the millimetre",
        Evidence.SECONDARY: "read off a third party's data set",
        Evidence.INTERPOLATED: "computed between known points",
        Evidence.COMPUTED: "computed by the construction that the note describes",
        Evidence.INDICATIVE: "drawn from a description: shows where, not exactly where",
        Evidence.DATASET: "a general open data set",
        Evidence.PRESS: "a news report or a press release",
        Evidence.ENCYCLOPEDIA: "an encyclopedia or a copy of one",
    }
)
_UNITS = {"M": "nautical miles", "km2": "km²", "degree": "°", "count": "", "year": ""}


def plain(code: str) -> str:
    """``in_force`` → ``in force``."""
    return code.replace("_", " ")


def meaning(code: str) -> str:
    """What a status or an evidence code stands for; empty for any other word."""
    return STATUS.get(code) or EVIDENCE.get(code, "")


def date_text(partial: str) -> str:
    """``2014-06-03`` → ``3 June 2014``, ``2014-06`` → ``June 2014``, ``2014`` → ``2014``."""
    year, *rest = partial.split("-")
    if not rest:
        return year
    month = calendar.month_name[int(rest[0])]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def span_text(start: str | None, end: str | None = None) -> str:
    """``since …``, ``until …``, ``… to …``; empty where neither date is known."""
    if start and end:
        return date_text(start) if start == end else f"{date_text(start)} to {date_text(end)}"
    if start:
        return f"since {date_text(start)}"
    return f"until {date_text(end)}" if end else ""


def number_text(value: float) -> str:
    """A number with groups of thousands and at most three decimals, without idle zeros."""
    text = f"{value:,.3f}"
    return text.rstrip("0").rstrip(".")


def position_text(point: Sequence[float]) -> str:
    """``(74.4776, 43.0613)``, longitude first → ``43.0613° N, 74.4776° E``."""
    lon, lat = point[0], point[1]
    return f"{latitude_text(lat)}, {longitude_text(lon)}"


def latitude_text(degrees: float) -> str:
    """``-12.5`` → ``12.5° S``, without more decimals than the number has."""
    return f"{_degrees(degrees)}\u00a0{'S' if degrees < 0 else 'N'}"


def longitude_text(degrees: float) -> str:
    """``-168.7`` → ``168.7° W``; 180° has no side."""
    if abs(degrees) == 180:
        return "180°"
    return f"{_degrees(degrees)}\u00a0{'W' if degrees < 0 else 'E'}"


def _degrees(value: float) -> str:
    return f"{abs(value):.7f}".rstrip("0").rstrip(".") + "°"


def figure_text(figure: Mapping[str, Any]) -> str:
    """The value of a figure with its unit: ``43 km``, ``200 nautical miles``, ``2014``."""
    unit = str(figure["unit"])
    if unit == "year":
        return str(int(figure["value"]))
    shown = _UNITS.get(unit, plain(unit))
    gap = "" if shown in ("", "°") else "\u00a0"
    return f"{number_text(figure['value'])}{gap}{shown}"
