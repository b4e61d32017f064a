"""`marchland pack`: tiles in one file."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from layers.packing import write_pack
from layers.packs import SUFFIX
from server.commands.codes import OK
from server.commands.options import Layers, settings_of
from server.output import say, watching
from server.start import open_app
from server.state import Site
from server.tiles.packed import Wanted, contents_of

NAME = "pack"
HELP = """Write tiles into one PMTiles file, which the server then serves instead of making them.

\b
Examples:
  marchland pack countries --max-zoom 6
  marchland pack land,countries,airbases --tms Arctic3995Quad
  marchland pack bering --form png --max-zoom 5 --out bering.pmtiles

A collection, or several with commas, or a map. Two runs give the same bytes. Without --out the
file goes where the server looks for packs; it serves one for as long as the data are the same.
"""
What = Annotated[str, typer.Argument(metavar="ID", help="Collections, or a map.")]
Tms = Annotated[str, typer.Option("--tms", metavar="GRID", help="The tile matrix set.")]
Depth = Annotated[int, typer.Option("--max-zoom", min=0, max=14, help="The deepest zoom.")]
Form = Annotated[Literal["mvt", "png", "webp"], typer.Option("--form", help="What the tiles are.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", show_default=False)]


def command(  # noqa: PLR0913, PLR0917  # each is an option of the command line
    what: What,
    tms: Tms = "WebMercatorQuad",
    max_zoom: Depth = 6,
    form: Form = "mvt",
    out: Out = None,
    layers: Layers = None,
) -> int:
    """Write the file and say what is in it."""
    with watching() as watcher:
        site: Site = open_app(settings_of(layers), watcher).state.site
    path = out or _home(site) / f"{what.replace(',', '+')}.{tms}.{form}{SUFFIX}"
    path.parent.mkdir(parents=True, exist_ok=True)
    contents = contents_of(site, Wanted(what, tms, max_zoom, form))
    count = write_pack(path, contents, _tell)
    say(f"{count} tiles, {path.stat().st_size} bytes: {path}")
    return OK


def _tell(zoom: int, count: int) -> None:
    say(f"zoom {zoom}: {count} tiles", stderr=True)


def _home(site: Site) -> Path:
    return site.settings.cache / "packs"
