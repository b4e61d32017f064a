"""Pages for people: templates that escape every value, in each language."""

import re
from collections.abc import Callable, Collection, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from server import words
from server.assets import address
from server.codes import meaning, plain
from server.links import Links
from server.names import named
from server.remarks import view_sentence
from server.speech import ENGLISH, LANGUAGES, SHORT, speech

if TYPE_CHECKING:
    from jinja2 import Environment

_SENTENCE = re.compile(r".+?[.!?](?=\s+[^\W\d_a-z]|$)", re.DOTALL)  # up to what a capital follows
_LONGEST_OPENING = 320  # characters


@cache
def environment(lang: str = ENGLISH) -> "Environment":
    """The templates of the server in a language; whatever is put into one is escaped.

    ``paths`` makes addresses (a `Links`) and may be replaced by a context; ``address`` finds a
    file for the browser; ``in_english`` is the attribute of an element whose text is in English;
    ``colon`` is one with what a language sets before it.
    """
    # comes with folium soon after the start, which has no need of it
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

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
    made.filters |= _filters(lang) | {"opening": opening}
    return made


def render(template: str, context: Mapping[str, Any], lang: str = ENGLISH) -> bytes:
    """The page that ``template`` makes of ``context``, as UTF-8."""
    return environment(lang).get_template(template).render(context).encode()


def _language(lang: str) -> dict[str, Any]:
    return {
        "lang": lang,
        "colon": speech(lang).pgettext("between two texts", ":"),
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
        "told": told,
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


def told(detail: str, asked: Collection[str] = (), *, lang: str) -> Markup:
    """What was wrong as a sentence: from a capital to a full stop.

    A parameter that was ``asked`` and stands first is code and remains as it is written.
    """
    said = speech(lang).gettext(detail)
    name, gap, rest = said.partition(" ")
    code = Markup("<code>{}</code>{}{}").format(name, gap, rest)
    text = code if name in asked else escape(said[:1].upper() + said[1:])
    text += "" if said.endswith((".", "?", "!")) else "."
    own = said != detail or lang == ENGLISH
    return text if own else Markup('<span lang="{}">{}</span>').format(ENGLISH, text)


def opening(text: str) -> str:
    """The first sentence of a description; a very long one is cut behind a word."""
    first = _SENTENCE.match(text.strip())
    said = first[0] if first else text.strip()
    if len(said) <= _LONGEST_OPENING:
        return said
    return said[:_LONGEST_OPENING].rsplit(" ", 1)[0].rstrip(" ,;:.–") + " …"


def _translated(text: str, lang: str) -> str:
    """The same where no element may stand, in an attribute."""
    return speech(lang).gettext(text) if text else ""
