"""What a feature is called on a page: its name in the page's language, or the one it goes by."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from server.speech import ENGLISH

Told = Mapping[str, Any]  # the properties of a feature as JSON values


def name_of(told: Told, lang: str) -> tuple[str, str]:
    """The name and the language that it is in.

    A name that one party alone uses is not taken for everybody's; it stands among the others.
    """
    for whole in (True, False):
        for one in told.get("names") or () if lang != ENGLISH else ():
            own = one["lang"] if whole else one["lang"].partition("-")[0]
            if own == lang and not one.get("used_by"):
                return str(one["text"]), lang
    return str(told["name"]), ENGLISH


def named(told: Told, lang: str) -> Markup:
    """The name as HTML, with its language where that is not the page's."""
    text, own = name_of(told, lang)
    return escape(text) if own == lang else Markup('<span lang="{}">{}</span>').format(own, text)
