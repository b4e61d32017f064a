"""Rules on chains of positions as lines: repeats, spikes, long edges, poles."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from geo.chain import Chain
from geo.finding import Finding

_STRAIGHT_BACK = np.cos(np.radians(179.9))  # a turn sharper than this is a spike


def line_findings(chain: Chain) -> Iterator[Finding]:
    """What is wrong with a LineString, or with one part of a MultiLineString."""
    count = len(chain.xy)
    if count < 2:
        yield chain.spot.finds("line-short", f"has {count} position(s)")
    elif bool((chain.xy == chain.xy[0]).all()):
        message = f"all {count} positions are the same"
        yield chain.spot.finds("line-flat", message, chain.lonlat(0))
    else:
        yield from edge_findings(chain)


def edge_findings(chain: Chain) -> Iterator[Finding]:
    """What is wrong with the edges of a line or a closed ring; one finding for each rule."""
    yield from _at(chain, "vertex-duplicate", _repeats(chain.xy), "repeats the one before")
    yield from _at(chain, "spike", _spikes(chain.xy), "is the tip of a spike")
    long = _long(chain.xy)
    yield from _at(chain, "crosses-180", long, "ends an edge of more than 180° of longitude")
    yield from _at(chain, "pole-vertex", _poles(chain.xy), "is a pole that is reached aslant")


def jumps(xy: NDArray[np.float64]) -> bool:
    """Whether the chain jumps across 180° instead of being cut there."""
    return len(_long(xy)) > 0


def _at(chain: Chain, rule: str, where: NDArray[np.intp], why: str) -> Iterator[Finding]:
    if len(where):
        n = int(where[0])
        lon, lat = chain.lonlat(n)
        more = f" (and {len(where) - 1} more)" if len(where) > 1 else ""
        yield chain.vertex(n).finds(rule, f"vertex {lon:g}, {lat:g} {why}{more}", (lon, lat))


def _repeats(xy: NDArray[np.float64]) -> NDArray[np.intp]:
    return np.flatnonzero((xy[1:] == xy[:-1]).all(axis=1)) + 1


def _spikes(xy: NDArray[np.float64]) -> NDArray[np.intp]:
    """Vertices where the line goes back the way it came; a closed chain turns at its end too."""
    if len(xy) < 3:
        return np.empty(0, dtype=np.intp)
    closed = bool((xy[0] == xy[-1]).all())
    ring = np.concatenate([xy, xy[1:2]]) if closed else xy
    legs = np.diff(ring, axis=0)
    sizes = np.hypot(legs[:, 0], legs[:, 1])
    dots = (legs[:-1] * legs[1:]).sum(axis=1)
    products = sizes[:-1] * sizes[1:]
    sharp = (products > 0) & (dots < _STRAIGHT_BACK * products)
    return np.flatnonzero(sharp) + 1


def _long(xy: NDArray[np.float64]) -> NDArray[np.intp]:
    """Ends of edges longer than 180°, but for those along a pole or between -180° and 180°.

    The latter two are how a ring is closed over a pole, and how a box round the globe is drawn.
    """
    if len(xy) < 2:
        return np.empty(0, dtype=np.intp)
    wide = np.abs(np.diff(xy[:, 0])) > 180
    lon, lat = np.abs(xy[:, 0]), np.abs(xy[:, 1])
    along_pole = (lat[1:] == 90) & (lat[:-1] == 90)
    whole = (lon[1:] == 180) & (lon[:-1] == 180)
    return np.flatnonzero(wide & ~along_pole & ~whole) + 1


def _poles(xy: NDArray[np.float64]) -> NDArray[np.intp]:
    """Vertices at ±90° with a neighbour that is neither at the pole nor on the same meridian."""
    if len(xy) < 2 or not (np.abs(xy[:, 1]) == 90).any():
        return np.empty(0, dtype=np.intp)
    polar = np.abs(xy[:, 1]) == 90
    aslant = (xy[1:, 0] != xy[:-1, 0]) & (polar[1:] != polar[:-1])
    pole = np.where(polar[1:], np.arange(1, len(xy)), np.arange(len(xy) - 1))
    return np.unique(pole[aslant])
