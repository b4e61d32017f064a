"""Many lines with whose they are and where each begins: for drawing, without a geometry of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import shapely

from geo.paths import Paths

Numbers = npt.NDArray[np.int64]
Lengths = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class Strings:
    """Line i of ``paths`` belongs to ``numbers[i]`` and begins ``along[i]`` from the start of the
    whole line that it is a piece of.

    ``numbers`` has the shape (n, 2) where each line lies between two owners.
    """

    paths: Paths
    numbers: Numbers
    along: Lengths

    @classmethod
    def of(cls, shapes: npt.NDArray[np.object_], numbers: Numbers, along: Lengths) -> Self:
        """From line strings."""
        return cls(Paths.of_lines(shapes), numbers, along)

    @classmethod
    def none(cls, owners: int = 1) -> Self:
        """No line at all, of one owner or between two."""
        shape = (0, owners) if owners > 1 else 0
        return cls(Paths.none(), np.zeros(shape, dtype=np.int64), np.zeros(0))

    def __len__(self) -> int:
        return len(self.paths)

    @property
    def which(self) -> Numbers:
        """For each point its line."""
        return np.repeat(np.arange(len(self)), np.diff(self.paths.offsets))

    @property
    def shapes(self) -> npt.NDArray[np.object_]:
        """The lines as line strings."""
        if not len(self):
            return np.zeros(0, dtype=object)
        return np.asarray(shapely.linestrings(self.paths.points, indices=self.which))

    def chosen(self, which: Flags) -> "Strings":
        """The lines for which ``which`` holds."""
        if which.all():
            return self
        return Strings(self.paths.chosen(which), self.numbers[which], self.along[which])

    @staticmethod
    def joined(several: Iterable["Strings"]) -> "Strings":
        """The lines of all, in their order; there must be one at least."""
        every = list(several)
        held = [one for one in every if len(one)] or every[:1]
        if len(held) == 1:
            return held[0]
        return Strings(
            Paths.joined([one.paths for one in held]),
            np.concatenate([one.numbers for one in held]),
            np.concatenate([one.along for one in held]),
        )
