"""The `marchland` command: the guard first, then what was asked for."""

import gc
import sys

from server.floors import alien_package


def main() -> None:
    """Run the command line; the process ends with one of the codes that `--help` lists."""
    if fault := alien_package():
        sys.exit(f"marchland: {fault}")
    gc.disable()  # what is loaded now stays: to look through it for garbage takes a tenth longer
    from server.commands.root import loaded, run  # noqa: PLC0415  # not before the guard has looked

    loaded(sys.argv[1:])
    gc.freeze()
    gc.enable()
    sys.exit(run())
