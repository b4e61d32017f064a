"""Geometry in whole tile units as the command integers of Mapbox Vector Tile 2.1, section 4.3.

All vertices of a tile are encoded at once. Coordinates are in tile units, x to the right and y
down; shells then run so that their area by the surveyor's formula is positive, holes the other
way (section 4.3.3.3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.varint import Integers, Words, placed_varints, zigzag

POINT, LINE, POLYGON = 1, 2, 3  # the GeomType of section 4.3.4
MOVE_TO, LINE_TO, _CLOSE = 1, 2, 15  # 15: ClosePath, once
_KINDS = {POINT: (0, 4), LINE: (1, 5), POLYGON: (3, 6)}  # shapely's type ids, simple and multi
Geometries = npt.NDArray[np.object_]
Places = npt.NDArray[np.signedinteger[Any]]


@dataclass(frozen=True)
class Commands:
    """The command integers of features of one kind; feature i has offsets[i] to offsets[i + 1]."""

    kind: int
    numbers: Integers  # the feature number of each
    integers: Words
    offsets: Integers

    def __len__(self) -> int:
        """How many features there are."""
        return len(self.numbers)

    @property
    def written(self) -> "Written":
        """As bytes."""
        octets, starts = placed_varints(self.integers)
        ends = [*starts[self.offsets[:-1]].tolist(), len(octets)]
        return Written(self.kind, self.numbers, [octets[a:b] for a, b in pairwise(ends)])


@dataclass(frozen=True, slots=True)
class Written:
    """The geometry of features of one kind as it stands in their messages."""

    kind: int
    numbers: Integers  # the feature number of each
    octets: Sequence[bytes]

    def __len__(self) -> int:
        """How many features there are."""
        return len(self.numbers)

    @property
    def written(self) -> "Written":
        """Itself."""
        return self

    @classmethod
    def of(cls, kind: int, numbers: Integers, pieces: Sequence[bytes]) -> "Written":
        """Pieces, of which those of one feature stand together."""
        first = _starts(numbers)
        if len(first) == len(numbers):
            return cls(kind, numbers, pieces)
        ends = [*first.tolist(), len(pieces)]
        return cls(kind, numbers[first], [b"".join(pieces[a:b]) for a, b in pairwise(ends)])


Part = Commands | Written


@dataclass(frozen=True)
class Paths:
    """Lines or rings: path i has ``counts[i]`` of the ``points`` and is of ``numbers[i]``.

    A ring comes without its last point, which repeats the first.
    """

    points: Places  # shape (n, 2)
    counts: Integers
    numbers: Integers

    def chosen(self, keep: npt.NDArray[np.bool_]) -> "Paths":
        """Only the paths that ``keep`` is true for."""
        if keep.all():
            return self
        points = self.points[np.repeat(keep, self.counts)]
        return Paths(points, self.counts[keep], self.numbers[keep])


def of_kind(geometries: Geometries, kind: int) -> npt.NDArray[np.bool_]:
    """Which of the geometries are points, lines or polygons, simple or multi, and not empty."""
    simple, multi = _KINDS[kind]
    types = shapely.get_type_id(geometries)
    found: npt.NDArray[np.bool_] = (types == simple) | (types == multi)
    return found & ~shapely.is_empty(geometries)


def point_commands(positions: Places, numbers: Integers) -> Commands:
    """Points, shape (n, 2); those of one feature stand together and become one MultiPoint."""
    starts = _starts(numbers)
    counts = np.diff(np.append(starts, len(numbers)))
    offsets = np.concatenate(([0], np.cumsum(2 * counts + 1)))
    steps = zigzag(_steps(positions, starts))
    out = np.empty(int(offsets[-1]), dtype=np.uint32)
    at = 2 * np.arange(len(positions)) + 1 + np.repeat(np.arange(len(starts)), counts)
    out[at], out[at + 1] = steps[:, 0], steps[:, 1]
    out[offsets[:-1]] = counts << 3 | MOVE_TO
    return Commands(POINT, numbers[starts], out, offsets)


def path_commands(kind: int, paths: Paths) -> Commands:
    """Lines or rings; those of one feature stand together, a shell before its holes."""
    points, counts, numbers = paths.points, paths.counts, paths.numbers
    starts = counts.cumsum() - counts
    first = _starts(numbers)  # the first path of each feature
    steps = zigzag(_steps(points, starts[first]))
    closing = int(kind == POLYGON)
    more = (2 + closing) * np.arange(len(counts))  # MoveTo x y LineTo x y …, and ClosePath
    begins = 2 * starts + more
    out = np.empty(2 * len(points) + (2 + closing) * len(counts), dtype=np.uint32)
    at = 2 * np.arange(len(points)) + (more + 2).repeat(counts)
    at[starts] -= 1  # the first point of a path stands before its LineTo
    out[at], out[at + 1] = steps[:, 0], steps[:, 1]
    out[begins] = 1 << 3 | MOVE_TO
    out[begins + 3] = (counts - 1) << 3 | LINE_TO
    if closing:
        out[begins + 2 * counts + 2] = _CLOSE
    offsets = np.concatenate((begins[first], [len(out)]))
    return Commands(kind, numbers[first], out, offsets)


def joined(parts: Sequence[Commands]) -> tuple[Words, Integers, Integers, Integers]:
    """Integers, offsets, feature numbers and kinds of several kinds, one after the other."""
    if len(parts) == 1:
        (part,) = parts
        return part.integers, part.offsets, part.numbers, np.full(len(part), part.kind)
    integers = np.concatenate([part.integers for part in parts])
    sizes = np.concatenate([np.diff(part.offsets) for part in parts])
    kinds = np.repeat([part.kind for part in parts], [len(part) for part in parts])
    numbers = np.concatenate([part.numbers for part in parts])
    return integers, np.concatenate(([0], np.cumsum(sizes))), numbers, kinds


def _starts(numbers: Integers) -> Integers:
    """Where a new number begins."""
    new = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=new[1:])
    return new.nonzero()[0]


def _steps(points: Places, starts: Integers) -> Places:
    """From each point to the next; the cursor begins at (0, 0) with each feature."""
    steps = np.empty_like(points)
    steps[:1] = points[:1]
    steps[1:] = points[1:] - points[:-1]
    steps[starts] = points[starts]
    return steps
