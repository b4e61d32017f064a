"""A bounding box on the globe, which may run across 180°."""

import math
from dataclasses import dataclass
from typing import Self

from shapely import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo.errors import BadBBox


@dataclass(frozen=True, slots=True)
class BBox:
    """West, south, east, north in CRS84 degrees; west > east means that it runs across 180°."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def parse(cls, text: str) -> Self:
        """The box of an OGC ``bbox`` parameter: four numbers, or six with heights (ignored).

        Raises `BadBBox` naming the number that is wrong.
        """
        parts = text.split(",")
        if len(parts) not in (4, 6):
            raise BadBBox(f"bbox has {len(parts)} numbers; write west,south,east,north")
        numbers = [_number(part) for part in parts]
        if len(numbers) == 6:
            numbers = [*numbers[:2], *numbers[3:5]]
        return cls(*numbers).checked()

    def checked(self) -> Self:
        """The same box, or `BadBBox` when a side lies off the globe or south lies above north."""
        for name, value in (("west", self.west), ("east", self.east)):
            if not -180 <= value <= 180:
                raise BadBBox(f"bbox {name} is {value:g}; longitudes lie between -180 and 180")
        for name, value in (("south", self.south), ("north", self.north)):
            if not -90 <= value <= 90:
                raise BadBBox(f"bbox {name} is {value:g}; latitudes lie between -90 and 90")
        if self.south > self.north:
            raise BadBBox(f"bbox south {self.south:g} lies above north {self.north:g}; swap them")
        return self

    @property
    def crosses(self) -> bool:
        """Whether the box runs across 180°."""
        return self.west > self.east

    @property
    def width(self) -> float:
        """Degrees of longitude from west to east, 0 to 360."""
        return self.east - self.west + (360 if self.crosses else 0)

    @property
    def parts(self) -> tuple[tuple[float, float, float, float], ...]:
        """One planar box, or two that meet at 180°: (minx, miny, maxx, maxy)."""
        if not self.crosses:
            return ((self.west, self.south, self.east, self.north),)
        return (
            (self.west, self.south, 180.0, self.north),
            (-180.0, self.south, self.east, self.north),
        )

    @property
    def area(self) -> BaseGeometry:
        """The box as a polygon, or as a multipolygon cut at 180°."""
        shapes: list[Polygon] = [box(*part) for part in self.parts]
        return shapes[0] if len(shapes) == 1 else MultiPolygon(shapes)

    def as_list(self) -> list[float]:
        """[west, south, east, north] as RFC 7946 section 5 writes it."""
        return [self.west, self.south, self.east, self.north]


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadBBox(f"bbox holds {text.strip()!r}, which is not a finite number")
    return value
