"""A feature: an id, a shapely geometry in CRS84, and what it says about itself."""

from dataclasses import dataclass
from typing import Literal

import shapely
from shapely.geometry.base import BaseGeometry

from geo.model import Properties

Form = Literal["point", "line", "area"]
Box = tuple[float, float, float, float]
_FORMS: dict[str, Form] = {"Point": "point", "LineString": "line", "Polygon": "area"}


@dataclass(frozen=True, slots=True)
class Feature:
    """Geometry is RFC 7946 canonical: lon/lat, cut at 180°, counter-clockwise shells; or None.

    What can be said of it in a few numbers is asked of the feature: a geometry may have to be read
    from a file first (`layers.unread`).
    """

    id: str
    geometry: BaseGeometry | None
    properties: Properties

    @property
    def form(self) -> Form | None:
        """Point, line or area; None without geometry. A mixed collection counts as its first
        part."""
        geometry = self.geometry
        if geometry is None or geometry.is_empty:
            return None
        while hasattr(geometry, "geoms"):
            geometry = geometry.geoms[0]
        return _FORMS.get(geometry.geom_type)

    @property
    def dimensions(self) -> int:
        """0 for points, 1 for lines, 2 where any part is an area; -1 for nothing."""
        if self.geometry is None or self.geometry.is_empty:
            return -1
        return int(shapely.get_dimensions(self.geometry))

    @property
    def vertices(self) -> int:
        """How many positions the geometry has."""
        return 0 if self.geometry is None else int(shapely.get_num_coordinates(self.geometry))

    @property
    def box(self) -> Box | None:
        """The least and the greatest longitude and latitude: west, south, east, north, within ±180°
        and not across it; None for nothing.
        """
        if self.geometry is None or self.geometry.is_empty:
            return None
        west, south, east, north = self.geometry.bounds
        return (west, south, east, north)
