"""The `marchland` command: the guard first, then what was asked for."""

import sys

from server.floors import alien_package


def main() -> None:
    """Run the command line; the process ends with one of the codes that `--help` lists."""
    if fault := alien_package():
        sys.exit(f"marchland: {fault}")
    from server.commands.root import run  # noqa: PLC0415  # not before the guard has looked

    sys.exit(run())
