"""From JSON pointers (RFC 6901) to lines and columns in the text that was parsed."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

Trie = dict[str, "Trie"]

_BLANK = re.compile(r"[ \t\n\r]*")
# Values that nobody asks for are skipped by the C scanner of the standard library. Whole numbers
# are read as floats, because int() refuses more than 4300 digits.
_DECODE = json.JSONDecoder(parse_int=float, parse_constant=float).raw_decode


def escape(step: object) -> str:
    """One step of a pointer: a member name or an index, with ``~`` and ``/`` written out."""
    if isinstance(step, int):
        return str(step)
    return str(step).replace("~", "~0").replace("/", "~1")


def join(pointer: str, *steps: object) -> str:
    """The pointer that goes on from ``pointer`` by the steps."""
    return pointer + "".join("/" + escape(step) for step in steps)


def offsets(text: str, pointers: Iterable[str]) -> dict[str, int]:
    """The offset in ``text`` (valid JSON) of the value under each pointer, in one pass.

    A pointer to what is not there gets the place of its nearest ancestor. Of two members with
    one name the last counts, as in Python. Parts that no pointer leads to are skipped at the
    speed of the C scanner; 5 MB take some tens of milliseconds.
    """
    wanted = list(dict.fromkeys(pointers))
    found: dict[str, int] = {}
    _value(text, 0, _trie(wanted), "", found)
    return {pointer: found[_nearest(pointer, found)] for pointer in wanted}


class Lines:
    """Turns an offset in a text into its line and column, both counted from 1 in characters."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer(r"\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        """The (line, column) of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def _trie(pointers: Iterable[str]) -> Trie:
    root: Trie = {}
    for pointer in pointers:
        node = root
        for step in pointer.split("/")[1:]:
            node = node.setdefault(step, {})
    return root


def _nearest(pointer: str, found: dict[str, int]) -> str:
    while pointer and pointer not in found:
        pointer = pointer.rpartition("/")[0]
    return pointer


def _value(text: str, at: int, trie: Trie, here: str, found: dict[str, int]) -> int:
    at = _after_blank(text, at)
    found[here] = at
    if trie and text[at] == "{":
        return _object(text, at, trie, here, found)
    if trie and text[at] == "[":
        return _array(text, at, trie, here, found)
    return _skip(text, at)[1]


def _object(text: str, at: int, trie: Trie, here: str, found: dict[str, int]) -> int:
    at = _after_blank(text, at + 1)
    while text[at] != "}":
        key, at = _skip(text, at)
        step = escape(key)
        at = _after_blank(text, at) + 1  # the colon
        at = _member(text, at, trie.get(step), f"{here}/{step}", found)
        at = _next(text, at)
    return at + 1


def _array(text: str, at: int, trie: Trie, here: str, found: dict[str, int]) -> int:
    at, n = _after_blank(text, at + 1), 0
    while text[at] != "]":
        at = _member(text, at, trie.get(str(n)), f"{here}/{n}", found)
        at, n = _next(text, at), n + 1
    return at + 1


def _member(text: str, at: int, trie: Trie | None, here: str, found: dict[str, int]) -> int:
    if trie is None:
        return _skip(text, _after_blank(text, at))[1]
    return _value(text, at, trie, here, found)


def _next(text: str, at: int) -> int:
    """Past the comma to the next member, or to the closing bracket."""
    at = _after_blank(text, at)
    return _after_blank(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> tuple[Any, int]:
    value, end = _DECODE(text, at)
    return value, end


def _after_blank(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    assert match is not None
    return match.end()
