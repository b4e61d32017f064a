"""Whose each face is: by what lies within 200 M of whom, the agreed lines, and a few rules more."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from layers.arctic_zones.lines import Side, flat

Mask = npt.NDArray[np.bool_]

NOBODY = ""  # not sea, or not studied
HIGH_SEAS = "HS"
STRAY_M = 3_000.0  # no computed limit is further than this from where an agreed line ends


@dataclass(frozen=True)
class Pair:
    """Two neighbours, the side of the first, and what becomes of sea beyond the line."""

    first: str
    second: str
    side: Side
    beyond: str | None = None
    where: Polygon | None = None


@dataclass(frozen=True)
class Overlap:
    """A sea that two states claim by lines of their own."""

    id: str
    where: Polygon
    claims: dict[str, Side]


def pair(entry: dict[str, Any], side: Side) -> Pair:
    """The pair of an entry of `plan.toml`."""
    where = Polygon(flat(entry["where"])) if "where" in entry else None
    return Pair(entry["first"], entry["second"], side, entry.get("beyond"), where)


def owners(
    points: npt.NDArray[np.object_],
    reach: dict[str, BaseGeometry],
    pairs: list[Pair],
    yields: list[dict[str, str]],
    overlap: Overlap,
) -> npt.NDArray[np.str_]:
    """For each point of the sea whose it is.

    A label is a state, `HIGH_SEAS`, the id of the overlap, ``A>B`` for sea that a treaty gives
    to B although only A has it within 200 M, or several states joined by ``+`` where no rule
    decides between them.
    """
    within = {state: _inside(shape, points) for state, shape in reach.items()}
    kept = {state: mask.copy() for state, mask in within.items()}
    given: list[tuple[str, Mask]] = []
    for one in pairs:
        given += _divide(one, points, within, kept)
    for entry in yields:
        kept[entry["state"]] &= ~within[entry["to"]]
    both = _overlapping(overlap, points, within, kept)
    labels = np.full(len(points), HIGH_SEAS, dtype="<U40")
    for state, mask in kept.items():
        labels = np.where(mask, _plus(labels, state), labels)
    for label, mask in given:
        alone = mask & np.isin(labels, [HIGH_SEAS, *label.split(">")])
        labels = np.where(alone, label, labels)
    return np.where(both, overlap.id, labels)


def astray(
    points: npt.NDArray[np.object_],
    reach: dict[str, BaseGeometry],
    pairs: list[Pair],
    labels: npt.NDArray[np.str_],
) -> Mask:
    """Whose owner has it beyond a line agreed with a neighbour, only because the neighbour's
    computed 200 M end a little short of the line.
    """
    found = np.zeros(len(points), dtype=bool)
    for one in pairs:
        ours = _inside(one.side.area, points)
        line = shapely.MultiLineString([line.points for line in one.side.lines])
        near = shapely.dwithin(points, line, STRAY_M)
        for state, other, beyond in ((one.first, one.second, ~ours), (one.second, one.first, ours)):
            found |= near & beyond & (labels == state) & ~_inside(reach[other], points)
    return found


def _plus(labels: npt.NDArray[np.str_], state: str) -> npt.NDArray[np.str_]:
    more = np.char.add(np.char.add(labels, "+"), state)
    return np.where(labels == HIGH_SEAS, state, more)


def _divide(
    one: Pair, points: npt.NDArray[np.object_], within: dict[str, Mask], kept: dict[str, Mask]
) -> list[tuple[str, Mask]]:
    """Take from each what lies on the other's side; what a treaty gives away in return."""
    a, b = one.first, one.second
    ours = _inside(one.side.area, points)
    here = np.ones(len(points), dtype=bool) if one.where is None else _inside(one.where, points)
    a_beyond, b_beyond = here & ~ours & within[a], here & ours & within[b]
    if one.beyond is None:  # the line divides what both have, and binds nobody elsewhere
        a_beyond, b_beyond = a_beyond & within[b], b_beyond & within[a]
    kept[a] &= ~a_beyond
    kept[b] &= ~b_beyond
    given = []
    if one.beyond in ("both", "second"):
        given.append((f"{a}>{b}", a_beyond & ~within[b]))
    if one.beyond == "both":
        given.append((f"{b}>{a}", b_beyond & ~within[a]))
    return given


def _overlapping(
    overlap: Overlap,
    points: npt.NDArray[np.object_],
    within: dict[str, Mask],
    kept: dict[str, Mask],
) -> Mask:
    """Cut each claimant back to its own line, and say where both still stand."""
    here = _inside(overlap.where, points)
    both = here.copy()
    for state, side in overlap.claims.items():
        claimed = within[state] & _inside(side.area, points)
        kept[state] &= ~here | claimed
        both &= claimed
    return both


def _inside(shape: BaseGeometry, points: npt.NDArray[np.object_]) -> Mask:
    shapely.prepare(shape)
    return np.asarray(shapely.contains(shape, points))
