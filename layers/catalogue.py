"""The catalogue: every collection that is served, and every layer that could not be."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from geo.errors import BadGeoJSON
from geo.finding import Finding, Place
from geo.formats import parse_collection
from layers.collection import Collection
from layers.errors import BadLayer, NoSuchLayer, NotBuilt
from layers.folder import Folder
from layers.schema import schema_findings

_ADVICE = "run `marchland check` on the layer folder and correct what it finds"


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

    Never runs code of the folder. Raises `NotBuilt` or `BadLayer`.
    """
    path = folder.built(cache)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotBuilt(
            f"layer {folder.id}: {path.name} is not there; run `marchland build {folder.id}`"
        ) from error
    try:
        features = parse_collection(data)
    except BadGeoJSON as error:
        place = Place(line=error.line, column=error.column)
        raise BadLayer(folder.id, [_broken(folder.id, "parse", str(error), place)]) from error
    except ValidationError as error:
        found = schema_findings(error, folder.id, "schema", _ADVICE)
        raise BadLayer(folder.id, found) from error
    return Collection(folder.id, folder.spec, tuple(features), hashlib.sha256(data).hexdigest())


def load_catalogue(folders: Iterable[Folder], cache: Path) -> Catalogue:
    """Every folder's collection; a broken one is set aside with its findings."""
    good: dict[str, Collection] = {}
    broken: list[BadLayer] = []
    for folder in folders:
        try:
            good[folder.id] = load_collection(folder, cache)
        except BadLayer as error:
            broken.append(error)
        except NotBuilt as error:
            broken.append(
                BadLayer(folder.id, [_broken(folder.id, "not-built", str(error), Place())])
            )
    return Catalogue(good, tuple(broken))


def _broken(layer: str, rule: str, message: str, place: Place) -> Finding:
    return Finding(rule, message, _ADVICE, layer=layer, place=place)
