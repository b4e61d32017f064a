"""The generated layers, made where they are missing or stale: at first start, and before tests."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from geo.formats import collection_bytes
from layers.build import built_features
from layers.digest import digest_of
from layers.errors import BadLayer, LayersError
from layers.folder import Folder
from layers.lock import only_one
from layers.quick import keep
from layers.ruletable import finding
from layers.whole import write_whole


@dataclass(frozen=True, slots=True)
class Step:
    """How far it has come: a feature of the layer that is ``number`` of ``count``.

    Each layer opens with a step without a feature and closes with one that is ``done``. ``total``
    says how many features there will be, as far as that is known. Before all of them comes one
    that ``waits`` where another process builds in the same cache.
    """

    layer: str
    number: int
    count: int
    feature: str | None = None
    done: bool = False
    total: int | None = None
    waits: bool = False


Watcher = Callable[[Step], None]


class Meanwhile(Protocol):
    """Who does something else while layers are built, and with those that are."""

    def begins(self, wanted: int) -> None:
        """So many layers seem to be missing or stale; another process may be building them."""

    def there(self, folder: Folder, left: int) -> None:
        """This one is built now; ``left`` says how many come after it."""


def prepare(
    folders: Iterable[Folder],
    cache: Path,
    progress: Watcher | None = None,
    meanwhile: Meanwhile | None = None,
) -> list[str]:
    """Build the generated layers that are missing from ``cache`` or stale; their ids, in order.

    Runs the code of trusted folders only, in which others are skipped. Several processes may
    call it at once: one builds, the others wait and find everything done. ``progress`` is called
    in this thread, for example to move a bar; ``meanwhile`` hears when it begins and what is there,
    so that others can go on with it. Raises `BadLayer` for a layer that cannot be
    built, or `LayersError` when ``cache`` cannot be written.
    """
    folders = [folder for folder in folders if folder.trusted and folder.spec.generated]
    wanted = sum(is_stale(folder, cache) for folder in folders)
    if not wanted:
        return []
    if meanwhile:
        meanwhile.begins(wanted)
    with writing(cache):
        cache.mkdir(parents=True, exist_ok=True)
        with only_one(cache / "prepare.lock", lambda: _wait(folders, progress)):
            stale = [folder for folder in folders if is_stale(folder, cache)]
            for number, folder in enumerate(stale, 1):
                _make(folder, cache, _Reporter(progress, folder.id, number, len(stale)))
                if meanwhile:
                    meanwhile.there(folder, len(stale) - number)
    return [folder.id for folder in stale]


def _wait(folders: list[Folder], progress: Watcher | None) -> None:
    if progress:
        progress(Step(folders[0].id, 1, len(folders), waits=True))


@contextmanager
def writing(cache: Path) -> Iterator[None]:
    """What the system refuses in here concerns the cache: what is read fails as a `BadLayer`."""
    try:
        yield
    except OSError as error:
        raise LayersError(
            f"the cache {cache} cannot be used ({error}); "
            "set MARCHLAND_CACHE to a folder that can be written"
        ) from error


def is_stale(folder: Folder, cache: Path) -> bool:
    """Whether the built file is missing, or was made of something else than what is there now.

    Raises `BadLayer` when something that it is made of is not there.
    """
    try:
        stamp = _stamp(folder, cache).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return True
    return not folder.built(cache).is_file() or stamp != _digest(folder)


@dataclass(frozen=True, slots=True)
class _Reporter:
    watcher: Watcher | None
    layer: str
    number: int
    count: int

    def __call__(self, feature: str | None = None, done: bool = False) -> None:
        if self.watcher:
            self.watcher(Step(self.layer, self.number, self.count, feature, done))


def _make(folder: Folder, cache: Path, report: _Reporter) -> None:
    report()
    digest = _digest(folder)  # before the build: what changes meanwhile makes it stale again
    features = built_features(folder, report)
    data = collection_bytes(features)
    write_whole(folder.built(cache), data)
    keep(cache / f"{folder.id}.quick", hashlib.sha256(data).hexdigest(), features)
    write_whole(_stamp(folder, cache), digest.encode("ascii"))
    report(done=True)


def _digest(folder: Folder) -> str:
    """As `digest_of`, but a file that cannot be read is a fault of this layer alone."""
    try:
        return digest_of(folder)
    except (OSError, LayersError) as error:
        raise BadLayer(
            folder.id, [finding("input-missing", str(error), layer=folder.id).clean]
        ) from error


def _stamp(folder: Folder, cache: Path) -> Path:
    return cache / f"{folder.id}.stamp"
