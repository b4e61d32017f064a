"""Which of many areas hold a position, on 180° and at the poles too."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.clean import polygons_of
from geo.edges import EdgeType
from geo.eye import Eye
from geo.polar import to_plane

NORTH = 30.0  # areas of geodesics wholly north of this are asked in the polar plane
WARM = 500  # vertices from which a polygon is made ready beforehand

Numbers = npt.NDArray[np.float64]


class AreaIndex:
    """The polygons of many geometries, ready to be asked; lines and points hold nothing.

    Edges that are geodesics are straight lines of the polar plane, where the north is; all other
    areas are asked in longitude and latitude, as RFC 7946 reads them. Edges belong to an area.
    """

    def __init__(self, geometries: Sequence[BaseGeometry | None], edge: EdgeType) -> None:
        polar: list[tuple[int, Polygon]] = []
        flat: list[tuple[int, Polygon]] = []
        for owner, one in enumerate(geometries):
            in_plane = edge == "geodesic" and one is not None and _is_northern(one)
            for part in polygons_of(one) if one is not None else ():
                (polar if in_plane else flat).append((owner, part))
        self._polar = _Plane([(own, shapely.transform(part, _polar)) for own, part in polar])
        self._flat = _Plane(flat)

    def holding(self, eye: Eye) -> list[int]:
        """The numbers of the geometries that hold the position, rising.

        Longitude means nothing at a pole: there, what reaches the pole on any meridian is found.
        ±180° are one meridian.
        """
        found = {*self._polar.holding(eye.polar), *self._flat.holding(eye.flat)}
        lat = eye.at[1]
        return sorted(found.union(self._flat.reaching(lat)) if abs(lat) == 90 else found)


class _Plane:
    """Polygons in one plane, with a tree over their boxes."""

    def __init__(self, parts: list[tuple[int, Polygon]]) -> None:
        self.owners = [owner for owner, _ in parts]
        self.shapes = np.array([part for _, part in parts], dtype=object)
        shapely.prepare(self.shapes)
        self.tree = shapely.STRtree(self.shapes)
        large = self.shapes[shapely.get_num_coordinates(self.shapes) >= WARM]
        west, south, east, north = shapely.bounds(large).T
        # The first question to a polygon sorts its edges: asked now, so that no reader waits.
        shapely.intersects_xy(large, (west + east) / 2, (south + north) / 2)

    def holding(self, spots: Sequence[Point]) -> list[int]:
        found: list[int] = []
        for spot in spots if self.owners else ():
            near = self.tree.query(spot)
            if len(near):
                hits = near[shapely.intersects(self.shapes[near], spot)]
                found += (self.owners[place] for place in hits.tolist())
        return found

    def reaching(self, pole: float) -> list[int]:
        line = shapely.LineString([(-180, pole), (180, pole)])
        return [self.owners[place] for place in self.tree.query(line, predicate="intersects")]


def _polar(points: Numbers) -> Numbers:
    """Metres in the polar plane, the pole exactly at its middle."""
    return np.where((points[:, 1] >= 90)[:, None], 0.0, to_plane(points))


def _is_northern(geometry: BaseGeometry) -> bool:
    return bool(not geometry.is_empty and geometry.bounds[1] >= NORTH)
