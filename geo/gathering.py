"""Many parts and the numbers of their owners: one geometry for each owner, and valid."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Geometries = npt.NDArray[np.object_]
Numbers = npt.NDArray[np.int64]


def gathered(
    shapes: Geometries, owner: Numbers, multi: Callable[..., Any]
) -> tuple[Geometries, Numbers]:
    """The single parts of each owner as one geometry, and the owners, ascending."""
    parts, index = shapely.get_parts(shapes, return_index=True)
    held = owner[index]
    order = np.argsort(held, kind="stable")
    if not len(order):
        return parts, held
    owners, which = np.unique(held[order], return_inverse=True)
    return np.asarray(multi(parts[order], indices=which)), owners


def made_valid(shapes: Geometries, owner: Numbers) -> tuple[Geometries, Numbers]:
    """The same polygons, those that were not valid made so in place."""
    bad = ~shapely.is_valid(shapes)
    if bad.any():
        shapes[bad] = shapely.make_valid(shapes[bad], method="structure", keep_collapsed=False)
    return shapes, owner
