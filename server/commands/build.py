"""`marchland build`: from facts to GeoJSON."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from layers.build import build
from layers.errors import NoSuchLayer
from layers.folder import Folder
from layers.prepare import Step, Watcher, is_stale, prepare
from server.commands.codes import FAILED, OK
from server.commands.options import Json, Layers, settings_of
from server.output import give, say, watching
from server.start import shelves

NAME = "build"
HELP = """Build layers from their facts. Two builds give the same bytes.

\b
Examples:
  marchland build                   every layer
  marchland build airbases          one layer
  marchland build --layers mine     also the layers in the folder mine

This runs the build.py of the layers: build only folders whose code you trust.
"""
Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", show_default=False)]


def command(ids: Ids = None, layers: Layers = None, json: Json = False) -> int:
    """Build and say what changed."""
    settings = settings_of(layers)
    found = shelves(settings.layers)
    chosen = _chosen(found.folders, ids or [])
    with watching() as watcher:
        done = [_build(one, settings.cache, n, len(chosen), watcher) for n, one in chosen]
    for one in done if not json else ():
        say(f"{one['layer']}: {'built' if one['changed'] else 'unchanged'}  {one['path']}")
    if json:
        give({"layers": done})
    for broken in found.broken:
        say(f"broken: {broken}", "red", stderr=True)
    return FAILED if found.broken else OK


def _chosen(folders: Iterable[Folder], ids: list[str]) -> list[tuple[int, Folder]]:
    known = {folder.id: folder for folder in folders}
    if missing := [one for one in ids if one not in known]:
        raise NoSuchLayer(f"no layer {', '.join(missing)}; there are: {', '.join(known)}")
    return list(enumerate((known[one] for one in ids or known), 1))


def _build(
    folder: Folder, cache: Path, number: int, count: int, watcher: Watcher
) -> dict[str, Any]:
    """A generated layer is only made when it is stale: that is what its stamp is for."""
    path, changed = folder.built(cache), False
    if folder.trusted and folder.spec.generated:
        changed = is_stale(folder, cache)
        prepare([folder], cache, watcher)
    else:
        step = partial(Step, folder.id, number, count)
        watcher(step())
        path, changed = build(folder, cache, lambda feature: watcher(step(feature)))
        watcher(step(done=True))
    return {"layer": folder.id, "path": str(path), "changed": changed}
