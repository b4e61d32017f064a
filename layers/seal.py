"""The seal of a layer that is too dear to build for a check: what its built file was made of.

`<id>.build.json` stands beside the built file and holds the SHA-256 of every input and of the
result. When all are still the same, nobody has to build again to know that the file is not stale.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator

from layers.assets import asset
from layers.errors import LayersError
from layers.folder import HOME, Folder

_NOT_INPUT = {".md", ".geojson", ".pyc", ".part"}
_LOOK = {"style", "zoom"}  # of layer.toml: how the layer is drawn, which no build reads


def seal_of(folder: Folder, data: bytes) -> bytes:
    """The seal of the built bytes ``data`` as JSON, always the same for the same inputs.

    Inputs are the folder's own files and what `layer.toml` names under ``inputs``: assets, other
    layers by their id. Raises `LayersError` for one that is not there.
    """
    inputs = {name: _sha(content) for name, content in _inputs(folder)}
    text = json.dumps({"built": _sha(data), "inputs": inputs}, indent=1, ensure_ascii=False)
    return text.encode() + b"\n"


def broken_seal(folder: Folder, data: bytes) -> list[str]:
    """What has changed since the file ``data`` was built and sealed, by name; nothing if sound."""
    path = folder.path / f"{folder.id}.build.json"
    try:
        sealed = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return [path.name]
    now = json.loads(seal_of(folder, data))
    names = {**sealed.get("inputs", {}), **now["inputs"]}
    changed = [n for n in names if sealed.get("inputs", {}).get(n) != now["inputs"].get(n)]
    if sealed.get("built") != now["built"]:
        changed.append(f"{folder.id}.geojson")
    return sorted(changed)


def _inputs(folder: Folder) -> Iterator[tuple[str, bytes]]:
    own = f"{folder.id}.build.json"
    for path in sorted(folder.path.rglob("*")):
        if path.is_file() and path.suffix not in _NOT_INPUT and path.name != own:
            content = path.read_bytes()
            if path == folder.path / "layer.toml":
                content = _without_looks(content)
            yield path.relative_to(folder.path).as_posix(), content
    for name in sorted(folder.spec.inputs):
        yield name, _named(folder, name)


def _without_looks(content: bytes) -> bytes:
    """A description without what only concerns the drawing: another colour is no other layer."""
    said = tomllib.loads(content.decode())
    return json.dumps({key: said[key] for key in sorted(said.keys() - _LOOK)}).encode()


def _named(folder: Folder, name: str) -> bytes:
    if "/" in name:
        return asset(name)
    path = HOME / name / f"{name}.geojson"
    try:
        return path.read_bytes()
    except OSError as error:
        raise LayersError(
            f"layer {folder.id}: its input {name} is not built; run `marchland build {name}`"
        ) from error


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
