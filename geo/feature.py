"""A feature: an id, a shapely geometry in CRS84, and what it says about itself."""

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from geo.model import Properties


@dataclass(frozen=True, slots=True)
class Feature:
    """Geometry is RFC 7946 canonical: lon/lat, cut at 180°, counter-clockwise shells; or None."""

    id: str
    geometry: BaseGeometry | None
    properties: Properties
