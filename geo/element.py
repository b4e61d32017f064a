"""XML elements written from attributes: every value is escaped, none can end its quotes."""

import math
import re
from html import escape
from typing import Any

from geo.errors import BadScene
from geo.face import SIXTEENTHS
from geo.plaintext import plain_text

Attributes = dict[str, Any]  # without those whose value is None

# all that can end an attribute or be read as something else (XML 1.0, 2.3 and 3.3.3)
_ESCAPES = {
    "&": "&amp;",  # first, since the others write one
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\t": "&#9;",
    "\n": "&#10;",
    "\r": "&#13;",
}
_LONGEST = 2_000  # characters of a title or description


def written(attributes: Attributes) -> str:
    """Attributes as they stand in a tag, each after a space."""
    given = [
        f' {key}="{_escaped(str(value))}"' for key, value in attributes.items() if value is not None
    ]
    return "".join(given)


def _escaped(value: str) -> str:
    for sign, word in _ESCAPES.items():  # many times quicker than `str.translate`
        value = value.replace(sign, word)
    return value


def opened(name: str, attributes: Attributes, end: str = "") -> str:
    """The start tag; ``end`` is what else it holds, such as ``/`` for one without content."""
    return f"<{name}{written(attributes)}{end}>"


def said(name: str, text: str) -> str:
    """An element that holds only text, or nothing where there is none."""
    words = plain_text(text, _LONGEST)
    return f"<{name}>{content(words)}</{name}>" if words else ""


def content(text: str) -> str:
    """Text between tags, escaped."""
    return escape(text, quote=False)


def name_of(id: str | None) -> str | None:
    """An id or a class that is one in XML, in CSS and in an address alike."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", id[:100]) if id else None


def number(value: float) -> str:
    """A number with at most four decimals. Raises `BadScene` where it is not finite."""
    if not math.isfinite(value):
        raise BadScene(f"{value} is no size in a picture")
    return f"{value:.0f}" if value == int(value) else f"{value:.4f}".rstrip("0")


def sixteenths(px: float) -> int:
    """A coordinate in whole sixteenths of a pixel. Raises `BadScene` where it is not finite."""
    if not math.isfinite(px):
        raise BadScene(f"{px} px is no place in a picture")
    return round(px * SIXTEENTHS)
