"""`marchland layers`: what there is."""

from typing import Any

from rich.table import Table

from layers.catalogue import Catalogue
from layers.collection import Collection
from server.commands.codes import FAILED, OK
from server.commands.options import Json, Layers, settings_of
from server.output import console, give, say, watching
from server.start import open_catalogue

NAME = "layers"
HELP = """List the layers: id, features, licence, title; and those that are broken.

\b
Examples:
  marchland layers
  marchland layers --layers my_layers --json

Ends with 1 when a layer is broken.
"""


def command(layers: Layers = None, json: Json = False) -> int:
    """Print the catalogue."""
    with watching() as watcher:
        catalogue = open_catalogue(settings_of(layers), watcher)
    if json:
        give(catalogue_json(catalogue))
    else:
        _print(catalogue)
    return FAILED if catalogue.broken else OK


def catalogue_json(catalogue: Catalogue) -> dict[str, Any]:
    """The catalogue as JSON values."""
    return {
        "layers": [_layer(one) for one in catalogue.collections.values()],
        "broken": [
            {"id": one.layer, "findings": [finding.message for finding in one.findings]}
            for one in catalogue.broken
        ],
    }


def _layer(one: Collection) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.spec.title,
        "role": one.spec.role,
        "licence": one.spec.licence,
        "attribution": one.spec.attribution,
        "features": len(one.features),
        "sha256": one.digest,
    }


def _print(catalogue: Catalogue) -> None:
    table = Table("layer", "features", "licence", "title", box=None, header_style="bold")
    table.columns[1].justify = "right"
    for one in catalogue.collections.values():
        table.add_row(one.id, str(len(one.features)), one.spec.licence, one.spec.title)
    console().print(table)
    for broken in catalogue.broken:
        say(f"broken: {broken}", "red", stderr=True)
