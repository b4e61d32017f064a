"""Bytes that claim to be JSON, read so that every fault has its line and column."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from geo.finding import Finding, Place
from geo.pointer import Lines
from geo.spot import Spot

NOTHING = object()
_BOMS = {
    b"\xff\xfe": "UTF-16 (little-endian)",
    b"\xfe\xff": "UTF-16 (big-endian)",
}
_STRING_OR_CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*+"|NaN|-?Infinity')


class Twice(dict[str, Any]):
    """An object in which some names stand more than once; the last value of each counts."""

    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """The text without its BOM, its value (`NOTHING` if there is none), and what was wrong."""

    text: str
    value: Any
    findings: tuple[Finding, ...]


def parse(data: bytes) -> Parsed:
    """Never raises: whatever the bytes are, what is wrong comes back as findings."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Parsed("", NOTHING, (_undecodable(data, error),))
    found: list[Finding] = []
    if text.startswith("\ufeff"):
        text = text[1:]
        found.append(_placed(Spot().finds("byte-order-mark", "begins with U+FEFF"), Lines(text), 0))
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        return Parsed(text, NOTHING, (*found, _fault(text, error)))
    except RecursionError:
        deep = Spot().finds("json-depth", "brackets nest too deep to be read")
        return Parsed(text, NOTHING, (*found, _placed(deep, Lines(text), 0)))
    return Parsed(text, value, (*found, *_constants(text)))


def _whole(digits: str) -> int | float:
    # int() refuses more than 4300 digits, and a float holds none above 1e308
    return int(digits) if len(digits) <= 300 else float(digits)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    twice = Twice(made)
    counts = Counter(name for name, _ in pairs)
    twice.names = tuple(name for name in made if counts[name] > 1)
    return twice


def _not_a_number(_: str) -> float:
    return math.nan


_DECODER = json.JSONDecoder(
    parse_int=_whole, parse_constant=_not_a_number, object_pairs_hook=_object
)


def _constants(text: str) -> Iterator[Finding]:
    if "NaN" not in text and "Infinity" not in text:
        return
    lines = Lines(text)
    for match in _STRING_OR_CONSTANT.finditer(text):
        if not match.group().startswith('"'):
            message = f"{match.group()} stands where a number is wanted"
            yield _placed(Spot().finds("json-constant", message), lines, match.start())


def _undecodable(data: bytes, error: UnicodeDecodeError) -> Finding:
    before = data[: error.start]
    line = before.count(b"\n") + 1
    start = before.rfind(b"\n") + 1
    column = len(before[start:].decode("utf-8", "replace")) + 1
    message = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8"
    if name := _BOMS.get(data[:2]):
        message = f"the text is {name}"
    found = Spot().finds("encoding", message)
    return replace(found, place=Place(line=line, column=column))


def _fault(text: str, error: json.JSONDecodeError) -> Finding:
    at, lines = error.pos, Lines(text)
    rest = text[at : at + 2]
    if not text.strip():
        return _placed(Spot().finds("empty-file", "holds no document"), Lines(text), 0)
    if rest in ("//", "/*") or rest[:1] == "#":
        return _placed(Spot().finds("json-comment", "a comment begins here"), lines, at)
    if error.msg.startswith("Extra data"):
        return _placed(Spot().finds("json-extra", "the document ends before this"), lines, at)
    if (comma := _comma(text, at)) is not None:
        message = f"a comma stands before {text[at : at + 1]!r}"
        return _placed(Spot().finds("json-trailing-comma", message), lines, comma)
    if at >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
        return _placed(Spot().finds("json-truncated", f"ends too early: {error.msg}"), lines, at)
    return _placed(Spot().finds("json-syntax", error.msg + _hint(text, at)), lines, at)


def _comma(text: str, at: int) -> int | None:
    """Where the comma stands, if the parser stopped at a bracket after one (or at the comma)."""
    if text[at : at + 1] == ",":
        return at if text[at + 1 : at + 200].lstrip()[:1] in ("]", "}") else None
    before = text[:at].rstrip()
    if text[at : at + 1] in ("]", "}") and before.endswith(","):
        return len(before) - 1
    return None


def _hint(text: str, at: int) -> str:
    if text.lstrip().startswith("<"):
        return "; this looks like XML or HTML, not JSON"
    if text.startswith("\x1e"):
        return "; this is a GeoJSON text sequence (RFC 8142), not a document"
    if text[at : at + 1] == "'":
        return "; JSON strings stand in double quotes"
    return ""


def _placed(finding: Finding, lines: Lines, at: int) -> Finding:
    line, column = lines.place(at)
    return replace(finding, place=Place(line=line, column=column))
