"""Every collection in every plane, simplified for every zoom: what tiles and pictures draw from."""

from pathlib import Path
from threading import Lock

import numpy as np

from geo.flat import flat
from geo.levels import simplified, simplified_lines
from geo.mesh import mesh_of
from geo.plane import PLANES, WORLD, Plane
from geo.subdivide import subdivided_lines, subdivided_mesh
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.errors import NoSuchPlane
from layers.level import Arrays, Geometries, Level, Metres, Numbers
from layers.prepare import Watcher

__all__ = ["Geometries", "Level", "Metres", "Numbers", "PlaneStore", "Planes", "prepare"]

COARSEST = {"mercator": WORLD / 256, "stereographic": 65536.0, "equal_area": 65536.0}
FINEST_M = 500.0  # per px; below that a quarter of a pixel is less than what the data can tell
SAME = 1 + 1e-6  # resolutions that differ by less are one


class PlaneStore:
    """One collection in one plane."""

    def __init__(self, plane: Plane, levels: dict[float, Arrays]) -> None:
        """``levels`` by resolution, the coarsest first; the last one is the full geometry, 0."""
        self.plane = plane
        self._levels = [Level(plane, *one) for one in levels.items()]

    def level(self, resolution: float) -> Level:
        """The coarsest level that is fine enough for ``resolution`` (m per px in the plane)."""
        return next(one for one in self._levels if one.resolution <= resolution * SAME)


class Planes:
    """All collections of a catalogue in all planes, read when they are first asked for."""

    def __init__(self, catalogue: Catalogue, cache: Path) -> None:
        self._catalogue = catalogue
        self._cache = cache
        self._stores: dict[tuple[str, str], PlaneStore] = {}
        self._lock = Lock()

    def store(self, collection_id: str, plane_id: str) -> PlaneStore:
        """One collection in one plane; made now where `prepare` has not run.

        Raises `NoSuchLayer` or `NoSuchPlane`.
        """
        key = (collection_id, plane_id)
        if key not in self._stores:
            with self._lock:
                if key not in self._stores:
                    self._stores[key] = self._open(*key)
        return self._stores[key]

    def _open(self, collection_id: str, plane_id: str) -> PlaneStore:
        collection = self._catalogue[collection_id]
        if plane_id not in PLANES:
            raise NoSuchPlane(f"no plane {plane_id!r}; there are: {', '.join(PLANES)}")
        plane = PLANES[plane_id]
        return PlaneStore(plane, built(collection, plane))


def prepare(catalogue: Catalogue, cache: Path, progress: Watcher | None = None) -> list[str]:
    """Build what is missing from ``cache`` or stale; the ids of the collections built."""
    return []


def built(collection: Collection, plane: Plane) -> dict[float, Arrays]:
    """The levels of a collection in a plane by resolution, the coarsest first."""
    shapes = flat([feature.geometry for feature in collection.features], plane)
    mesh = mesh_of(*shapes.areas, plane.turn)
    lines, owner = shapes.lines
    made: dict[float, Arrays] = {}
    for resolution in [0.0, *_resolutions(plane)]:
        if resolution:
            tolerance = resolution / 4 / plane.quantum
            mesh = simplified(mesh, tolerance)
            lines = simplified_lines(lines, tolerance)
        rings, strings = subdivided_mesh(mesh, plane), subdivided_lines(lines, owner)
        made[resolution] = {
            **{f"rings.{name}": array for name, array in rings.arrays().items()},
            **{f"lines.{name}": array for name, array in strings.arrays().items()},
            "points": shapes.points[0].astype(np.int32),
            "owners": shapes.points[1].astype(np.int32),
        }
    return dict(reversed(made.items()))


def _resolutions(plane: Plane) -> list[float]:
    """The finest first."""
    found = [COARSEST[plane.id]]
    while found[-1] / 2 > FINEST_M:
        found.append(found[-1] / 2)
    return found[::-1]
