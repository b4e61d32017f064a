"""What a map writes: the name in the reader's language, short enough for a picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # names are read by many a page, letters drawn by none
    from geo.feature import Feature
    from geo.shaping import Fonts
    from layers.themes import Letters

LONGEST = 28  # letters of the name of a point or a line
_TURKIC = ("tr", "az")
_UNICASE = re.compile("[ა-ჿ]")  # Georgian has no capitals in running text or in most fonts
_BREAK = 11  # letters, from which a name with a space is set in two lines


def name_in(feature: Feature, lang: str) -> str:
    """The name in a language, or the one that the feature goes by.

    A name that one party alone uses is not put on a map for everybody.
    """
    told = feature.properties
    if lang == "en":
        return told.name
    ours = [one for one in told.names if one.used_by is None]
    exact = (one.text for one in ours if one.lang == lang)
    kin = (one.text for one in ours if one.lang.split("-")[0] == lang.split("-", maxsplit=1)[0])
    return next(exact, None) or next(kin, None) or told.name


def name_on(fonts: Fonts, feature: Feature, lang: str) -> str:
    """As `name_in`, but the name that it goes by where our fonts lack a letter of the other."""
    name = name_in(feature, lang)
    return feature.properties.name if fonts.shape(name, "sans", 11.0).missing else name


def short(name: str) -> str:
    """What stands before a colon or a bracket: a map has no room for more."""
    return re.split(r":| \(", name)[0].strip()


def shortest(name: str) -> str:
    """What an area is called: without where in the sea it lies."""
    return re.split(r", | north of | south of ", short(name))[0].strip()


def written(text: str, letters: Letters, lang: str) -> str:
    """The text as these letters set it: in capitals where they are for capitals."""
    if not letters.upper or _UNICASE.search(text):
        return text
    return text.replace("i", "İ").upper() if lang in _TURKIC else text.upper()


def broken(text: str, longest: int = _BREAK) -> str:
    """The text in two lines of about the same length, where it is long and has a space."""
    words = text.split(" ")
    if len(text) < longest or len(words) < 2:
        return text
    splits = [[" ".join(words[:n]), " ".join(words[n:])] for n in range(1, len(words))]
    return "\n".join(min(splits, key=lambda lines: max(map(len, lines))))
