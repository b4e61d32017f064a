"""From settings to a running site: folders, generated layers, catalogue, maps, application."""

import gc
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from threading import Timer

from geo.plane import PLANES
from layers.apart import Stopped
from layers.better import drawn
from layers.catalogue import Catalogue, load_catalogue
from layers.collection import Collection
from layers.errors import BadLayer
from layers.folder import Folder, find_folders, open_folder, our_folders
from layers.heap import give_back, keep_little
from layers.maps import maps_of
from layers.planes import jobs_of
from layers.prepare import Watcher, prepare
from layers.where import Where
from layers.workshop import Workshop
from server.app import create_app
from server.errors import BadSetting
from server.framework import FastAPI
from server.settings import Settings
from server.tiles.gate import Gate


@dataclass(frozen=True, slots=True)
class Shelves:
    """The layer folders that are there, ours first, and those that cannot be opened."""

    folders: tuple[Folder, ...]
    broken: tuple[BadLayer, ...] = ()


def shelves(extra: Iterable[Path]) -> Shelves:
    """Our layers and those below ``extra``, each of which holds folders or is one itself.

    Raises `BadSetting` for a folder that is not there.
    """
    good, bad = our_folders(), list[BadLayer]()
    for root in extra:
        found, faults = _below(root)
        good += found
        bad += faults
    return Shelves(tuple(good), tuple(bad))


def open_catalogue(settings: Settings, progress: Watcher | None = None) -> Catalogue:
    """Every layer, the generated ones of ours built where stale. Runs no foreign code.

    Raises `LayersError` when the cache cannot be used.
    """
    return _opened(shelves(settings.layers), settings.cache, progress)


def open_site(settings: Settings, progress: Watcher | None = None) -> Catalogue:
    """As `open_catalogue`, with all that tiles and pictures are drawn from in the cache.

    At the first start the layers that are there already are laid in planes while others are built.
    """
    found, cache = shelves(settings.layers), settings.cache
    with Workshop(cache, progress) as workshop:
        catalogue = _opened(found, cache, progress, FirstStart(found.folders, cache, workshop))
        workshop.lay(jobs_of(drawn(catalogue)))
    return catalogue


@dataclass(frozen=True, slots=True)
class FirstStart:
    """Has our layers laid in planes as soon as each is there, while others are being built."""

    folders: tuple[Folder, ...]
    cache: Path
    workshop: Workshop
    loaded: dict[Path, Collection] = field(default_factory=dict)

    def begins(self, wanted: int) -> None:
        """With the layers that need not be built; `Workshop.open` keeps the order of the locks."""
        self.workshop.open()
        there = [one for one in self.folders if one.trusted and not one.spec.generated]
        for number, folder in enumerate(there, 1):
            self.there(folder, len(there) - number + wanted)

    def there(self, folder: Folder, left: int) -> None:
        """With this one; a broken one is left to whoever loads them all."""
        found = load_catalogue([folder], self.cache, self.loaded)
        for collection in found.collections.values():
            self.loaded[folder.path] = collection
        self.workshop.lay(jobs_of(found), coming=left * len(PLANES))


def open_app(settings: Settings, progress: Watcher | None = None) -> FastAPI:
    """The application that these settings describe."""
    catalogue = open_site(settings, progress)
    return create_app(settings, catalogue, maps_of(catalogue))


def application() -> Gate:
    """The application that the environment describes: what each worker process starts."""
    keep_little()
    app = open_app(Settings.read())
    warm()
    index(app.state.site.where)
    return Gate(app, app.state.site)


def warm(delay_s: float = 0.3) -> Timer:
    """Loads what only maps need once the first answers are out, so that no reader waits for it.

    Not a daemon: a stop in between lets the import end, which takes less than a second.
    """
    timer = Timer(delay_s, import_module, ["server.maps.page"])
    timer.start()
    return timer


def index(where: Where, delay_s: float = 1.0) -> Timer:
    """Makes the indices for positions a little later, so that the first question is quick too.

    What is there by then stays for good: the collector of garbage need not look through it again,
    which would hold up one answer in some hundreds by 50 ms.
    """

    def make() -> None:
        with suppress(Stopped):
            where.prepare()
            gc.freeze()
        give_back()

    timer = Timer(delay_s, make)
    timer.start()
    return timer


def _opened(
    found: Shelves, cache: Path, progress: Watcher | None, first: FirstStart | None = None
) -> Catalogue:
    folders, unbuilt = _prepared(found.folders, cache, progress, first)
    loaded = load_catalogue(folders, cache, first.loaded if first else {})
    return Catalogue(loaded.collections, (*found.broken, *unbuilt, *loaded.broken))


def _prepared(
    folders: Iterable[Folder], cache: Path, progress: Watcher | None, first: FirstStart | None
) -> tuple[list[Folder], list[BadLayer]]:
    """The folders whose generated files are there now, and what kept the others from it."""
    good, bad = list(folders), list[BadLayer]()
    while True:
        try:
            prepare(good, cache, progress, first)
            return good, bad
        except BadLayer as error:
            bad.append(error)
            good = [folder for folder in good if folder.id != error.layer]


def _below(root: Path) -> tuple[list[Folder], list[BadLayer]]:
    if not root.is_dir():
        raise BadSetting(f"there is no folder {root}; MARCHLAND_LAYERS and --layers take folders")
    if not (root / "layer.toml").is_file():
        return find_folders(root)
    try:
        return [open_folder(root.resolve())], []
    except BadLayer as error:
        return [], [error]
