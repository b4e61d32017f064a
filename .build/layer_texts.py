"""The texts of our layers and maps for `pybabel extract`: what pages in other languages translate.

Of a `layer.toml` these are its title and the lines of its legend, of `maps.toml` what a map says of
itself. Descriptions, gaps and notes are data and stay in their language.
"""

import tomllib
from collections.abc import Iterator
from typing import Any, BinaryIO

_MAP = ("title", "description", "summary", "highlight_label")
_LISTS = ("limits", "flat_limits")
Message = tuple[int, str, str, list[str]]


def extract(file: BinaryIO, keywords: Any, tags: Any, options: Any) -> Iterator[Message]:
    """Each text with the line that it begins in, as Babel asks of a method of extraction."""
    text = file.read().decode()
    said = tomllib.loads(text)
    found = _layer(said) if "style" in said else _maps(said)
    for one in found:
        yield text[: text.find(one[:20])].count("\n") + 1, "gettext", one.strip(), []


def _layer(said: dict[str, Any]) -> Iterator[str]:
    yield said["title"]
    if said.get("role", "overlay") == "overlay":
        yield from (one["label"] for one in said["style"]["rules"] if one.get("legend", True))


def _maps(said: dict[str, Any]) -> Iterator[str]:
    for one in said.values():
        yield from (one[name] for name in _MAP if name in one)
        yield from (text for name in _LISTS for text in one.get(name, ()))
        if "text" in one.get("picture", {}):
            yield one["picture"]["text"]
