"""From facts to bytes: runs a layer's `build.py` and writes deterministic GeoJSON."""

import importlib.util
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType

from pydantic import ValidationError

from geo.errors import GeoError
from geo.feature import Feature
from geo.finding import Finding
from geo.formats import collection_bytes
from layers.errors import BadLayer, LayersError
from layers.facts import Facts
from layers.folder import Folder
from layers.schema import schema_findings
from layers.seal import seal_of
from layers.whole import write_whole

Builder = Callable[[Facts], Iterable[Feature]]
Progress = Callable[[str], None]
_SCHEMA = ("schema", "correct the fact; the feature schema is geo/model.py")


def build_bytes(folder: Folder, progress: Progress | None = None) -> bytes:
    """The built GeoJSON of a layer, in memory. Runs the folder's `build.py`: only on request.

    A folder without one is its own source: its file comes back as it stands. Raises `BadLayer`.
    """
    if folder.builder is None:
        return (folder.path / f"{folder.id}.geojson").read_bytes()
    return collection_bytes(built_features(folder, progress))


def built_features(folder: Folder, progress: Progress | None = None) -> list[Feature]:
    """What the `build.py` of a folder gives, in order. Raises `BadLayer`."""
    made: list[Feature] = []
    try:
        for feature in _builder(folder)(Facts(folder)):
            made.append(feature)
            if progress:
                progress(feature.properties.name)
    except ValidationError as error:
        raise BadLayer(folder.id, schema_findings(error, folder.id, *_SCHEMA)) from error
    except (GeoError, LayersError, KeyError, OSError, ValueError) as error:
        raise BadLayer(folder.id, [_fault(folder.id, error)]) from error
    _unique(folder.id, made)
    return made


def build(folder: Folder, cache: Path, progress: Progress | None = None) -> tuple[Path, bool]:
    """Build a layer and write it where it belongs; the path, and whether the bytes are new.

    The file is replaced whole or not at all: a reader never sees half of it.
    """
    data = build_bytes(folder, progress)
    path = folder.built(cache)
    if folder.spec.sealed:
        _replace(folder.path / f"{folder.id}.build.json", seal_of(folder, data))
    return path, _replace(path, data)


def _replace(path: Path, data: bytes) -> bool:
    """Write the file unless it holds these bytes already; whether it was written."""
    if path.is_file() and path.read_bytes() == data:
        return False
    write_whole(path, data)
    return True


def load_module(path: Path, name: str) -> ModuleType:
    """A module of a layer folder (`build.py`, `truth.py`), loaded by its path."""
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise LayersError(f"{path} is not a Python module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _builder(folder: Folder) -> Builder:
    if folder.builder is None:
        raise LayersError("it is to be built and has no build.py")
    module = load_module(folder.builder, f"layers.{folder.id}.build")
    builder: Builder = module.build
    return builder


def _unique(layer: str, features: list[Feature]) -> None:
    seen: set[str] = set()
    for feature in features:
        if feature.id in seen:
            raise BadLayer(layer, [_twice(layer, feature.id)])
        seen.add(feature.id)


def _fault(layer: str, error: Exception) -> Finding:
    advice = "correct the facts or the build.py of the layer"
    return Finding("build", f"{type(error).__name__}: {error}", advice, layer=layer)


def _twice(layer: str, id: str) -> Finding:
    advice = "give each feature of a layer an id of its own"
    return Finding("id-unique", f"two features are called {id}", advice, layer=layer, feature=id)
