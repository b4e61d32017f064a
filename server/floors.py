"""The start-up guard: geo, layers and server must be the three of one installation.

The names are common. Another distribution, or a folder of that name in the working directory,
can come first on the path; then nothing would work, with messages that help nobody. This file
imports nothing of the three, so that it can speak before they fail.
"""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
FLOORS = ("geo", "layers", "server")


def alien_package(find: Callable[[str], Path | None] | None = None) -> str | None:
    """What is wrong with the three packages, and what to do; None when they belong together.

    ``find`` gives the folder of a package by name, or None where there is none.
    """
    for name in FLOORS:
        place = (find or _place)(name)
        if place is None:
            return f"package {name} is not installed beside {HOME / 'server'}; install again"
        if place.resolve().parent != HOME:
            return (
                f"package {name} at {place} is not marchland's, which lies in {HOME}; "
                "start in another folder, or install marchland in an environment of its own"
            )
    return None


def _place(name: str) -> Path | None:
    spec = find_spec(name)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    if folders:
        return Path(folders[0])
    return Path(spec.origin) if spec and spec.origin else None
