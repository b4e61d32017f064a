"""A planar arrangement: lines noded once, the faces between them, and what lies beside each edge.

Neighbouring faces have the very same vertices along the edge that they share, because both are
cut out of one set of noded lines. Dangling ends bound nothing and vanish.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geo.clean import polygons_of

Numbers = npt.NDArray[np.float64]
Indexes = npt.NDArray[np.intp]

OUTSIDE = -1


@dataclass(frozen=True)
class Edges:
    """Stretches between two vertices, each once: ``ends`` is (n, 2, 2), faces beside it (n,).

    ``left`` and ``right`` are what lies to the left and right on the way from the first end to
    the second; `OUTSIDE` where there is nothing.
    """

    ends: Numbers
    left: Indexes
    right: Indexes

    @property
    def lengths(self) -> Numbers:
        """The length of each, in units of the plane."""
        return np.asarray(np.hypot(*(self.ends[:, 1] - self.ends[:, 0]).T))

    @property
    def middles(self) -> Numbers:
        """The point halfway along each, shape (n, 2)."""
        return np.asarray(self.ends.mean(axis=1))


@dataclass(frozen=True)
class Arrangement:
    """Faces in a plane, counter-clockwise, in an order that depends on their places alone."""

    faces: tuple[Polygon, ...]

    @cached_property
    def inside(self) -> Numbers:
        """A point within each face, shape (n, 2)."""
        return shapely.get_coordinates(shapely.point_on_surface(np.array(self.faces)))

    @cached_property
    def edges(self) -> Edges:
        """Every stretch of every face, with the faces on both sides."""
        starts, ends, owners = _directed(self.faces)
        nodes, ids = np.unique(np.vstack([starts, ends]), axis=0, return_inverse=True)
        a, b = ids[: len(starts)], ids[len(starts) :]
        forward = a < b
        keys = np.where(forward, a, b) * len(nodes) + np.where(forward, b, a)
        known, which = np.unique(keys, return_inverse=True)
        left, right = (np.full(len(known), OUTSIDE, dtype=np.intp) for _ in range(2))
        left[which[forward]] = owners[forward]
        right[which[~forward]] = owners[~forward]
        low, high = known // len(nodes), known % len(nodes)
        return Edges(np.stack([nodes[low], nodes[high]], axis=1), left, right)

    def dissolved(self, members: Sequence[int]) -> BaseGeometry:
        """The union of some faces, with every vertex of their common outline."""
        return shapely.coverage_union_all([self.faces[n] for n in members])


def arrange(lines: Sequence[BaseGeometry]) -> Arrangement:
    """The faces between ``lines``, which may cross and overlap as they like.

    Lines are noded in floating precision: a vertex that is given stays as it is, to the last
    digit, and a crossing gets a new one.
    """
    noded = shapely.union_all(np.array(lines, dtype=object))
    made = polygons_of(shapely.polygonize(list(shapely.get_parts(noded))))
    ordered = sorted(shapely.orient_polygons(shapely.normalize(made)), key=lambda f: f.bounds)
    return Arrangement(tuple(ordered))


def _directed(faces: Sequence[Polygon]) -> tuple[Numbers, Numbers, Indexes]:
    """Start, end and owner of each stretch; the owner lies to its left."""
    rings, owners = shapely.get_rings(np.array(faces), return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    inner = ring[1:] == ring[:-1]
    return points[:-1][inner], points[1:][inner], owners[ring[1:][inner]]
