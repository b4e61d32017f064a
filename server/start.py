"""From settings to a running site: folders, generated layers, catalogue, maps, application."""

import gc
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Timer

from fastapi import FastAPI

from layers.better import drawn
from layers.catalogue import Catalogue, load_catalogue
from layers.errors import BadLayer
from layers.folder import Folder, find_folders, open_folder, our_folders
from layers.maps import maps_of
from layers.planes import prepare as prepare_planes
from layers.prepare import Watcher, prepare
from layers.where import Where
from server.app import create_app
from server.errors import BadSetting
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
    found = shelves(settings.layers)
    folders, unbuilt = _prepared(found.folders, settings.cache, progress)
    loaded = load_catalogue(folders, settings.cache)
    return Catalogue(loaded.collections, (*found.broken, *unbuilt, *loaded.broken))


def open_site(settings: Settings, progress: Watcher | None = None) -> Catalogue:
    """As `open_catalogue`, with all that tiles and pictures are drawn from in the cache."""
    catalogue = open_catalogue(settings, progress)
    prepare_planes(drawn(catalogue), settings.cache, progress)
    return catalogue


def open_app(settings: Settings, progress: Watcher | None = None) -> FastAPI:
    """The application that these settings describe."""
    catalogue = open_site(settings, progress)
    return create_app(settings, catalogue, maps_of(catalogue))


def application() -> Gate:
    """The application that the environment describes: what each worker process starts."""
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
        where.prepare()
        gc.freeze()

    timer = Timer(delay_s, make)
    timer.start()
    return timer


def _prepared(
    folders: Iterable[Folder], cache: Path, progress: Watcher | None
) -> tuple[list[Folder], list[BadLayer]]:
    """The folders whose generated files are there now, and what kept the others from it."""
    good, bad = list(folders), list[BadLayer]()
    while True:
        try:
            prepare(good, cache, progress)
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
