"""Rules on rings and polygons. Validity is that of shapely (GEOS), which names a place."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LinearRing, MultiPolygon, Polygon

from geo.chain import Chain
from geo.finding import Finding
from geo.linerules import edge_findings, jumps
from geo.spot import Spot

# What GEOS's IsValidOp calls each fault. Anything else is some form of self-intersection.
_REASONS = {
    "Hole lies outside shell": "hole-outside",
    "Holes are nested": "holes-nested",
    "Interior is disconnected": "interior-split",
    "Too few points in geometry component": "ring-flat",
    "Nested shells": "polygons-overlap",
}
_EXPLAINED = re.compile(r"(?P<reason>[^\[]+)\[(?P<lon>\S+) (?P<lat>\S+?)\]")


def polygon_findings(rings: Sequence[Chain], spot: Spot) -> Iterator[Finding]:
    """What is wrong with one polygon; ``rings`` are its shell and holes."""
    if not rings:
        yield spot.finds("coordinates-empty", "a polygon without rings")
    broken = [finding for ring in rings for finding in _closure(ring)]
    yield from broken
    if broken or not rings:
        return
    for n, ring in enumerate(rings):
        yield from edge_findings(ring)
        yield from _globe(ring)
        yield from _winding(ring, hole=n > 0)
    yield from _validity(_polygon(rings), rings, "self-intersection")


def polygons_findings(polygons: Sequence[Sequence[Chain]], spot: Spot) -> Iterator[Finding]:
    """What is wrong with a MultiPolygon: each part, and if these are sound, how they meet."""
    for n, rings in enumerate(polygons):
        yield from polygon_findings(rings, spot.down("coordinates", n))
    if any(_closure_broken(ring) for rings in polygons for ring in rings) or not all(polygons):
        return
    parts = [_polygon(rings) for rings in polygons]
    if bool(shapely.is_valid(parts).all()):
        flat = [ring for rings in polygons for ring in rings]
        yield from _validity(MultiPolygon(parts), flat, "polygons-overlap")


def _polygon(rings: Sequence[Chain]) -> Polygon:
    return Polygon(rings[0].xy, [ring.xy for ring in rings[1:]])


def _closure(ring: Chain) -> Iterator[Finding]:
    count = len(ring.xy)
    if count < 4:
        yield ring.spot.finds("ring-short", f"has {count} position(s)")
    elif not bool((ring.xy[0] == ring.xy[-1]).all()):
        (west, south), (east, north) = ring.lonlat(0), ring.lonlat(count - 1)
        message = f"begins at {west:.7g}, {south:.7g} and ends at {east:.7g}, {north:.7g}"
        yield ring.vertex(count - 1).finds("ring-open", message, (east, north))
    elif len(np.unique(ring.xy, axis=0)) < 3:
        yield ring.spot.finds("ring-flat", "has fewer than three places", ring.lonlat(0))


def _closure_broken(ring: Chain) -> bool:
    return next(_closure(ring), None) is not None


def _winding(ring: Chain, *, hole: bool) -> Iterator[Finding]:
    # In a ring that jumps across 180° or runs round a pole the plane shows the wrong side.
    if (
        jumps(ring.xy)
        or _open_round_pole(ring.xy)
        or bool(shapely.is_ccw(LinearRing(ring.xy))) != hole
    ):
        return
    if Polygon(ring.xy).area > 0:
        side = "a hole runs counter-clockwise" if hole else "a shell runs clockwise"
        yield ring.spot.finds("ring-winding", side, ring.lonlat(0))


def _globe(ring: Chain) -> Iterator[Finding]:
    lon, lat = ring.xy[:, 0], ring.xy[:, 1]
    if _open_round_pole(ring.xy):
        side = "north" if lat.mean() > 0 else "south"
        message = f"runs round the {side} pole without being closed over it"
        yield ring.spot.finds("pole-open", message, ring.lonlat(0))
    elif np.ptp(lon) > 180 and not _closed_over_pole(ring.xy) and not jumps(ring.xy):
        message = f"spans {np.ptp(lon):g}° of longitude"
        yield ring.spot.finds("ring-wide", message, ring.lonlat(0))


def _open_round_pole(xy: NDArray[np.float64]) -> bool:
    """Whether the longitudes, each step taken the short way, add up to a whole turn."""
    steps = np.diff(xy[:, 0])
    turn = float((steps - 360 * np.round(steps / 360)).sum())
    return abs(turn) > 180 and not _closed_over_pole(xy)


def _closed_over_pole(xy: NDArray[np.float64]) -> bool:
    return int((np.abs(xy[:, 1]) == 90).sum()) >= 2


def _validity(
    shape: Polygon | MultiPolygon, rings: Sequence[Chain], otherwise: str
) -> Iterator[Finding]:
    if shape.is_valid:
        return
    text = shapely.is_valid_reason(shape)
    found = _EXPLAINED.match(text)
    if not found:
        yield rings[0].spot.finds(otherwise, text)
        return
    place = (float(found["lon"]), float(found["lat"]))
    rule = _REASONS.get(found["reason"], otherwise)
    near = _nearest(rings, np.array(place))
    message = f"{found['reason']} at {place[0]:.7g}, {place[1]:.7g} (the first such place)"
    yield near.finds(rule, message, place)


def _nearest(rings: Sequence[Chain], place: NDArray[np.float64]) -> Spot:
    """The vertex at which the edge begins that runs closest to ``place``."""
    best, spot = np.inf, rings[0].spot
    for ring in rings:
        edges = shapely.linestrings(np.stack([ring.xy[:-1], ring.xy[1:]], axis=1))
        away = np.atleast_1d(shapely.distance(edges, shapely.Point(place)))
        n = int(np.argmin(away))
        if away[n] < best:
            best, spot = float(away[n]), ring.vertex(n)
    return spot
