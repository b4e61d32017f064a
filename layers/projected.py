"""The files in the cache that hold collections in planes: where they lie, and when they are made.

What they are made of stands in `layers.strata`, which is loaded only when one has to be made.
"""

import ctypes
import hashlib
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from functools import cache as kept
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.plane import PLANES, Plane
from layers.collection import Collection
from layers.digest import code_of
from layers.errors import LayersError
from layers.lock import only_one
from layers.prepare import Step, Watcher, writing
from layers.shelved import Arrays, shelve, unshelved

RECIPE = Path(__file__).with_name("strata.py")
AT_ONCE = 4  # at most
LARGE = 200_000  # vertices from which on processes pay: each takes half a second to start
_APART = "from layers.projected import read_order; read_order()"
ABOUT = "all layers for pictures"


class Order(NamedTuple):
    """Geometries to be laid in a plane, and the file that is to hold them."""

    shapes: list[BaseGeometry | None]
    plane: str
    path: Path


@dataclass(frozen=True)
class Job:
    """A collection to be laid in a plane."""

    collection: Collection
    plane: Plane

    def path(self, cache: Path) -> Path:
        """Where the result lies: its name changes with the data, our code and the engines."""
        digest = hashlib.sha256(f"{self.collection.digest} {_code()}".encode()).hexdigest()
        return _home(cache) / f"{self.name}-{digest[:16]}.shelf"

    def order(self, cache: Path) -> "Order":
        """What another process has to know to do it."""
        shapes = [one.geometry for one in self.collection.features]
        return Order(shapes, self.plane.id, self.path(cache))

    def older(self, cache: Path) -> list[Path]:
        """What lies there of other data or other code."""
        here = self.path(cache)
        return [path for path in _home(cache).glob(f"{self.name}-*.shelf") if path != here]

    @property
    def name(self) -> str:
        """Collection and plane."""
        return f"{self.collection.id}-{self.plane.id}"

    @property
    def weight(self) -> int:
        """How much there is to do, in vertices."""
        shapes = [one.geometry for one in self.collection.features]
        return int(shapely.get_num_coordinates(np.array(shapes, dtype=object)).sum())


def opened(job: Job, cache: Path) -> dict[float, Arrays]:
    """The levels of a job by resolution, the coarsest first, from the cache or made now."""
    path = job.path(cache)
    make_all([job], cache)
    try:
        head, arrays = unshelved(path)
    except LayersError:  # somebody cut it off or wrote into it: nothing depends on its being there
        with writing(cache):
            path.unlink()
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
    with writing(cache):
        _home(cache).mkdir(parents=True, exist_ok=True)
        with only_one(_home(cache) / "planes.lock"):
            left = [job for job in jobs if not job.path(cache).is_file()]
            _make_each(left, cache, progress or (lambda _: None))
            _give_back()
    return list(dict.fromkeys(job.collection.id for job in left))


def _make_each(jobs: list[Job], cache: Path, progress: Watcher) -> None:
    """All of them, the largest first, so that nobody is left alone with one at the end."""
    progress(Step(ABOUT, 1, 1, total=len(jobs)))
    make = _made_apart if sum(job.weight for job in jobs) > LARGE else _make
    with ThreadPoolExecutor(min(AT_ONCE, cpu_count() or 1)) as pool:
        queue = sorted(jobs, key=lambda job: -job.weight)
        running = {pool.submit(make, job.order(cache)): job for job in queue}
        for done in as_completed(running):
            done.result()
            _forget_older(running[done], cache)
            progress(Step(ABOUT, 1, 1, running[done].name, total=len(jobs)))
    progress(Step(ABOUT, 1, 1, done=True, total=len(jobs)))


def _made_apart(order: Order) -> None:
    """In a process of its own, since half of the work holds the interpreter; else here.

    `multiprocessing` would run the main program again in the new process, whoever wrote it.
    """
    with suppress(OSError):
        subprocess.run(  # noqa: S603  # this interpreter and our own words
            [sys.executable, "-c", _APART],
            input=pickle.dumps(order),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            stderr=subprocess.DEVNULL,
            check=False,
        )
    if not order.path.is_file():  # it may have been ended for want of memory
        _make(order)


def read_order() -> None:
    """What the new process runs: the order comes by standard input, from `_made_apart` alone."""
    _make(pickle.load(sys.stdin.buffer))  # noqa: S301  # see above


def _make(order: Order) -> None:
    from layers.strata import levels_of  # noqa: PLC0415  # only the first start needs it

    levels = levels_of(order.shapes, PLANES[order.plane])
    arrays = {
        f"{n}.{name}": array
        for n, held in enumerate(levels.values())
        for name, array in held.items()
    }
    shelve(order.path, {"resolutions": list(levels)}, arrays)


def _forget_older(job: Job, cache: Path) -> None:
    for path in job.older(cache):
        with suppress(OSError):  # still open elsewhere, or gone already
            path.unlink()


def _give_back() -> None:
    """Hands memory that was needed back to the system, where the C library would keep it."""
    with suppress(OSError, TypeError, AttributeError):  # there is none such on this system
        ctypes.CDLL(None).malloc_trim(0)


def _home(cache: Path) -> Path:
    return cache / "planes"


@kept
def _code() -> str:
    """A digest of the code and of the engines that the levels are made by."""
    digest = hashlib.sha256(f"{shapely.geos_version} {version('pyproj')}".encode())
    for path in sorted({RECIPE, *code_of(RECIPE)}):
        digest.update(path.read_bytes())
    return digest.hexdigest()
