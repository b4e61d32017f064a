"""Which tile of which grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.grid import Grid


@dataclass(frozen=True, slots=True)
class Spot:
    """A tile of a grid; with a ``span`` it is the top left one of a square of tiles."""

    grid: Grid
    zoom: int
    row: int
    col: int
    span: int = 1
