"""Options that several subcommands share, and the settings that come of them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from server.settings import Settings

Layers = Annotated[
    list[Path] | None,
    typer.Option(
        "--layers",
        metavar="DIR",
        help="A folder of further layer folders, or one layer folder. May be repeated.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def settings_of(layers: list[Path] | None = None, **given: Any) -> Settings:
    """The settings of the environment, with what the command line says in their place.

    Raises `BadSetting`.
    """
    read = Settings.read()
    values = {**read.model_dump(), **{k: v for k, v in given.items() if v is not None}}
    values["layers"] = tuple(path.absolute() for path in (*read.layers, *(layers or ())))
    return Settings.checked(values)
