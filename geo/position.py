"""A position as people write it: decimal degrees, or degrees, minutes and seconds."""

import math
import re

from geo.errors import BadPosition

Point = tuple[float, float]  # lon, lat
METRES_PER_M = 1852.0  # SI brochure, 9th edition, table 8

# 168.97, 168,97, -168.97, 168.97W, 168°58'12"W, 168 58.2 W; primes, quotes, signs of keyboards.
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_SIGNS = re.compile(
    rf"([+-]?)\s*{_NUMBER}\s*°?\s*(?:{_NUMBER}\s*['′’]?\s*(?:{_NUMBER}\s*(?:[\"″”]|'')?)?)?\s*([NSEW]?)",
    re.ASCII,
)
_LIMIT = {"longitude": 180.0, "latitude": 90.0}
_SIDES = {"longitude": "EW", "latitude": "NS"}


def position(lon: str, lat: str) -> Point:
    """(lon, lat) in degrees from two texts. Raises `BadPosition`, which says what to write.

    ``-168.97``, ``168,97W`` and ``168°58'12"W`` are one longitude. West and south are negative; a
    sign and a letter together, minutes of 60 and more, or the wrong letter are refused.
    """
    x, y = _degrees(lon, "longitude"), _degrees(lat, "latitude")
    if abs(y) > 90 >= abs(x):
        raise BadPosition(
            f"latitude {y:g} lies off the globe; write longitude first, then latitude"
        )
    for name, value in (("longitude", x), ("latitude", y)):
        if abs(value) > _LIMIT[name]:
            limit = _LIMIT[name]
            raise BadPosition(f"{name} is {value:g}; it lies between -{limit:g} and {limit:g}")
    return x, y


def _degrees(text: str, name: str) -> float:
    found = _SIGNS.fullmatch(text.strip()[:80].upper())
    if not found:
        raise BadPosition(f"{name} is {text[:40]!r}; write degrees, such as 65.78 or 65°46'48\"N")
    sign, degrees, minutes, seconds, side = (
        part.replace(",", ".") if part else part for part in found.groups()
    )
    if side and (sign or side not in _SIDES[name]):
        other = "leave the sign out" if sign else f"it ends with {' or '.join(_SIDES[name])}"
        raise BadPosition(f"{name} is {text[:40]!r}; {other}")
    parts = [float(part or 0) for part in (minutes, seconds)]
    if max(parts) >= 60:
        raise BadPosition(f"{name} is {text[:40]!r}; minutes and seconds lie below 60")
    value = float(degrees) + parts[0] / 60 + parts[1] / 3600
    return -value if sign == "-" or side in ("W", "S") else value


def position_text(at: Point) -> str:
    """``65°46.80′N 168°58.20′W``: degrees and minutes as a log book has them, latitude first."""
    lon, lat = at
    return f"{_minutes(lat, 'NS', 2)} {_minutes(lon, 'EW', 3)}"


def _minutes(value: float, sides: str, digits: int) -> str:
    hundredths = math.floor(abs(value) * 6000 + 0.5)
    whole, rest = divmod(hundredths, 6000)
    return f"{whole:0{digits}d}°{rest / 100:05.2f}′{sides[value < 0]}"
