"""An order to lay geometries in a plane, and the process that carries out one after the other.

It loads what that needs and no more: a process of its own is to start quickly.
"""

import pickle
import sys
from pathlib import Path
from typing import NamedTuple

from shapely.geometry.base import BaseGeometry

from geo.plane import PLANES
from layers.shelved import shelve

DONE = b"done\n"


class Order(NamedTuple):
    """Geometries to be laid in a plane, and the file that is to hold them.

    ``every`` asks for every level, also for those that are hardly lighter than the next finer one.
    """

    shapes: list[BaseGeometry | None]
    plane: str
    path: Path
    every: bool = False


def carry_out(order: Order) -> None:
    """Make the levels and write the file."""
    from layers.strata import levels_of  # noqa: PLC0415  # only the first start needs it

    levels = levels_of(order.shapes, PLANES[order.plane], every=order.every)
    arrays = {
        f"{n}.{name}": array
        for n, held in enumerate(levels.values())
        for name, array in held.items()
    }
    shelve(order.path, {"resolutions": list(levels)}, arrays)


def work() -> None:
    """What a process of `layers.crew` runs: orders come by standard input, from there alone, and
    each is answered with a line when it is done. The end of the input is the end of the work.
    """
    while True:
        try:
            order = pickle.load(sys.stdin.buffer)  # noqa: S301  # see above
        except EOFError:
            return
        carry_out(Order(*order))
        sys.stdout.buffer.write(DONE)
        sys.stdout.buffer.flush()
