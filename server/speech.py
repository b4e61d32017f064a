"""The languages of pages and pictures, and the gettext catalogue of each.

Texts stand in English where they are used; `locales/LANG.po` holds the others. A catalogue is read
when its language is first asked for. A text that it lacks stays English: so do the titles of
somebody's own layers.
"""

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

HOME = Path(__file__).parent / "locales"
ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "ru": "Русский", "fr": "Français"}  # each by its own name
SHORT = {ENGLISH: "EN", "ru": "РУ", "fr": "FR"}
Speech = gettext.NullTranslations  # gettext, ngettext, pgettext, npgettext


def msg(text: str) -> str:
    """The text itself; a mark for `pybabel extract` where it is written, not where it is said."""
    return text


def pmsg(context: str, text: str) -> str:
    """As `msg`, of a text that means something else elsewhere."""
    return text


@cache
def speech(lang: str) -> Speech:
    """What texts read in a language; in English for a language that has no catalogue."""
    if lang == ENGLISH or lang not in LANGUAGES:
        return Speech()
    from babel.messages.mofile import write_mo  # noqa: PLC0415  # English needs nothing of Babel

    compiled = BytesIO()
    write_mo(compiled, catalogue(lang))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def catalogue(lang: str) -> "Catalog":
    """The catalogue of a language as its file has it, with where each text is used."""
    from babel.messages.pofile import read_po  # noqa: PLC0415  # as above

    with (HOME / f"{lang}.po").open("rb") as file:
        return read_po(file, locale=lang)


def script_texts(lang: str) -> dict[str, str | list[str]]:
    """What our scripts say, by their English: a text, or its plural forms in order.

    A text that means something else elsewhere stands behind its context and U+0004, as in .mo.
    """
    if lang == ENGLISH:
        return {}
    return {_key(one): _said(one) for one in catalogue(lang) if one.id and _in_scripts(one)}


def _in_scripts(message: "Message") -> bool:
    return any(path.endswith(".js") for path, _ in message.locations)


def _key(message: "Message") -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context}\u0004{text}" if message.context else text


def _said(message: "Message") -> str | list[str]:
    said = message.string or ""
    return said if isinstance(said, str) else list(said)
