"""What a generated layer is made of, as one digest: when it changes, the built file is stale."""

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path

import shapely

from layers.assets import asset
from layers.folder import HOME, Folder

ROOT = HOME.parent
_NOT_INPUT = {".md", ".geojson", ".pyc", ".part"}


def digest_of(folder: Folder) -> str:
    """SHA-256, in hex, over the folder's own files, its assets, our code that the build imports
    and the geometry engine. Raises `LayersError` when an asset is not there.
    """
    digest = hashlib.sha256(f"shapely {shapely.__version__} {shapely.geos_version}".encode())
    for name, data in _parts(folder):
        digest.update(f"\n{name} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def _parts(folder: Folder) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.path.rglob("*")):
        if path.is_file() and path.suffix not in _NOT_INPUT:
            yield path.relative_to(folder.path).as_posix(), path.read_bytes()
    for name in sorted(folder.spec.inputs):
        yield name, _input(name)
    if folder.builder:
        for path in sorted(code_of(folder.builder)):
            yield path.relative_to(ROOT).as_posix(), path.read_bytes()


def _input(name: str) -> bytes:
    """An asset, or a file of another layer's folder such as ``countries/contested.toml``."""
    path = HOME / name
    return path.read_bytes() if path.is_file() else asset(name)


def code_of(builder: Path) -> set[Path]:
    """The files of our own packages that a module imports, and those that they import."""
    found: set[Path] = set()
    waiting = [builder]
    while waiting:
        for path in _imports(waiting.pop()) - found:
            found.add(path)
            waiting.append(path)
    return found


def _imports(path: Path) -> set[Path]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    files = (ROOT / f"{name.replace('.', '/')}.py" for name in names)
    return {file for file in files if file.is_file()}
