"""The files in the cache that hold collections in planes: what they are made of, and by what."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache as kept
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from geo.plane import Plane
from layers.collection import Collection
from layers.digest import code_of
from layers.errors import LayersError
from layers.lock import only_one
from layers.prepare import Watcher
from layers.shelved import shelve, unshelved
from layers.strata import Arrays, levels_of

RECIPE = Path(__file__).with_name("strata.py")


@dataclass(frozen=True)
class Job:
    """A collection to be laid in a plane."""

    collection: Collection
    plane: Plane

    def path(self, cache: Path) -> Path:
        """Where the result lies: its name changes with the data, our code and the engines."""
        digest = hashlib.sha256(f"{self.collection.digest} {_code()}".encode()).hexdigest()
        return _home(cache) / f"{self._stem}-{digest[:16]}.shelf"

    def older(self, cache: Path) -> list[Path]:
        """What lies there of other data or other code."""
        here = self.path(cache)
        return [path for path in _home(cache).glob(f"{self._stem}-*.shelf") if path != here]

    @property
    def _stem(self) -> str:
        return f"{self.collection.id}-{self.plane.id}"


def opened(job: Job, cache: Path) -> dict[float, Arrays]:
    """The levels of a job by resolution, the coarsest first, from the cache or made now."""
    path = job.path(cache)
    if not path.is_file():
        make_all([job], cache)
    head, arrays = unshelved(path)
    held: list[dict[str, npt.NDArray[np.generic]]] = [{} for _ in head["resolutions"]]
    for name, array in arrays.items():
        number, _, field = name.partition(".")
        held[int(number)][field] = array
    return dict(zip(head["resolutions"], held, strict=True))


def make_all(jobs: Sequence[Job], cache: Path, progress: Watcher | None = None) -> list[str]:
    """Do what is not done yet; the ids of the collections, in order."""
    if all(job.path(cache).is_file() for job in jobs):
        return []
    with _writing(cache), only_one(_home(cache) / "planes.lock"):
        left = [job for job in jobs if not job.path(cache).is_file()]
        for job in left:
            _make(job, cache)
    return list(dict.fromkeys(job.collection.id for job in left))


def _home(cache: Path) -> Path:
    return cache / "planes"


@kept
def _code() -> str:
    """A digest of the code and of the engines that the levels are made by."""
    digest = hashlib.sha256(f"{shapely.geos_version} {pyproj.proj_version_str}".encode())
    for path in sorted({RECIPE, *code_of(RECIPE)}):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@contextmanager
def _writing(cache: Path) -> Iterator[None]:
    try:
        _home(cache).mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise LayersError(
            f"the cache {cache} cannot be used ({error}); "
            "set MARCHLAND_CACHE to a folder that can be written"
        ) from error


def _make(job: Job, cache: Path) -> None:
    levels = levels_of([one.geometry for one in job.collection.features], job.plane)
    arrays = {
        f"{n}.{name}": array
        for n, held in enumerate(levels.values())
        for name, array in held.items()
    }
    shelve(job.path(cache), {"resolutions": list(levels)}, arrays)
    for path in job.older(cache):
        with suppress(OSError):  # still open elsewhere, or gone already
            path.unlink()
