"""Every collection in every plane, simplified for every zoom: what tiles and pictures draw from."""

from pathlib import Path
from threading import Lock

from geo.plane import PLANES, Plane
from layers.catalogue import Catalogue
from layers.damage import Damage
from layers.errors import LayersError, NoSuchPlane
from layers.level import Geometries, Level, Metres, Numbers
from layers.prepare import Watcher
from layers.projected import Job, make_all, opened
from layers.shelved import Arrays

__all__ = ["Geometries", "Level", "Metres", "Numbers", "PlaneStore", "Planes", "prepare"]

ADVICE = "give the server a cache folder that it can write to; it makes the file anew"
SAME = 1 + 1e-6  # resolutions that differ by less are one


class PlaneStore:
    """One collection in one plane."""

    def __init__(self, plane: Plane, levels: dict[float, Arrays]) -> None:
        """``levels`` by resolution, the coarsest first; the last is the full geometry, at 0."""
        self.plane = plane
        self.levels = tuple(Level(plane, *one) for one in levels.items())

    def level(self, resolution: float) -> Level:
        """The coarsest level that is fine enough for ``resolution`` (m per px in the plane)."""
        return next(one for one in self.levels if one.resolution <= resolution * SAME)


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

        Raises `NoSuchLayer`, `NoSuchPlane`, or `LayersError` when the cache cannot be used.
        """
        key = (collection_id, plane_id)
        if key not in self._stores:
            with self._lock:
                if key not in self._stores:
                    self._stores[key] = self._open(*key)
        return self._stores[key]

    @property
    def faults(self) -> list[Damage]:
        """The files that could neither be read nor made anew, and why."""
        told = sorted(self._faults.items())
        return [Damage(f"planes/{path.name}", text, ADVICE) for path, text in told]

    def _open(self, collection_id: str, plane_id: str) -> PlaneStore:
        collection = self.catalogue[collection_id]
        if plane_id not in PLANES:
            raise NoSuchPlane(f"no plane {plane_id!r}; there are: {', '.join(PLANES)}")
        job = Job(collection, PLANES[plane_id])
        path = job.path(self._cache)
        try:
            made = PlaneStore(job.plane, opened(job, self._cache))
        except (LayersError, OSError) as error:
            self._faults[path] = _why(error)
            raise
        self._faults.pop(path, None)
        return made


def _why(error: Exception) -> str:
    """The reason without the path, which is nobody's business outside of this machine."""
    cause = error.__cause__ or error
    reason = getattr(cause, "strerror", None) or type(cause).__name__
    return f"it cannot be read, and not made either ({reason})"


def prepare(catalogue: Catalogue, cache: Path, progress: Watcher | None = None) -> list[str]:
    """Build what is missing from ``cache`` or stale; the ids of the collections built, in order.

    Several processes may call it at once: one builds, the others wait and find everything done.
    Raises `LayersError` when ``cache`` cannot be written.
    """
    held = catalogue.collections.values()
    jobs = [Job(collection, plane) for collection in held for plane in PLANES.values()]
    return make_all(jobs, cache, progress)
