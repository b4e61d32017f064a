"""The command line as a whole: its subcommands, its help, and how it ends."""

import sys
from functools import cache
from importlib import import_module
from importlib.metadata import version as installed
from typing import Annotated

import typer

from geo.errors import BadPosition, GeoError
from layers.errors import LayersError, NoSuchFeature, NoSuchLayer, NoSuchMap
from server.commands.codes import FAILED, MISSING, USAGE
from server.errors import BadParameter, BadSetting, ServerError
from server.output import say

EPILOG = """
Exit codes: 0 all is well · 1 findings or errors · 2 the command line or a setting is wrong ·
3 there is no such layer, feature, map or file.

Settings come from MARCHLAND_CACHE, _LAYERS, _HOST, _PORT, _WORKERS, _BASE_URL,
_FRAME_ANCESTORS, _ANSWERS_MB and _TILES_MB; an option on the command line goes before them.
"""
COMMANDS = ("serve", "build", "check", "layers", "get", "pack", "where")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"marchland {installed('marchland')}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", help="Print the version and end.", is_eager=True, callback=_version),
]


def _options(version: Version = False) -> None: ...  # those before the subcommand


def loaded(arguments: list[str]) -> typer.Typer:
    """The command line with the subcommand that these ask for, and no other loaded; else all."""
    return _with((arguments[0],) if arguments and arguments[0] in COMMANDS else COMMANDS)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line, ours unless given; the exit code comes back."""
    words = sys.argv[1:] if arguments is None else arguments
    try:
        code = loaded(words)(words, standalone_mode=False)
    except Exception as error:
        return _failed(error)
    return code if isinstance(code, int) else 0


@cache
def _with(names: tuple[str, ...]) -> typer.Typer:
    """The command line with some of its subcommands."""
    app = typer.Typer(
        name="marchland",
        help="Maps of contested and strategic places: build the layers, check them, serve them.",
        epilog=EPILOG,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_options)
    for name in names:
        module = import_module(f"server.commands.{name}")
        context = getattr(module, "CONTEXT", None)
        app.command(name=module.NAME, help=module.HELP, context_settings=context)(module.command)
    return app


def _failed(error: Exception) -> int:
    if isinstance(error, typer.Abort):
        return FAILED
    show = getattr(error, "show", None)
    if show:  # a usage error of the command line parser knows how to explain itself
        show()
        return USAGE
    if not isinstance(error, (GeoError, LayersError, ServerError)):
        raise error
    say(f"marchland: {error}", "red", stderr=True)
    sys.stdout.flush()
    if isinstance(error, (NoSuchLayer, NoSuchFeature, NoSuchMap)):
        return MISSING
    return USAGE if isinstance(error, (BadSetting, BadParameter, BadPosition)) else FAILED
