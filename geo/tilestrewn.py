"""The points of a square of tiles on the lattice of these tiles."""

from dataclasses import dataclass

import numpy as np

from geo.creases import Creases, Filed, Indices, Units
from geo.mvtgeometry import Commands, point_commands
from geo.tilepaths import rounded
from geo.varint import Integers


@dataclass(frozen=True)
class Spots:
    """Points in units from the sheet's corner, by number."""

    points: Indices
    numbers: Integers
    filed: Filed

    @classmethod
    def of(cls, points: Units, numbers: Integers, span: int) -> "Spots":
        """Points in units, and the number of each."""
        creases = Creases(span)
        order = np.argsort(numbers, kind="stable")
        at = rounded(points[order])
        filed = Filed.of(creases, creases.places(at), np.arange(len(at)))
        return cls(at.astype(np.int32), numbers[order], filed)

    @property
    def size(self) -> int:
        """Bytes held."""
        return self.points.nbytes + self.numbers.nbytes + self.filed.size

    def count(self, row: int, col: int) -> int:
        """How many points a tile has, those on its sides included."""
        return self.filed.count(row, col)

    def cut(self, row: int, col: int, corner: Indices) -> Commands:
        """What lies in the window of a tile or on its sides, in units from ``corner``."""
        found = self.filed.within(row, col)
        return point_commands(self.points[found] - corner, self.numbers[found])
