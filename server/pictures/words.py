"""What the furniture of a picture says, in the languages that it speaks; else in English."""

from collections.abc import Mapping
from types import MappingProxyType

_ENGLISH = {
    "pole": "North Pole",
    "along": "Scale along {latitude}",
    "sources": "Sources",
    "as_of": "Data as of {date}",
    "version": "version {version}",
    "at": "Shown as of {date}",
    "view": "As {party} states it",
    "km": "km",
    "m": "m",
    "N": "N",
    "S": "S",
    "E": "E",
    "W": "W",
}
_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": _ENGLISH,
        "fr": {
            **_ENGLISH,
            "pole": "Pôle Nord",
            "along": "Échelle le long de {latitude}",
            "W": "O",
        },
        "ru": {
            **_ENGLISH,
            "pole": "Северный полюс",
            "along": "Масштаб вдоль {latitude}",
            "km": "км",
            "m": "м",
            "N": " с. ш.",
            "S": " ю. ш.",
            "E": " в. д.",
            "W": " з. д.",
        },
    }
)


def word(name: str, lang: str = "en", /, **values: str) -> str:
    """The text of that name, in ``lang`` where there is one."""
    return _WORDS.get(lang, _ENGLISH)[name].format(**values)


def latitude_text(degrees: float, lang: str = "en", minutes: bool = False) -> str:
    """``-12.5`` → ``12.5°S``, with ``minutes`` ``12°30′S``; the equator has no side."""
    side = "" if degrees == 0 else word("NS"[degrees < 0], lang)
    return f"{_number(abs(degrees), minutes)}{side}"


def longitude_text(degrees: float, lang: str = "en", minutes: bool = False) -> str:
    """The longitude within ±180 as a map writes it: ``40°W``; neither 0° nor 180° has a side."""
    turned = round(180 - (180 - degrees) % 360, 6)
    side = "" if turned in (0, 180) else word("EW"[turned < 0], lang)
    return f"{_number(abs(turned), minutes)}{side}"


def length_text(metres: float, lang: str = "en") -> str:
    """``200000`` → ``200 km``, ``500`` → ``500 m``."""
    if metres >= 1000:
        return f"{metres / 1000:,.0f}\u00a0{word('km', lang)}"
    return f"{metres:g}\u00a0{word('m', lang)}"


def _number(degrees: float, minutes: bool) -> str:
    whole, rest = divmod(round(degrees * 60, 6), 60)
    if rest == 0:
        return f"{whole:.0f}°"
    return f"{whole:.0f}°{rest:02.0f}′" if minutes else f"{degrees:g}°"
