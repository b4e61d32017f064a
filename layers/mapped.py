"""Arrays that are dear to make, made once and then mapped from a file in the cache."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from pathlib import Path

import numpy as np
import shapely

from layers.apart import done_apart
from layers.collection import Collection
from layers.errors import LayersError
from layers.heap import give_back
from layers.lock import only_one
from layers.shelved import Arrays, shelve, unshelved

LARGE = 100_000  # vertices; what has fewer is made sooner than it is looked for


def mapped(
    name: str,
    recipe: Iterable[Path],
    held: Sequence[Collection],
    make: Callable[[], Arrays],
    cache: Path,
) -> Arrays:
    """What ``make`` gives for these collections, read only and not yet in memory.

    The file is named after the data, the files of code in ``recipe`` and the engines; one of other
    data or other code goes. Of several processes one makes it and the others wait. Nothing depends
    on a cache: where it cannot be written, or there is little to make, the arrays are in memory.
    """
    if _weight(held) < LARGE:
        return make()
    path = cache / f"{name}-{_digest(recipe, held)}.shelf"
    with suppress(LayersError, OSError):
        return unshelved(path)[1]
    made: Arrays = {}
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with only_one(cache / f"{name}.lock"):
            with suppress(LayersError, OSError):  # somebody made it while we waited
                return unshelved(path)[1]
            if not done_apart(partial(_write, path, make)):
                made = make()
                shelve(path, {}, made)
            _forget(one for one in cache.glob(f"{name}-*.shelf") if one != path)
            made = unshelved(path)[1]
    except OSError:
        return made or make()
    give_back()
    return made


def named(prefix: str, arrays: Arrays) -> dict[str, np.typing.NDArray[np.generic]]:
    """The arrays with something before each name, so that several sets lie in one file."""
    return {f"{prefix}.{name}": array for name, array in arrays.items()}


def below(prefix: str, arrays: Arrays) -> Arrays:
    """Those whose names begin so, without it."""
    start = f"{prefix}."
    return {name.removeprefix(start): one for name, one in arrays.items() if name.startswith(start)}


def _write(path: Path, make: Callable[[], Arrays]) -> None:
    shelve(path, {}, make())


def _forget(older: Iterable[Path]) -> None:
    for path in older:
        with suppress(OSError):  # gone already, or still open where a system minds
            path.unlink()


def _weight(held: Sequence[Collection]) -> int:
    return sum(feature.vertices for one in held for feature in one.features)


def _digest(recipe: Iterable[Path], held: Sequence[Collection]) -> str:
    digest = hashlib.sha256(f"{shapely.geos_version} {version('pyproj')}".encode())
    for one in held:
        digest.update(f"{one.id} {one.spec.role} {one.digest}\n".encode())
    for path in sorted(recipe):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
