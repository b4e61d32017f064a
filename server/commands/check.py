"""`marchland check`: findings about our layers, a layer folder, or anybody's GeoJSON file."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from geo.finding import Finding, Severity, worst
from layers.report import as_json, as_sarif, as_text
from layers.world import World
from server.commands.codes import FAILED, MISSING, OK
from server.commands.options import Json, Layers, settings_of
from server.output import console, counting, say, watching
from server.settings import Settings
from server.start import open_catalogue, shelves

NAME = "check"
HELP = """Check layers, or any GeoJSON file: form, geometry, schema, sources, truth.

\b
Examples:
  marchland check                       every layer
  marchland check mine.geojson          a file, whoever made it
  marchland check my_layers/harbours    a layer folder; this runs its code
  marchland check --format sarif > findings.sarif

Ends with 1 when there is an error among the findings; warnings and notes do not count.
"""


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


Target = Annotated[
    Path | None,
    typer.Argument(metavar="[PATH]", help="A GeoJSON file or a layer folder.", show_default=False),
]
Form = Annotated[Format, typer.Option("--format", help="text, json or sarif.")]


def command(
    path: Target = None, layers: Layers = None, format: Form = Format.TEXT, json: Json = False
) -> int:
    """Print the findings."""
    settings = settings_of(layers)
    if path is not None and not path.exists():
        say(f"marchland: there is no file or folder {path}", "red", stderr=True)
        return MISSING
    found = _ours(settings) if path is None else _findings(path, settings)
    _print(found, Format.JSON if json else format)
    return FAILED if worst(found) is Severity.ERROR else OK


def _ours(settings: Settings) -> list[Finding]:
    from layers.check import check_all  # noqa: PLC0415  # with pyproj, which `serve` never needs

    shelf = shelves(settings.layers)
    world = _world(settings)
    with counting("checking", len(shelf.folders)) as step:
        found = check_all(shelf.folders, settings.cache, world, lambda folder: step(folder.id))
    return [*(one for broken in shelf.broken for one in broken.findings), *found]


def _findings(path: Path, settings: Settings) -> list[Finding]:
    from layers.check import check_file, check_path  # noqa: PLC0415  # as above

    if path.is_file():
        return check_file(path)  # needs no world, and no layer of ours
    inner = [path] if (path / "layer.toml").exists() else _layers_below(path)
    world = _world(settings)
    found: list[Finding] = []
    with counting("checking", len(inner)) as step:
        for one in inner:
            step(one.name)
            found += check_path(one, settings.cache, world)
    return found


def _layers_below(path: Path) -> list[Path]:
    """The layer folders in ``path``; itself, so that a finding says it, where there is none."""
    return [text.parent for text in sorted(path.glob("*/layer.toml"))] or [path]


def _world(settings: Settings) -> World:
    with watching() as watcher:
        return World(open_catalogue(settings, watcher))


def _print(found: list[Finding], format: Format) -> None:
    if format is Format.TEXT:
        console().print(as_text(found), end="", soft_wrap=True)
        return
    sys.stdout.write(as_json(found) if format is Format.JSON else as_sarif(found))
