"""What a generated layer is made of, as one digest: when it changes, the built file is stale."""

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import shapely

from layers.assets import asset
from layers.folder import HOME, Folder

ROOT = HOME.parent
# Read as text: to parse every module would take a start a tenth of a second.
_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n(#]+)|import[ \t]+([^\n#]+))",
    re.M,
)
_COMMENT = re.compile(r"#[^\n]*|[()]")
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
    files = (ROOT / f"{name.replace('.', '/')}.py" for name in _names(path.read_bytes()))
    return {file for file in files if file.is_file()}


@lru_cache(maxsize=256)
def _names(source: bytes) -> frozenset[str]:
    """What a module may import, by its text: several layers are built by the same modules."""
    names: set[str] = set()
    for start, listed, plain in _IMPORT.findall(source.decode()):
        ends = [
            part.split()[0] for part in _COMMENT.sub("", listed or plain).split(",") if part.strip()
        ]
        names |= {f"{start}.{end}" for end in ends} | {start} if start else set(ends)
    return frozenset(names)
