"""The catalogue: every collection that is served, and every layer that could not be."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from geo.finding import Severity, worst
from layers.collection import Collection
from layers.errors import BadLayer, NoSuchLayer, NotBuilt
from layers.folder import Folder
from layers.intake import map_built, read_built, take_in
from layers.quick import keep, recall
from layers.ruletable import finding

SLUG = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")


@dataclass(frozen=True)
class Catalogue:
    """Collections by id, in order; ``broken`` says which layers are left out and why."""

    collections: dict[str, Collection]
    broken: tuple[BadLayer, ...] = ()

    def __getitem__(self, id: str) -> Collection:
        try:
            return self.collections[id]
        except KeyError:
            known = ", ".join(self.collections) or "none"
            raise NoSuchLayer(f"no collection {id!r}; there are: {known}") from None


def load_collection(folder: Folder, cache: Path) -> Collection:
    """The collection of one folder, read from its built file and checked against the schema.

    A foreign folder's text and geometry are checked too; ours passed that when they were made.
    Never runs code of the folder. Raises `NotBuilt`, or `BadLayer` with every ERROR found.
    """
    if not SLUG.fullmatch(folder.id):
        message = f"the folder name {folder.id!r} is not a slug"
        raise BadLayer(folder.id, [finding("layer-name", message, layer=folder.id).clean])
    path = folder.built(cache)
    alone = folder.trusted and path.is_relative_to(cache)  # where nobody but us writes
    data = map_built(path, folder.id) if alone else read_built(path, folder.id)
    digest = hashlib.sha256(data).hexdigest()
    written = data if folder.trusted and folder.builder else None
    quick = cache / f"{folder.id}.quick" if folder.trusted else None
    if quick and (kept := recall(quick, digest)):
        return Collection(folder.id, folder.spec, kept.features, digest, kept.text or written)
    features, found = take_in(data[:], folder.id, geometry=not folder.trusted)
    if worst(found) is Severity.ERROR:
        raise BadLayer(folder.id, [one for one in found if one.severity is Severity.ERROR])
    if quick:
        keep(quick, digest, features, b"" if alone or written is None else data[:])
        if kept := recall(quick, digest):
            return Collection(folder.id, folder.spec, kept.features, digest, kept.text or written)
    return Collection(folder.id, folder.spec, features, digest, written)


def load_catalogue(
    folders: Iterable[Folder], cache: Path, loaded: Mapping[Path, Collection] = {}
) -> Catalogue:
    """Every folder's collection; a broken one is set aside with its findings.

    Where two folders have one id the first is served. What is ``loaded`` already, by the path of
    its folder, is not read again.
    """
    good: dict[str, Collection] = {}
    broken: list[BadLayer] = []
    for folder in folders:
        try:
            if folder.id in good:
                raise BadLayer(folder.id, [finding("id-taken", _taken(folder), layer=folder.id)])
            good[folder.id] = loaded.get(folder.path) or load_collection(folder, cache)
        except BadLayer as error:
            broken.append(error)
        except NotBuilt as error:
            message = str(error)
            broken.append(BadLayer(folder.id, [finding("not-built", message, layer=folder.id)]))
    return Catalogue(good, tuple(broken))


def _taken(folder: Folder) -> str:
    return f"another layer is called {folder.id!r} and comes first"
