"""Every collection in every plane, simplified for every zoom: what tiles and pictures draw from."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from threading import Lock

from geo.plane import PLANES, Plane
from layers.amended import Amended
from layers.better import COUNTRIES, DRAWN, otherwise
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.damage import Damage
from layers.errors import LayersError, NoSuchPlane
from layers.job import Job
from layers.level import Geometries, Level, Metres, Numbers
from layers.prepare import Watcher
from layers.projected import make_all, opened

__all__ = ["Geometries", "Level", "Metres", "Numbers", "PlaneStore", "Planes", "prepare"]

ADVICE = "give the server a cache folder that it can write to; it makes the file anew"
SAME = 1 + 1e-6  # resolutions that differ by less are one


class PlaneStore:
    """One collection in one plane."""

    def __init__(self, plane: Plane, levels: Iterable[Level]) -> None:
        """``levels``: the coarsest first; the last is the full geometry, at 0."""
        self.plane = plane
        self.levels = tuple(levels)

    def level(self, resolution: float) -> Level:
        """The coarsest level that is fine enough for ``resolution`` (m per px in the plane)."""
        return next(one for one in self.levels if one.resolution <= resolution * SAME)

    def amended(self, other: "PlaneStore", numbers: frozenset[int]) -> "PlaneStore":
        """The same, but for the features ``numbers``, which are as in ``other``."""
        pairs = ((one, other.level(one.resolution)) for one in self.levels)
        return PlaneStore(self.plane, (Amended(*pair, numbers) for pair in pairs))


class Planes:
    """All collections of a catalogue in all planes, read when they are first asked for."""

    def __init__(self, catalogue: Catalogue, cache: Path) -> None:
        self.catalogue = catalogue
        self._cache = cache
        self._stores: dict[tuple[str, str], PlaneStore] = {}
        self._faults: dict[Path, str] = {}
        self._lock = Lock()

    def store(self, collection_id: str, plane_id: str) -> PlaneStore:
        """One collection in one plane; made now where `prepare` has not run.

        That of `countries_drawn` has all countries, most of them from the file of `countries`.

        Raises `NoSuchLayer`, `NoSuchPlane`, or `LayersError` when the cache cannot be used.
        """
        key = (collection_id, plane_id)
        if key not in self._stores:
            with self._lock:
                if key not in self._stores:
                    self._stores[key] = self._made(*key)
        return self._stores[key]

    @property
    def faults(self) -> list[Damage]:
        """The files that could neither be read nor made anew, and why."""
        told = sorted(self._faults.items())
        return [Damage(f"planes/{path.name}", text, ADVICE) for path, text in told]

    def _made(self, collection_id: str, plane_id: str) -> PlaneStore:
        made = self._open(collection_id, plane_id)
        if collection_id != DRAWN:
            return made
        key = (COUNTRIES, plane_id)
        self._stores[key] = self._stores.get(key) or self._open(*key)
        return self._stores[key].amended(made, self._otherwise)

    @cached_property
    def _otherwise(self) -> frozenset[int]:
        return otherwise(self.catalogue)

    def _open(self, collection_id: str, plane_id: str) -> PlaneStore:
        collection = self.catalogue[collection_id]
        if plane_id not in PLANES:
            raise NoSuchPlane(f"no plane {plane_id!r}; there are: {', '.join(PLANES)}")
        job = job_of(collection, PLANES[plane_id])
        path = job.path(self._cache)
        try:
            levels = opened(job, self._cache)
        except (LayersError, OSError) as error:
            self._faults[path] = _why(error)
            raise
        self._faults.pop(path, None)
        return PlaneStore(job.plane, (Level(job.plane, *one) for one in levels.items()))


def _why(error: Exception) -> str:
    """The reason without the path, which is nobody's business outside of this machine."""
    cause = error.__cause__ or error
    reason = getattr(cause, "strerror", None) or type(cause).__name__
    return f"it cannot be read, and not made either ({reason})"


def job_of(collection: Collection, plane: Plane) -> Job:
    """What amends another collection has every level, since that may have any."""
    return Job(collection, plane, every=collection.id == DRAWN)


def jobs_of(catalogue: Catalogue) -> list[Job]:
    """Each collection in each plane."""
    held = catalogue.collections.values()
    return [job_of(collection, plane) for collection in held for plane in PLANES.values()]


def prepare(catalogue: Catalogue, cache: Path, progress: Watcher | None = None) -> list[str]:
    """Build what is missing from ``cache`` or stale; the ids of the collections built, in order.

    Several processes may call it at once: one builds, the others wait and find everything done.
    Raises `LayersError` when ``cache`` cannot be written.
    """
    return make_all(jobs_of(catalogue), cache, progress)
