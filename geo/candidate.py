"""A label that wants a place on a map."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from geo.paths import Points
from geo.scene import Halo, Type

Kind: TypeAlias = Literal["point", "area", "line"]


@dataclass(frozen=True, eq=False, slots=True)
class Candidate:
    """A label that wants a place at ``x, y``, in global px; ``priority`` 0 is before 1.

    A ``point`` has its text beside a dot of radius ``dot``; with ``fixed`` the dot is drawn
    whatever becomes of the text, so that no label may cover it. An ``area`` has its text centred
    on ``x, y``, or moved by up to ``roam`` times what is usual. A ``line`` has its text along
    ``line``, raised by ``lift`` px. ``text`` may hold line ends.
    """

    priority: float
    text: str
    type: Type
    color: str
    x: float
    y: float
    halo: Halo | None = None
    kind: Kind = "point"
    dot: float = 0.0
    fixed: bool = False
    roam: float = 1.0
    line: Points | None = None
    lift: float = 0.0
    opacity: float = 1.0
    id: str | None = None

    @property
    def rank(self) -> tuple[object, ...]:
        """All that tells two candidates apart, the priority first: a total order."""
        line = self.line.tobytes() if self.line is not None else b""
        halo = (self.halo.color, self.halo.width, self.halo.opacity) if self.halo else ()
        return (
            *(self.priority, self.text, self.x, self.y, self.kind, self.id or ""),
            *(self.type.style, self.type.size, self.type.spacing, self.color, halo),
            *(self.dot, self.fixed, self.roam, self.lift, self.opacity, line),
        )
