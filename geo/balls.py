"""Balls in space around the members of many lines, and the numbers that count through them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.eye import Eye
from geo.geodesic import GEOD

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

_START = np.zeros(1, dtype=np.int64)
_EXACT_M = 0.1  # what the law of cosines leaves open at the size of the earth


@dataclass(frozen=True, slots=True)
class Balls:
    """Balls in space, each around the members ``first`` to ``last`` of one line.

    ``middle`` has shape (n, 3), ``square`` its distance to the earth's centre squared. Balls stand
    in the order of the lines (``owner``) and of the sets that these belong to (``of``).
    """

    middle: Numbers
    square: Numbers
    radius: Numbers
    first: Places
    last: Places
    owner: Places
    of: Places

    def away(self, eye: Eye, some: Any = slice(None)) -> Numbers:
        """The distance from the eye to the middle of each ball or of some."""
        square = self.square[some] - self.middle[some] @ (2 * eye.space)
        square += eye.space @ eye.space
        return np.asarray(np.sqrt(np.maximum(square, 0.0)))


def balls_around(
    ends: tuple[Numbers, Numbers], radius: Any, first: Places, owner: Places, sets: Places
) -> Balls:
    """A ball around each run of members, which begin at ``first``.

    ``ends``, each of shape (n, 3), are the two ends of every member, ``radius`` is how far it
    reaches beyond them, ``owner`` its line, and ``sets`` the set of each line.
    """
    low, high = ends
    if not len(first):
        none = np.zeros(0, dtype=np.int64)
        return Balls(np.zeros((0, 3)), np.zeros(0), np.zeros(0), none, none, none, none)
    last = np.append(first[1:], len(low))
    least = np.minimum.reduceat(np.minimum(low, high), first)
    most = np.maximum.reduceat(np.maximum(low, high), first)
    middle = (least + most) / 2
    around = np.repeat(middle, last - first, axis=0)
    far = np.maximum(lengths(low - around), lengths(high - around)) + radius
    size = np.maximum.reduceat(far, first) + _EXACT_M
    own = owner[first]
    return Balls(middle, np.einsum("ij,ij->i", middle, middle), size, first, last, own, sets[own])


def space(points: Numbers) -> Numbers:
    """Geocentric metres, shape (n, 3), of longitudes and latitudes in degrees, shape (n, 2)."""
    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    across = GEOD.a / np.sqrt(1 - GEOD.es * np.sin(lat) ** 2)
    flat = across * np.cos(lat)
    up = across * (1 - GEOD.es) * np.sin(lat)
    return np.column_stack([flat * np.cos(lon), flat * np.sin(lon), up])


def curve(points: Numbers) -> Places:
    """Places along a curve through space (Morton, 1966) on which near points mostly are near."""
    steps = ((points / GEOD.a + 1.0) * 511.5).astype(np.int64)
    code = np.zeros(len(points), dtype=np.int64)
    for bit in range(10):
        for axis in range(3):
            code |= ((steps[:, axis] >> bit) & 1) << (3 * bit + axis)
    return code


def lengths(vectors: Numbers) -> Numbers:
    """The length of each vector, shape (n,)."""
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", vectors, vectors)))


def firsts_of(of: Places, most: int) -> Places:
    """Where each run of at most ``most`` equal numbers begins."""
    count = np.arange(len(of))
    begins = np.diff(of, prepend=-1) != 0
    since = count - np.maximum.accumulate(np.where(begins, count, 0))
    return np.flatnonzero(since % most == 0)


def blocks_of(owner: Places) -> tuple[Places, Places]:
    """Where each line begins in a rising list that is not empty, and how many members it has."""
    if owner[0] == owner[-1]:
        return _START, np.array([len(owner)])
    ends = np.append(np.flatnonzero(owner[1:] != owner[:-1]) + 1, len(owner))
    firsts = np.append(_START, ends[:-1])
    return firsts, ends - firsts


def ranges(first: Places, last: Places) -> Places:
    """The whole numbers from each first up to its last, one run behind the other."""
    if len(first) <= 1:
        return np.arange(first[0], last[0]) if len(first) else np.zeros(0, dtype=np.int64)
    widths = last - first
    ends = np.cumsum(widths)
    return np.asarray(np.arange(int(ends[-1])) + np.repeat(first - (ends - widths), widths))
