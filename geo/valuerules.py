"""Rules on every value of a JSON document, whatever it means: depth, names, strings, numbers."""

import math
import re
from collections.abc import Iterator
from typing import Any

from geo.finding import Finding
from geo.jsontext import Twice
from geo.spot import Spot

DEEPEST = 64  # levels of brackets; a MultiPolygon in a FeatureCollection has 8

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

Chain = tuple[Any, ...]  # (chain of the holder, step) back to (): a pointer not yet written out


def value_findings(document: Any) -> Iterator[Finding]:
    """What is wrong with single values. Coordinates are left to the rules on positions."""
    stack: list[tuple[Any, Chain, int]] = [(document, (), 0)]
    while stack:
        value, chain, depth = stack.pop()
        yield from _of_one(value, chain)
        if depth > DEEPEST:
            yield _spot(chain).finds("json-depth", f"nests deeper than {DEEPEST} levels")
            continue
        below = [(v, (chain, k), depth + 1) for k, v in _members(value) if _worth(k, v)]
        stack.extend(reversed(below))


def _members(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _worth(name: Any, value: Any) -> bool:
    """Positions and small numbers need no look; they are nearly all of a big file."""
    if name == "coordinates":
        return False
    return type(value) not in (int, bool, type(None))


def _of_one(value: Any, chain: Chain) -> Iterator[Finding]:
    if isinstance(value, str):
        yield from _of_text(value, chain)
    elif isinstance(value, float) and math.isinf(value):
        yield _spot(chain).finds("json-number", "the number is too big for a double")
    elif isinstance(value, dict):
        for name in value:
            yield from _of_text(name, (chain, name))
    if isinstance(value, Twice):
        for name in value.names:
            yield _spot((chain, name)).finds("json-duplicate-key", f"the name {name!r} repeats")


def _of_text(text: str, chain: Chain) -> Iterator[Finding]:
    if text.isprintable():
        return
    if found := _SURROGATE.search(text):
        message = f"half of a surrogate pair, U+{ord(found.group()):04X}"
        yield _spot(chain).finds("text-surrogate", message)
    if found := _CONTROL.search(text):
        yield _spot(chain).finds("text-control", f"control character U+{ord(found.group()):04X}")


def _spot(chain: Chain) -> Spot:
    steps: list[Any] = []
    while chain:
        chain, step = chain
        steps.append(step)
    steps.reverse()
    return Spot(feature=_feature(steps)).down(*steps)


def _feature(steps: list[Any]) -> str:
    return f"#{steps[1]}" if len(steps) > 1 and steps[0] == "features" else ""
