"""From query parameters to values; whatever cannot be read is refused by its name."""

import re
from collections.abc import Collection as Names
from collections.abc import Mapping
from difflib import get_close_matches

from starlette.requests import Request

from geo.bbox import BBox
from geo.errors import BadBBox, BadMoment
from geo.moment import Interval
from geo.query import MAX_LIMIT, Query
from geo.vocabulary import Evidence, Status
from server.errors import BadParameter, UnknownParameter

ITEMS = ("bbox", "datetime", "limit", "offset", "view", "lang", "f")
ALIASES: Mapping[str, str] = {"claimant": "parties"}  # names that readers look for
_LONGEST = 1_000  # characters of one value
_CLOSED: Mapping[str, Names[str]] = {"status": tuple(Status), "evidence": tuple(Evidence)}
_ELSEWHERE = {
    "bbox-crs": "bbox is always in CRS84 degrees; leave bbox-crs out",
    "crs": "answers are always in CRS84 degrees; leave crs out",
    "filter": "write property=value for each property; see /api for the list",
}


def read_params(
    request: Request, allowed: Names[str] = ("f",), apart: Names[str] = ()
) -> dict[str, str]:
    """The query parameters of ``request``, each once and each among ``allowed``.

    Those that are read ``apart`` may be there too. Raises `UnknownParameter` with the nearest
    name, or `BadParameter`.
    """
    values: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in apart:
            continue
        if name not in allowed:
            raise UnknownParameter(_unknown(name, (*allowed, *apart)))
        if name in values:
            raise BadParameter(f"{name} is given more than once; give it once")
        if len(value) > _LONGEST:
            raise BadParameter(f"{name} is longer than {_LONGEST} characters")
        values[name] = value
    return values


def items_query(values: Mapping[str, str]) -> Query:
    """The query that the parameters of an items address ask for.

    Raises `BadBBox`, `BadMoment` or `BadParameter`.
    """
    return Query(
        bbox=read_bbox(values["bbox"]) if "bbox" in values else None,
        interval=read_interval(values["datetime"]) if "datetime" in values else None,
        limit=_limit(values.get("limit", str(Query().limit))),
        offset=_count("offset", values.get("offset", "0")),
        equals=tuple(_wanted(k, v) for k, v in values.items() if k not in ITEMS),
    )


def read_bbox(text: str) -> BBox:
    """The box of a ``bbox`` parameter. Raises `BadBBox`."""
    if not text.isascii() or "_" in text:  # Python would read ١٢ and 1_000 as numbers
        raise BadBBox("bbox holds characters that are no plain numbers")
    return BBox.parse(text)


def read_interval(text: str) -> Interval:
    """The days of a ``datetime`` parameter. Raises `BadMoment`."""
    if not text.isascii():
        raise BadMoment("datetime holds characters that are no plain digits")
    return Interval.parse(text)


def _limit(text: str) -> int:
    """At least 1; what is above `MAX_LIMIT` is cut to it, as OGC API asks."""
    if re.fullmatch(r"[0-9]{10,}", text):
        return MAX_LIMIT
    limit = _count("limit", text)
    if limit < 1:
        raise BadParameter(f"limit is {text}; it is a whole number from 1 to {MAX_LIMIT}")
    return min(limit, MAX_LIMIT)


def _count(name: str, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise BadParameter(f"{name} is {text[:40]!r}; it is a whole number, 0 or more")
    return int(text)


def _wanted(name: str, value: str) -> tuple[str, str]:
    words = _CLOSED.get(name)
    if words is not None and value not in words:
        raise BadParameter(f"{name} is {value[:40]!r}; it is one of: {', '.join(words)}")
    return ALIASES.get(name, name), value.upper() if name in ALIASES else value


def _unknown(name: str, allowed: Names[str]) -> str:
    if name in _ELSEWHERE:
        return _ELSEWHERE[name]
    near = get_close_matches(name[:80].lower(), allowed, n=1, cutoff=0)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"there is no parameter {name[:80]!r} here{hint}"
