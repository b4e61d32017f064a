"""A level of one collection in which some features are those of another: drawn, not copied."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.grid import Bounds
from geo.strings import Strings
from layers.level import Flags, Geometries, Level, Metres, Numbers


class Amended(Level):
    """``level`` with the features ``numbers`` as in ``other``, which numbers its features alike.

    What two features share comes from ``other`` if it has changed for one of them.
    """

    def __init__(self, level: Level, other: Level, numbers: frozenset[int]) -> None:
        self.plane = level.plane
        self.resolution = level.resolution
        self._level, self._other = level, other
        self._changed = np.array(sorted(numbers), dtype=np.int64)

    @property
    def has_areas(self) -> bool:
        """Whether there is any area."""
        return self._level.has_areas or self._other.has_areas

    @property
    def has_lines(self) -> bool:
        """Whether any line is drawn, outlines of areas aside."""
        return self._level.has_lines or self._other.has_lines

    @property
    def has_points(self) -> bool:
        """Whether any point is drawn."""
        return self._level.has_points or self._other.has_points

    def areas(
        self, window: Bounds, wanted: Sequence[int] | None = None
    ) -> tuple[Geometries, Numbers]:
        """As `Level.areas`."""
        shapes, owner = self._both(lambda level: level.areas(window, wanted))
        return shapes, owner

    def fills(self, window: Bounds, wanted: Flags | None = None) -> tuple[Metres, Numbers, Numbers]:
        """As `Level.fills`."""
        points, starts, owners = [], [np.zeros(1, dtype=np.int64)], []
        for level, changed in ((self._level, False), (self._other, True)):
            at, begins, owner = level.fills(window, wanted)
            mine = self._has_changed(owner) == changed
            sizes = np.diff(begins)
            points.append(at[np.repeat(mine, sizes)])
            starts.append(sizes[mine])
            owners.append(owner[mine])
        return np.concatenate(points), np.cumsum(np.concatenate(starts)), np.concatenate(owners)

    def torn(self, window: Bounds) -> bool:
        """As `Level.torn`."""
        return self._level.torn(window) or self._other.torn(window)

    def strings(self, window: Bounds) -> tuple[Metres, Numbers, Numbers]:
        """As `Level.strings`."""
        points, which, owners = [], list[Numbers](), list[Numbers]()
        for level, changed in ((self._level, False), (self._other, True)):
            at, piece, owner = level.strings(window)
            mine = self._has_changed(owner) == changed
            points.append(at[mine[piece]])
            which.append((np.cumsum(mine) - 1 + sum(map(len, owners)))[piece[mine[piece]]])
            owners.append(owner[mine])
        return np.concatenate(points), np.concatenate(which), np.concatenate(owners)

    def points(self, window: Bounds) -> tuple[Metres, Numbers]:
        """As `Level.points`."""
        places, owner = self._both(lambda level: level.points(window))
        return places, owner

    def _own(self, window: Bounds, cut: bool, wanted: Flags | None = None) -> Strings:
        one, other = (each._own(window, cut, wanted) for each in (self._level, self._other))
        return self._mixed(one, other)

    def _rims(
        self, window: Bounds, cut: bool, wanted: Flags | None = None, *, shared: bool = False
    ) -> Strings:
        one, other = (
            each._rims(window, cut, wanted, shared=shared) for each in (self._level, self._other)
        )
        return self._mixed(one, other)

    def _mixed(self, one: Strings, other: Strings) -> Strings:
        """Of each the lines that it answers for."""
        if len(one):
            one = one.chosen(~self._has_changed(one.numbers))
        if not len(other):
            return one
        return Strings.joined([one, other.chosen(self._has_changed(other.numbers))])

    def _both(self, ask: Callable[[Level], tuple[npt.NDArray[Any], ...]]) -> list[npt.NDArray[Any]]:
        """What is asked of each: of it the part that it answers for. Second stands whose it is."""
        one, other = ask(self._level), ask(self._other)
        kept, taken = ~self._has_changed(one[1]), self._has_changed(other[1])
        return [np.concatenate([a[kept], b[taken]]) for a, b in zip(one, other, strict=True)]

    def _has_changed(self, owner: Numbers) -> npt.NDArray[np.bool_]:
        """For each owner, or for each pair of them."""
        found = np.isin(owner, self._changed)
        return found if found.ndim == 1 else np.asarray(found.any(axis=1))
