"""The display list: everything that a picture shows, in the order in which it is drawn.

Every picture is made from one `Scene` (PNG, WebP, SVG and PDF alike), so that they agree by
construction. Units are CSS pixels, x to the right and y down, in float64; nothing in here knows
of the globe. Colours are ``#rgb`` or ``#rrggbb``, opacities lie in [0, 1].
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, Self, TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.plaintext import plain_text

Points: TypeAlias = npt.NDArray[np.float64]
Offsets: TypeAlias = npt.NDArray[np.int64]
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

_LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.LINEARRING)


@dataclass(frozen=True, eq=False, slots=True)
class Paths:
    """Many lines or rings at once: path ``i`` is ``points[offsets[i]:offsets[i + 1]]``.

    ``points`` has shape (n, 2), ``offsets`` one entry more than there are paths. A ring repeats
    its first point.
    """

    points: Points
    offsets: Offsets

    @classmethod
    def of(cls, geometries: BaseGeometry | Iterable[BaseGeometry]) -> Self:
        """The rings of all polygons, or the lines, of geometries in pixels; points are left out."""
        given = [geometries] if isinstance(geometries, BaseGeometry) else geometries
        array = given if isinstance(given, np.ndarray) else np.array(list(given), dtype=object)
        return cls.of_lines(_lines(array))

    @classmethod
    def of_lines(cls, lines: npt.NDArray[np.object_]) -> Self:
        """The paths of an array of LineStrings or LinearRings, one path for each."""
        points, index = shapely.get_coordinates(lines, return_index=True)
        starts = np.flatnonzero(np.diff(index, prepend=-1))
        return cls(points, np.append(starts, len(points)).astype(np.int64))

    @classmethod
    def each(cls, paths: Iterable[npt.ArrayLike]) -> Self:
        """Paths from arrays of shape (n, 2), one path for each."""
        arrays = [np.asarray(path, dtype=np.float64).reshape(-1, 2) for path in paths]
        offsets = np.cumsum([0, *(len(array) for array in arrays)], dtype=np.int64)
        return cls(np.concatenate([np.empty((0, 2)), *arrays]), offsets)

    @classmethod
    def box(cls, left: float, top: float, right: float, bottom: float) -> Self:
        """One closed rectangle."""
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        return cls.each([corners])

    @property
    def empty(self) -> bool:
        return len(self.points) == 0

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __iter__(self) -> Iterator[Points]:
        return (self.points[start:end] for start, end in pairwise(self.offsets))


def _lines(geometries: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Rings of polygons and lines, in the order of the geometries, collections opened."""
    parts = geometries
    while np.any(shapely.get_type_id(parts) >= shapely.GeometryType.MULTIPOINT):
        parts = shapely.get_parts(parts)
    polygons = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    if polygons.any():
        rings, owner = shapely.get_rings(parts[polygons], return_index=True)
        at = np.concatenate([np.flatnonzero(polygons)[owner], np.flatnonzero(~polygons)])
        parts = np.concatenate([rings, parts[~polygons]])[np.argsort(at, kind="stable")]
    return parts[np.isin(shapely.get_type_id(parts), _LINES)]


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
    """

    color: str
    width: float
    opacity: float = 1.0
    dash: tuple[float, ...] = ()
    dash_offset: float = 0.0
    cap: Cap = "butt"
    join: Join = "round"


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
    """Items of which only what lies inside ``paths`` (even-odd) is shown."""

    paths: Paths
    items: Sequence[Item]


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
    """A picture of ``width`` by ``height`` px; without a ``background`` it is transparent."""

    width: float
    height: float
    items: Sequence[Item] = field(default_factory=list)
    background: str | None = None
    title: str = ""
    description: str = ""
    lang: str = "en"

    def texts(self) -> list[str]:
        """Every text that is drawn, as it is drawn (see `plain_text`), in order."""
        return [said for text in _texts(self.items) if (said := plain_text(text))]


def _texts(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Text | TextPath):
            yield item.text
        elif isinstance(item, Clip | Group):
            yield from _texts(item.items)
