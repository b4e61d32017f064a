"""What goes into the rendering of a map and what comes out of it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Drawn:
    """One collection on one map: its id, its name for the layer control, and what our script
    needs to know to draw it (plain JSON values; ``url`` is where the features are)."""

    id: str
    name: str
    config: dict[str, Any]
    control: bool = True
    show: bool = True


@dataclass(frozen=True, slots=True)
class Parts:
    """A rendered map in pieces that a strict content security policy allows."""

    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    body: str
    script: bytes
