"""Rules on the ``bbox`` member: its form, its range, and whether it holds what it should."""

import math
from collections.abc import Iterator
from typing import Any

from geo.bbox import BBox
from geo.errors import BadBBox
from geo.finding import Finding
from geo.spot import Spot, shown

_SLACK = 1e-6  # degrees; boxes are often rounded


def bbox_findings(value: dict[str, Any], spot: Spot) -> Iterator[Finding]:
    """What is wrong with the ``bbox`` of a collection, feature or geometry, if it has one."""
    if "bbox" not in value:
        return
    given, here = value["bbox"], spot.down("bbox")
    if not _numbers(given):
        yield here.finds("bbox-shape", f"{shown(given)} is not an array of 4 or 6 numbers")
        return
    half = len(given) // 2
    box = BBox(float(given[0]), float(given[1]), float(given[half]), float(given[half + 1]))
    try:
        box.checked()
    except BadBBox as error:
        yield here.finds("bbox-range", str(error))
        return
    outside = next((p for p in _positions(value) if not _holds(box, *p)), None)
    if outside is not None:
        message = f"does not hold the position {outside[0]:g}, {outside[1]:g}"
        yield here.finds("bbox-disagrees", message, outside)


def _numbers(given: Any) -> bool:
    return (
        isinstance(given, list)
        and len(given) in (4, 6)
        and all(type(one) in (int, float) and math.isfinite(one) for one in given)
    )


def _holds(box: BBox, lon: float, lat: float) -> bool:
    west, east = box.west - _SLACK <= lon, lon <= box.east + _SLACK
    across = (west or east) if box.crosses else (west and east)
    return across and box.south - _SLACK <= lat <= box.north + _SLACK


def _positions(value: Any) -> Iterator[tuple[float, float]]:
    """Every position below ``value`` that lies on the globe; the rest has findings of its own."""
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            below = [one.get(k) for k in ("features", "geometry", "geometries", "coordinates")]
            stack.extend(below)
        elif isinstance(one, list) and len(one) >= 2 and _numeric(one):
            if abs(one[0]) <= 180 and abs(one[1]) <= 90:
                yield float(one[0]), float(one[1])
        elif isinstance(one, list):
            stack.extend(reversed(one))


def _numeric(position: list[Any]) -> bool:
    return type(position[0]) in (int, float) and type(position[1]) in (int, float)
