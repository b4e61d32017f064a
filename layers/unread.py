"""Features whose shapes lie in a mapped file: each is read when somebody looks at it.

Our layers have 1.7 million vertices, 40 MB; but tiles, maps and positions have files of their own,
and of what is left an answer looks at few shapes or at none. One of a thousand vertices is read in
some 30 µs, and is there once for as long as anybody holds it.
"""

from dataclasses import dataclass
from mmap import mmap
from weakref import ref

import shapely
from shapely.geometry.base import BaseGeometry

from geo.feature import Box, Feature, Form
from geo.model import Properties


@dataclass(frozen=True, slots=True)
class Lying:
    """A shape that lies in a file as WKB, from ``start`` to ``end``, and what is said of it."""

    file: mmap
    start: int
    end: int
    form: Form | None
    dimensions: int
    vertices: int
    box: Box | None

    def read(self) -> BaseGeometry:
        """The shape itself."""
        return shapely.from_wkb(self.file[self.start : self.end])


class Unread(Feature):
    """A feature as any other, but for where its geometry is."""

    __slots__ = ("_held", "_seen")
    _held: BaseGeometry | Lying | None
    _seen: "ref[BaseGeometry] | None"

    def __init__(
        self, id: str, geometry: BaseGeometry | Lying | None, properties: Properties
    ) -> None:
        """``geometry`` is what it is elsewhere where somebody gives the feature another one."""
        told = {"id": id, "properties": properties, "_held": geometry, "_seen": None}
        for name, value in told.items():
            object.__setattr__(self, name, value)

    @property
    def geometry(self) -> BaseGeometry | None:
        """Read now, unless somebody holds it."""
        if not isinstance(self._held, Lying):
            return self._held
        found = self._seen() if self._seen else None
        if found is None:
            found = self._held.read()
            object.__setattr__(self, "_seen", ref(found))
        return found

    def __reduce__(self) -> tuple[type[Feature], tuple[object, ...]]:
        """To another process it goes with its geometry."""
        return Feature, (self.id, self.geometry, self.properties)

    @property
    def form(self) -> Form | None:
        """See `Feature.form`; nothing is read for that, as little as for the following."""
        return self._held.form if isinstance(self._held, Lying) else super().form

    @property
    def dimensions(self) -> int:
        """See `Feature.dimensions`."""
        return self._held.dimensions if isinstance(self._held, Lying) else super().dimensions

    @property
    def vertices(self) -> int:
        """See `Feature.vertices`."""
        return self._held.vertices if isinstance(self._held, Lying) else super().vertices

    @property
    def box(self) -> Box | None:
        """See `Feature.box`."""
        return self._held.box if isinstance(self._held, Lying) else super().box
