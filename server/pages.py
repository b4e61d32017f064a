"""Pages for people: templates that escape every value, in each language."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from server import words
from server.assets import address
from server.codes import meaning, plain
from server.links import Links
from server.names import named
from server.remarks import view_sentence
from server.speech import ENGLISH, LANGUAGES, SHORT, speech


@cache
def environment(lang: str = ENGLISH) -> Environment:
    """The templates of the server in a language; whatever is put into one is escaped.

    ``paths`` makes addresses (a `Links`) and may be replaced by a context; ``address`` finds a
    file for the browser; ``in_english`` is the attribute of an element whose text is in English.
    """
    made = Environment(
        loader=PackageLoader("server"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(speech(lang), newstyle=True)  # type: ignore[attr-defined]
    made.globals |= {"paths": Links(), "address": address, **_language(lang)}
    made.filters |= _filters(lang)
    return made


def render(template: str, context: Mapping[str, Any], lang: str = ENGLISH) -> bytes:
    """The page that ``template`` makes of ``context``, as UTF-8."""
    return environment(lang).get_template(template).render(context).encode()


def _language(lang: str) -> dict[str, Any]:
    return {
        "lang": lang,
        "languages": [{"code": one, "name": LANGUAGES[one], "short": SHORT[one]} for one in SHORT],
        "picture_lang": {} if lang == ENGLISH else {"lang": lang},
        "in_english": Markup() if lang == ENGLISH else Markup(' lang="{}"').format(ENGLISH),
    }


def _filters(lang: str) -> dict[str, Any]:
    every: dict[str, Callable[..., Any]] = {
        "english": english,
        "date": words.date_text,
        "figure": words.figure_text,
        "latitude": words.latitude_text,
        "longitude": words.longitude_text,
        "meaning": meaning,
        "named": named,
        "number": words.number_text,
        "ours": ours,
        "plain": plain,
        "position": words.position_text,
        "sided": view_sentence,
        "span": words.span_text,
        "translated": _translated,
    }
    return {name: partial(one, lang=lang) for name, one in every.items()}


def ours(text: str, lang: str) -> Markup:
    """A text of our own layers and maps as HTML; what no catalogue has is marked as English."""
    said = speech(lang).gettext(text)
    return escape(said) if said != text else english(text, lang)


def english(text: str, lang: str) -> Markup:
    """A text of the data as HTML, marked as English on a page in another language."""
    if lang == ENGLISH:
        return escape(text)
    return Markup('<span lang="{}">{}</span>').format(ENGLISH, text)


def _translated(text: str, lang: str) -> str:
    """The same where no element may stand, in an attribute."""
    return speech(lang).gettext(text) if text else ""
