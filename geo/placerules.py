"""Rules on where positions lie: range, axis order, degrees or metres, decimals."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.chain import Chain
from geo.finding import Finding, Place

Flags = NDArray[np.bool_]
Coordinates = NDArray[np.float64]

_METRES = 400.0  # no slip of the pen in degrees is as big as that
_SURPLUS = 1e-10  # what is left over after rounding to 7 decimals, above the noise of doubles


def plain(position: list[Any]) -> bool:
    """Whether one position has no fault, said without arrays: a file of points has many."""
    if len(position) not in (2, 3) or not all(type(one) in (int, float) for one in position):
        return False
    lon, lat = position[:2]
    on_globe = -180 <= lon <= 180 and -90 <= lat <= 90 and (lon, lat) != (0, 0)
    return on_globe and round(lon, 7) == lon and round(lat, 7) == lat


def finite(chains: Sequence[Chain]) -> bool:
    """Whether all positions are finite; NaN is reported where the text is read."""
    return all(np.isfinite(chain.xy).all() for chain in chains)


def overflow_findings(chains: Sequence[Chain]) -> Iterator[Finding]:
    """Numbers such as 1e999, which JSON can write and a double cannot hold."""
    for chain in chains:
        for n in np.flatnonzero(np.isinf(chain.xy).any(axis=1)):
            yield chain.vertex(int(n)).finds("json-number", "a coordinate is too big for a double")


def range_findings(chains: Sequence[Chain]) -> Iterator[Finding]:
    """At most one finding for positions off the globe, with its likeliest cause, per geometry."""
    parts = [chain.xy for chain in chains if len(chain.xy)]
    if not parts:
        return
    xy = np.concatenate(parts)
    if not (_high(xy).any() or _wide(xy).any()):
        return
    rule, flags, why = _cause(xy)
    # The numbers are no place on the globe, so the finding points into the document only.
    for finding in _first(chains, rule, flags, why):
        yield replace(finding, place=Place(pointer=finding.place.pointer))


def care_findings(chains: Sequence[Chain]) -> Iterator[Finding]:
    """What is allowed but rarely meant: 0, 0; too many decimals; odd lengths of positions."""
    yield from _first(chains, "null-island", _zero, "is exactly 0, 0")
    yield from _first(chains, "precision", _fine, "has more than 7 decimals")
    sizes = sorted(frozenset[int]().union(*(chain.sizes for chain in chains)))
    if sizes and sizes[-1] > 3:
        yield chains[0].spot.finds("position-long", f"positions have up to {sizes[-1]} numbers")
    if len(sizes) > 1:
        yield chains[0].spot.finds("position-mixed", f"positions have {sizes[0]} to {sizes[-1]}")


def _cause(xy: Coordinates) -> tuple[str, Callable[[Coordinates], Flags], str]:
    if np.abs(xy).max() > _METRES:
        return "projected", _far, "looks like projected metres"
    if _high(xy).any() and np.abs(xy[:, 0]).max() <= 90 and np.abs(xy[:, 1]).max() <= 180:
        return "axes-swapped", _high, "would lie on the globe with its numbers swapped"
    if _high(xy).any():
        return "latitude-range", _high, "has a latitude beyond 90°"
    return "longitude-range", _wide, "has a longitude beyond 180°"


def _first(
    chains: Sequence[Chain], rule: str, flags: Callable[[Coordinates], Flags], why: str
) -> Iterator[Finding]:
    """One finding at the first flagged position, with the count of all."""
    hits = [(chain, np.flatnonzero(flags(chain.xy))) for chain in chains]
    hits = [(chain, where) for chain, where in hits if len(where)]
    if not hits:
        return
    chain, where = hits[0]
    n = int(where[0])
    lon, lat = chain.lonlat(n)
    count = sum(len(where) for _, where in hits)
    more = f" (and {count - 1} more of this geometry)" if count > 1 else ""
    yield chain.vertex(n).finds(rule, f"position {lon:g}, {lat:g} {why}{more}", (lon, lat))


def _high(xy: Coordinates) -> Flags:
    return np.abs(xy[:, 1]) > 90


def _wide(xy: Coordinates) -> Flags:
    return np.abs(xy[:, 0]) > 180


def _far(xy: Coordinates) -> Flags:
    return _high(xy) | _wide(xy)


def _zero(xy: Coordinates) -> Flags:
    return np.asarray((xy == 0).all(axis=1))


def _fine(xy: Coordinates) -> Flags:
    return np.asarray((np.abs(np.round(xy, 7) - xy) > _SURPLUS).any(axis=1))
