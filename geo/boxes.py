"""Boxes of runs, chains and parts on the lattice of a plane, and a window on them."""

import math

import numpy as np
import numpy.typing as npt

from geo.mesh import Flags
from geo.pieces import Window
from geo.subdivide import Chains, Ints


def misses(chains: Chains, window: Window) -> bool:
    """Whether nothing at all is there: most windows have no use for the worlds beside theirs."""
    (left, bottom, right, top), (low, south, high, north) = window, chains.reach
    return left > high or right < low or bottom > north or top < south


def hit(box: Ints, window: Window) -> Flags:
    """Which of the boxes reach into the window."""
    left, bottom, right, top = _whole(window)
    found: Flags = (box[:, 0] <= right) & (box[:, 2] >= left)
    found &= box[:, 1] <= top
    found &= box[:, 3] >= bottom
    return found


def _whole(window: Window) -> tuple[int, int, int, int]:
    """The whole numbers in the window: to compare boxes with them takes half the time."""
    left, bottom, right, top = window
    return math.ceil(left), math.ceil(bottom), math.floor(right), math.floor(top)


def inside(box: Ints, window: Window) -> Flags:
    """Which of the boxes lie in the window as a whole."""
    left, bottom, right, top = _whole(window)
    found: Flags = (box[:, 0] >= left) & (box[:, 2] <= right)
    return found & (box[:, 1] >= bottom) & (box[:, 3] <= top)


def sides(box: Ints, window: Window) -> npt.NDArray[np.uint8]:
    """0 for a box in the window, else a number for a side on which all of it lies."""
    left, bottom, right, top = _whole(window)
    found: npt.NDArray[np.uint8] = (box[:, 2] < left).view(np.uint8)
    for bit, outside in ((2, box[:, 0] > right), (4, box[:, 3] < bottom), (8, box[:, 1] > top)):
        found |= outside.view(np.uint8) * np.uint8(bit)
    return found & -found  # of two sides one


def torn(rings: Chains, window: Window) -> bool:
    """Whether an edge that nobody draws can lie in the window."""
    return bool(len(rings.torn)) and bool(hit(rings.torn, window).any())
