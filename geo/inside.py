"""Which of many areas hold a position, on 180° and at the poles too."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geo.clean import polygons_of
from geo.edges import EdgeType
from geo.geodesic import Point
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

    def holding(self, at: Point) -> list[int]:
        """The numbers of the geometries that hold the position, rising.

        Longitude means nothing at a pole: there, what reaches the pole on any meridian is found.
        ±180° are one meridian.
        """
        spots = _polar_spots(at) if at[1] > NORTH - 1 else ()
        found = chain(self._polar.holding(spots), self._flat.holding(_aliases(at)))
        found = chain(found, self._flat.reaching(at[1])) if abs(at[1]) == 90 else found
        return sorted(set(found))


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
        for x, y in spots if self.owners else ():
            near = self.tree.query(shapely.points(x, y))
            hits = near[shapely.intersects_xy(self.shapes[near], x, y)]
            found += (self.owners[place] for place in hits)
        return found

    def reaching(self, pole: float) -> list[int]:
        line = shapely.LineString([(-180, pole), (180, pole)])
        return [self.owners[place] for place in self.tree.query(line, predicate="intersects")]


def _polar(points: Numbers) -> Numbers:
    """Metres in the polar plane, the pole exactly at its middle."""
    return np.where((points[:, 1] >= 90)[:, None], 0.0, to_plane(points))


def _is_northern(geometry: BaseGeometry) -> bool:
    return bool(not geometry.is_empty and geometry.bounds[1] >= NORTH)


def _polar_spots(at: Point) -> tuple[Point, ...]:
    """The position in the polar plane.

    On 180° a tenth of a millimetre to either side of it, since parts are cut there.
    """
    lon, lat = at
    cut = abs(lon) == 180 and lat < 90
    spots = [(180 - 1e-9, lat), (-180 + 1e-9, lat)] if cut else [at]
    return tuple((x, y) for x, y in _polar(np.array(spots)).tolist())


def _aliases(at: Point) -> tuple[Point, ...]:
    lon, lat = at
    return (at, (-lon, lat)) if abs(lon) == 180 else (at,)
