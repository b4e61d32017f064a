"""What the furniture of a picture says, in the languages that it speaks; else in English."""

from server.speech import ENGLISH, speech
from server.words import number_text, side


def word(name: str, lang: str = ENGLISH, /, **values: str) -> str:
    """The text of that name, in ``lang`` where there is one."""
    return _texts(lang)[name].format(**values)


def _texts(lang: str) -> dict[str, str]:
    say = speech(lang).gettext
    return {
        "pole": say("North Pole"),
        "along": say("Scale along {latitude}"),
        "sources": say("Sources"),
        "licences": say("Licences"),
        "elsewhere": say("Sources and licences: see {address}"),
        "as_of": say("Data as of {date}"),
        "version": say("version {version}"),
        "at": say("Shown as of {date}"),
        "view": say("As {party} states it"),
        "map": say("Map."),
        "legend": say("Legend."),
        "more": say("The rest of the legend is on the page of the map."),
        "contested": say("Contested territory, as the base map has it"),
        "base": say("Base map"),
        "north": speech(lang).pgettext("north", "N"),
        "km": say("km"),
        "m": say("m"),
    }


def latitude_text(degrees: float, lang: str = "en", minutes: bool = False) -> str:
    """``-12.5`` → ``12.5°S``, with ``minutes`` ``12°30′S``; the equator has no side."""
    return _number(abs(degrees), minutes, lang) + _side(degrees, "NS", lang)


def longitude_text(degrees: float, lang: str = "en", minutes: bool = False) -> str:
    """The longitude within ±180 as a map writes it: ``40°W``; neither 0° nor 180° has a side."""
    turned = round(180 - (180 - degrees) % 360, 6)
    return _number(abs(turned), minutes, lang) + _side(turned % 180 and turned, "EW", lang)


def length_text(metres: float, lang: str = "en") -> str:
    """``200000`` → ``200 km``, ``500`` → ``500 m``."""
    if metres >= 1000:
        return f"{number_text(round(metres / 1000), lang)}\u00a0{word('km', lang)}"
    return f"{number_text(metres, lang)}\u00a0{word('m', lang)}"


def _side(degrees: float, letters: str, lang: str) -> str:
    """The letter behind a number of degrees; a word wants a gap before it."""
    if degrees == 0:
        return ""
    said = side(letters[degrees < 0], lang)
    return said if len(said) == 1 else f"\u00a0{said}"


def _number(degrees: float, minutes: bool, lang: str) -> str:
    whole, rest = divmod(round(degrees * 60, 6), 60)
    if rest == 0:
        return f"{whole:.0f}°"
    return f"{whole:.0f}°{rest:02.0f}′" if minutes else f"{number_text(degrees, lang)}°"
