"""`check`: everything that can be said about a file, a layer folder, or all of them."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from geo.feature import Feature
from geo.finding import Finding, worst
from geo.rules import check_geojson
from layers.build import build_bytes
from layers.catalogue import SLUG
from layers.collection import Collection
from layers.errors import BadLayer, NotBuilt
from layers.folder import Folder, open_folder
from layers.intake import placed, read_built, take_in
from layers.ruletable import finding
from layers.seal import broken_seal
from layers.truth import truth_findings
from layers.world import World

__all__ = ["check_all", "check_file", "check_folder", "check_path", "worst"]


def check_path(path: Path, cache: Path, world: World) -> list[Finding]:
    """Findings on what the user named: a layer folder, whose code then runs, or a file."""
    if not path.is_dir():
        return check_file(path)
    try:
        folder = open_folder(path.resolve())
    except BadLayer as error:
        return [one.at(file=_shown(path / "layer.toml")).clean for one in error.findings]
    return check_folder(folder, cache, world, run=True)


def check_file(path: Path) -> list[Finding]:
    """Findings on anybody's GeoJSON file, in document order. Never raises."""
    try:
        found = check_geojson(read_built(path, path.name))
    except NotBuilt:
        found = [finding("file-unreadable", "there is no such file")]
    except BadLayer as error:
        found = [replace(one, layer="") for one in error.findings]
    return [one.at(file=_shown(path)).clean for one in found]


def check_all(
    folders: Iterable[Folder],
    cache: Path,
    world: World,
    progress: Callable[[Folder], None] | None = None,
) -> list[Finding]:
    """The findings on each folder, in the order given; ``progress`` hears of each beforehand."""
    found: list[Finding] = []
    for folder in folders:
        if progress:
            progress(folder)
        found += check_folder(folder, cache, world)
    return found


def check_folder(folder: Folder, cache: Path, world: World, *, run: bool = False) -> list[Finding]:
    """Findings on one layer: is it named well, up to date, sound, licensed and true?

    The folder's code (`build.py`, `truth.py`) runs if it is ours or ``run`` says so. Then the
    bytes that its facts give now are checked, and the built file must be equal to them.
    """
    run = run or folder.trusted
    found = [*_name(folder)]
    data, more = _fresh(folder, cache) if run and folder.builder else _on_disk(folder, cache)
    found += more
    if not run:
        found += _not_run(folder)
    if data is not None:
        features, more = take_in(data, folder.id)
        found += more
        collection = Collection(folder.id, folder.spec, features, hashlib.sha256(data).hexdigest())
        found += placed(data, _pointed(_meaning(folder, collection, world, run=run), collection))
    return [one.at(layer=folder.id, file=_file(one, folder, cache)).clean for one in found]


def _meaning(
    folder: Folder, collection: Collection, world: World, *, run: bool
) -> Iterator[Finding]:
    """What only the read features can tell; nothing when they could not be read."""
    for feature in collection.features:
        yield from _slug(feature)
        yield from _licence(feature, folder)
    if run and collection.features:
        yield from truth_findings(folder, collection, world)


def _name(folder: Folder) -> Iterator[Finding]:
    if not SLUG.fullmatch(folder.id):
        yield finding("layer-name", f"the folder name {folder.id!r} is not a slug")


def _fresh(folder: Folder, cache: Path) -> tuple[bytes | None, list[Finding]]:
    """The bytes that the facts give now, and whether the built file is equal to them.

    A sealed layer is not built again: its file comes back, and whether its inputs are the same.
    """
    if folder.spec.sealed:
        return _sealed(folder, cache)
    try:
        data = build_bytes(folder)
    except BadLayer as error:
        return None, list(error.findings)
    except (Exception, SystemExit) as error:  # whatever a layer's code may raise
        return None, [finding("build", f"build.py ended with {type(error).__name__}: {error}")]
    built, found = _on_disk(folder, cache)
    if built is not None and built != data:
        found.append(finding("stale", f"{folder.id}.geojson is not what the facts give now"))
    return data, found


def _sealed(folder: Folder, cache: Path) -> tuple[bytes | None, list[Finding]]:
    data, found = _on_disk(folder, cache)
    if data is not None and (changed := broken_seal(folder, data)):
        what = ", ".join(changed)
        found.append(finding("stale", f"{folder.id}.geojson was made of something else: {what}"))
    return data, found


def _on_disk(folder: Folder, cache: Path) -> tuple[bytes | None, list[Finding]]:
    try:
        return read_built(folder.built(cache), folder.id), []
    except NotBuilt as error:
        return None, [finding("not-built", str(error))]
    except BadLayer as error:
        return None, list(error.findings)


def _not_run(folder: Folder) -> Iterator[Finding]:
    code = [name for name in ("build.py", "truth.py") if (folder.path / name).is_file()]
    if code:
        yield finding("code-not-run", f"{' and '.join(code)} did not run")


def _slug(feature: Feature) -> Iterator[Finding]:
    if not SLUG.fullmatch(feature.id):
        yield finding("id-slug", f"the id {feature.id!r} is not a slug", feature=feature.id)


def _licence(feature: Feature, folder: Folder) -> Iterator[Finding]:
    said = feature.properties
    if said.licence != folder.spec.licence and said.attribution is None:
        message = f"is under {said.licence}, the layer under {folder.spec.licence}"
        yield finding("licence-attribution", message, feature=feature.id)


def _pointed(findings: Iterable[Finding], collection: Collection) -> Iterator[Finding]:
    """The findings that name a feature with the pointer to it."""
    order = {feature.id: n for n, feature in enumerate(collection.features)}
    for one in findings:
        if one.place.pointer is None and one.feature in order:
            place = replace(one.place, pointer=f"/features/{order[one.feature]}")
            yield replace(one, place=place)
        else:
            yield one


def _file(one: Finding, folder: Folder, cache: Path) -> str:
    if one.rule == "layer-name":
        return _shown(folder.path / "layer.toml")
    if one.rule in ("build", "code-not-run") or (one.place.line is None and one.place.pointer):
        return _shown(folder.path / "build.py")
    return _shown(folder.built(cache))


def _shown(path: Path) -> str:
    """The path as a reader finds it: below the working directory if it is there."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError, RuntimeError):  # elsewhere, or a loop of links
        return path.as_posix()
