"""Every collection in every plane, simplified for every zoom: what tiles and pictures draw from.

Windows are (left, bottom, right, top) in metres of the stored plane. A window that reaches across
180° in Mercator gets what lies on the other side, shifted by the width of the world. A feature
number is an index into ``collection.features``.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from geo.grid import Bounds
from layers.catalogue import Catalogue
from layers.prepare import Watcher

Geometries = npt.NDArray[np.object_]
Numbers = npt.NDArray[np.int64]
Metres = npt.NDArray[np.float64]


class Level:
    """One collection in one plane, no finer than a quarter of a pixel at one resolution."""

    def areas(self, window: Bounds) -> tuple[Geometries, Numbers]:
        """Polygons and multipolygons clipped to the window, to be filled; and whose they are."""
        raise NotImplementedError

    def lines(self, window: Bounds) -> tuple[Geometries, Numbers, Metres]:
        """Line strings clipped to the window: lines, and outlines of areas without cut edges.

        The third array is the distance in the plane from the start of the whole line to the start
        of each piece, so that dashes go on across pieces and tiles. What two areas of a coverage
        share comes once for each of them, both times the same.
        """
        raise NotImplementedError

    def borders(self, window: Bounds) -> tuple[Geometries, Numbers, Metres]:
        """As `lines`, but only what two areas share, once; the numbers have shape (n, 2)."""
        raise NotImplementedError

    def points(self, window: Bounds) -> tuple[Metres, Numbers]:
        """Positions, shape (n, 2), of points in the window."""
        raise NotImplementedError

    def whole(self, window: Bounds) -> tuple[Geometries, Numbers]:
        """For each feature what it has in the window, for vector tiles; of one dimension each.

        A feature with geometry of several dimensions comes once for each of them.
        """
        raise NotImplementedError


class PlaneStore:
    """One collection in one plane."""

    def level(self, resolution: float) -> Level:
        """The coarsest level that is fine enough for ``resolution`` (m per px in the plane)."""
        raise NotImplementedError


class Planes:
    """All collections of a catalogue in all planes, read when they are first asked for."""

    def __init__(self, catalogue: Catalogue, cache: Path) -> None:
        raise NotImplementedError

    def store(self, collection_id: str, plane_id: str) -> PlaneStore:
        """One collection in one plane; made now where `prepare` has not run.

        Raises `NoSuchLayer` or `NoSuchPlane`.
        """
        raise NotImplementedError


def prepare(catalogue: Catalogue, cache: Path, progress: Watcher | None = None) -> list[str]:
    """Build what is missing from ``cache`` or stale; the ids of the collections built."""
    raise NotImplementedError
