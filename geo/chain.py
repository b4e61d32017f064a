"""Chains of positions as arrays, each with its place in the document."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.finding import Finding
from geo.spot import Spot, shown

DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
_SHAPES = (
    "a position, [lon, lat]",
    "an array of positions, [[lon, lat], …]",
    "an array of lines or rings, [[[lon, lat], …], …]",
    "an array of polygons, [[[[lon, lat], …], …], …]",
)
_NUMBERS = frozenset({int, float})


@dataclass(frozen=True, slots=True)
class Chain:
    """Positions that follow each other: ``xy`` is (n, 2), lon and lat; ``sizes`` their lengths."""

    spot: Spot
    xy: NDArray[np.float64]
    sizes: frozenset[int]
    single: bool = False

    def vertex(self, n: int) -> Spot:
        """The spot of the n-th position."""
        return self.spot if self.single else self.spot.down(n)

    def lonlat(self, n: int) -> tuple[float, float]:
        """The n-th position."""
        return float(self.xy[n, 0]), float(self.xy[n, 1])


def read_chains(kind: str, coordinates: Any, spot: Spot) -> tuple[list[Chain], list[Finding]]:
    """The chains of a geometry's coordinates in document order, or what makes them unreadable.

    NaN, which is reported where the text is read, and numbers beyond a double end it silently.
    """
    depth = DEPTHS[kind]
    wrong = _depth_fault(coordinates, depth, spot, kind)
    if wrong is not None:
        return [], [wrong]
    chains: list[Chain] = []
    for value, place in _lists(coordinates, max(depth - 1, 0), spot):
        positions = [value] if depth == 0 else value
        if not _sound(positions):
            return [], list(_faults(positions, place, depth))
        chains.append(_chain(positions, place, single=depth == 0))
    return chains, []


def _chain(positions: list[Any], spot: Spot, *, single: bool) -> Chain:
    flat = [(float(one[0]), float(one[1])) for one in positions]
    xy = np.array(flat, dtype=np.float64).reshape(len(flat), 2)
    return Chain(spot, xy, frozenset(map(len, positions)), single)


def _lists(value: Any, depth: int, spot: Spot) -> Iterator[tuple[Any, Spot]]:
    """The arrays ``depth`` levels below, which `_depth_fault` has found to be arrays."""
    if depth == 0:
        yield value, spot
        return
    for n, part in enumerate(value):
        yield from _lists(part, depth - 1, spot.down(n))


def _depth_fault(value: Any, depth: int, spot: Spot, kind: str) -> Finding | None:
    """The first place where brackets are missing or too many, down to the positions."""
    if not isinstance(value, list):
        return spot.finds(
            "coordinates-depth", f"{shown(value)} stands where {kind} has {_SHAPES[depth]}"
        )
    if depth == 0:
        if value and isinstance(value[0], list):
            message = f"{kind} has {_SHAPES[0]} here, but this nests deeper"
            return spot.finds("coordinates-depth", message)
        return None
    parts = ((part, spot.down(n)) for n, part in enumerate(value) if not _flat_enough(part, depth))
    return next((f for part, at in parts if (f := _depth_fault(part, depth - 1, at, kind))), None)


def _flat_enough(part: Any, depth: int) -> bool:
    """A quick look at the common case, a position in a chain, so that big files stay quick."""
    return depth == 1 and type(part) is list and (not part or type(part[0]) is not list)


def _sound(positions: list[Any]) -> bool:
    return _NUMBERS.issuperset(type(v) for one in positions for v in one) and all(
        len(one) >= 2 for one in positions
    )


def _faults(positions: list[Any], spot: Spot, depth: int) -> Iterator[Finding]:
    for n, position in enumerate(positions):
        here = spot if depth == 0 else spot.down(n)
        if strange := [v for v in position if type(v) not in _NUMBERS]:
            yield here.finds("coordinates-number", f"{shown(strange[0])} is not a number")
        elif len(position) < 2:
            yield here.finds("position-short", f"{len(position)} number(s) do not make a position")
