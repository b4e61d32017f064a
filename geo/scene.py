"""The display list: everything that a picture shows, in the order in which it is drawn.

Every picture is made from one `Scene` (PNG, WebP, SVG and PDF alike), so that they agree by
construction. Units are CSS pixels, x to the right and y down, in float64; nothing in here knows
of the globe. Colours are ``#rgb`` or ``#rrggbb``, opacities lie in [0, 1].
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from geo.paths import Paths, Points
from geo.plaintext import plain_text

Shape: TypeAlias = Literal["circle", "square", "diamond", "triangle"]
Cap: TypeAlias = Literal["butt", "round", "square"]
Join: TypeAlias = Literal["round", "miter", "bevel"]
Anchor: TypeAlias = Literal["start", "middle", "end"]
Style: TypeAlias = Literal[
    "sans",
    "sans_italic",
    "sans_medium",
    "sans_semibold",
    "serif",
    "serif_italic",
    "serif_semibold",
]


@dataclass(frozen=True, slots=True)
class Fill:
    """A flat colour; the even-odd rule decides what is inside."""

    color: str
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A pen. ``dash`` alternates drawn and left out, in px.

    ``dash_offset`` is how far along the dash pattern the first point of each path lies: give the
    distance along the whole line, in px, and the pattern goes on across pieces and tiles.
    ``fine`` is for lines with a corner every few px, such as coasts: where it is thinner than a
    pixel an engine may draw it by its own rule for hairlines, which is much quicker.
    """

    color: str
    width: float
    opacity: float = 1.0
    dash: tuple[float, ...] = ()
    dash_offset: float = 0.0
    cap: Cap = "butt"
    join: Join = "round"
    fine: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class Area:
    """Rings that are filled, stroked, or both. All pieces of one fill belong into one Area."""

    paths: Paths
    fill: Fill | None = None
    stroke: Stroke | None = None
    id: str | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """Open paths under one pen."""

    paths: Paths
    stroke: Stroke
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A point symbol; shapes of one ``radius`` cover the same area as the circle of it."""

    x: float
    y: float
    shape: Shape = "circle"
    radius: float = 3.0
    fill: Fill | None = None
    stroke: Stroke | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Type:
    """A face (see `Style`), its size, and extra space after each letter, both in px."""

    style: Style = "sans"
    size: float = 12.0
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class Halo:
    """A rim behind letters; ``width`` is that of the stroke, so half of it shows."""

    color: str
    width: float = 2.5
    opacity: float = 0.85


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text whose baseline starts, is centred, or ends at ``x, y``.

    ``angle`` turns it clockwise about that point, in degrees.
    """

    x: float
    y: float
    text: str
    type: Type
    color: str
    anchor: Anchor = "start"
    angle: float = 0.0
    halo: Halo | None = None
    opacity: float = 1.0


@dataclass(frozen=True, eq=False, slots=True)
class TextPath:
    """Text along a line of shape (n, 2), centred on it, its baseline on the line."""

    points: Points
    text: str
    type: Type
    color: str
    halo: Halo | None = None
    opacity: float = 1.0


@dataclass(frozen=True, eq=False, slots=True)
class Clip:
    """Items of which only what lies inside ``paths`` (even-odd) is shown.

    ``around`` is the colour of everything drawn so far outside of them, where it is but one: pixels
    may then be painted over with it, which is much quicker than to cut them off.
    """

    paths: Paths
    items: Sequence[Item]
    around: str | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Group:
    """Items that belong together, named in an SVG for readers and scripts."""

    items: Sequence[Item]
    id: str | None = None
    title: str | None = None
    kind: str | None = None


Item: TypeAlias = Area | Line | Mark | Text | TextPath | Clip | Group


@dataclass(frozen=True, eq=False, slots=True)
class Scene:
    """A picture of ``width`` by ``height`` px; without a ``background`` it is transparent.

    One that stands ``alone`` has no other beside it that must go on where it ends, as tiles do:
    all of its thin strokes are `Stroke.fine`.
    """

    width: float
    height: float
    items: Sequence[Item] = field(default_factory=list)
    background: str | None = None
    title: str = ""
    description: str = ""
    lang: str = "en"
    alone: bool = False

    def texts(self) -> list[str]:
        """Every text that is drawn, as it is drawn (see `plain_text`), in order."""
        return [said for text in _texts(self.items) if (said := plain_text(text))]


def _texts(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Text | TextPath):
            yield item.text
        elif isinstance(item, Clip | Group):
            yield from _texts(item.items)
