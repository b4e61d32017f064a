"""Rules on every value of a JSON document, whatever it means: depth, names, strings, numbers."""

import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

from geo.finding import Finding
from geo.jsontext import Twice
from geo.spot import Spot, label_of

DEEPEST = 64  # levels of brackets; a MultiPolygon in a FeatureCollection has 8

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

_HARMLESS = frozenset({int, bool, type(None)})

Route = tuple[Any, ...]  # (route of the holder, step) back to (): a pointer not yet written out


def value_findings(document: Any) -> Iterator[Finding]:
    """What is wrong with single values. Coordinates are left to the rules on positions."""
    stack: list[tuple[Any, Route, int]] = [(document, (), 0)]
    while stack:
        value, route, depth = stack.pop()
        yield from _of_one(document, value, route)
        if depth > DEEPEST:
            yield _spot(document, route).finds("json-depth", f"nests deeper than {DEEPEST} levels")
            continue
        below = [(v, (route, k), depth + 1) for k, v in _members(value) if _worth(k, v)]
        stack += below[::-1]


def _members(value: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _worth(name: Any, value: Any) -> bool:
    """Positions, most numbers and plain strings need no look; they are nearly all of a file."""
    if name == "coordinates" or type(value) in _HARMLESS:
        return False
    return not (type(value) is str and value.isprintable())


def _of_one(document: Any, value: Any, route: Route) -> Iterator[Finding]:
    if isinstance(value, str):
        yield from _of_text(document, value, route)
    elif isinstance(value, float) and math.isinf(value):
        yield _spot(document, route).finds("json-number", "the number is too big for a double")
    elif isinstance(value, dict):
        for name in value:
            if not name.isprintable():
                yield from _of_text(document, name, (route, name))
    if isinstance(value, Twice):
        for name in value.names:
            yield _spot(document, (route, name)).finds(
                "json-duplicate-key", f"the name {name!r} repeats"
            )


def _of_text(document: Any, text: str, route: Route) -> Iterator[Finding]:
    if found := _SURROGATE.search(text):
        message = f"half of a surrogate pair, U+{ord(found.group()):04X}"
        yield _spot(document, route).finds("text-surrogate", message)
    if found := _CONTROL.search(text):
        yield _spot(document, route).finds(
            "text-control", f"control character U+{ord(found.group()):04X}"
        )


def _steps(route: Route) -> list[Any]:
    steps: list[Any] = []
    while route:
        route, step = route
        steps.append(step)
    return steps[::-1]


def _spot(document: Any, route: Route) -> Spot:
    steps = _steps(route)
    return Spot(feature=_feature(document, steps)).down(*steps)


def _feature(document: Any, steps: list[Any]) -> str:
    """The label of the feature that the steps lead into, if they do."""
    if isinstance(document, dict) and document.get("type") == "Feature":
        return label_of(document, 0)
    if len(steps) > 1 and steps[0] == "features" and isinstance(steps[1], int):
        return label_of(document["features"][steps[1]], steps[1])
    return ""
