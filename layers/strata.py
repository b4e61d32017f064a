"""A collection in a plane, level by level: what the files in the cache are made of, and how."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from shapely.geometry.base import BaseGeometry

from geo.flat import Flat, Parts, flat
from geo.levels import simplified, simplified_lines
from geo.mesh import Mesh, mesh_of
from geo.plane import WORLD, Plane
from geo.subdivide import subdivided_lines, subdivided_mesh

Arrays = Mapping[str, npt.NDArray[np.generic]]
COARSEST = {"mercator": WORLD / 256, "stereographic": 65536.0, "equal_area": 131072.0}  # m per px
FINEST_M = 2_000.0  # per px; finer ones would keep most of what a world at 1:10 million holds
PIXEL = 0.25  # what nobody sees, in pixels
LIGHTER = 0.75  # of the vertices of the next finer level: what is worth a level of its own


def levels_of(
    shapes: Sequence[BaseGeometry | None], plane: Plane, *, every: bool = False
) -> dict[float, Arrays]:
    """Arrays for `layers.level` by resolution (m per px), the coarsest first; the last is 0.

    Each level is made of the next finer one, which halves the work and lets the errors add up to
    half a pixel at most. Without ``every`` those are left out that are hardly lighter than that.
    """
    laid = flat(shapes, plane)
    mesh, lines = mesh_of(*laid.areas, plane.turn), laid.lines
    made = {0.0: _arrays(mesh, lines, laid, plane)}
    kept = _vertices(made[0.0])
    for resolution in resolutions(plane):
        tolerance = PIXEL * resolution / plane.quantum
        mesh = simplified(mesh, tolerance)
        lines = simplified_lines(*lines, tolerance)
        arrays = _arrays(mesh, lines, laid, plane)
        if every or _vertices(arrays) <= LIGHTER * kept:
            made[resolution], kept = arrays, _vertices(arrays)
    return dict(reversed(made.items()))


def resolutions(plane: Plane) -> list[float]:
    """Metres per pixel of the levels that there may be, the finest first."""
    found = [COARSEST[plane.id]]
    while found[-1] / 2 > FINEST_M:
        found.append(found[-1] / 2)
    return found[::-1]


def _arrays(mesh: Mesh, lines: Parts, laid: Flat, plane: Plane) -> Arrays:
    rings, strings = subdivided_mesh(mesh, plane), subdivided_lines(*lines)
    points, owners = laid.points
    eastward = np.argsort(points[:, 0], kind="stable")  # so that a window is looked up
    return {
        **{f"rings.{name}": array for name, array in rings.arrays().items()},
        **{f"lines.{name}": array for name, array in strings.arrays().items()},
        "points": points[eastward].astype(np.int32),
        "owners": owners[eastward].astype(np.int32),
    }


def _vertices(arrays: Arrays) -> int:
    return len(arrays["rings.points"]) + len(arrays["lines.points"])
