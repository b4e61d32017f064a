"""Areas of zones: up to the drawn coast, and beyond the territorial sea."""

from collections.abc import Iterable

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geo.belt import widened
from geo.geodesic import METRES_PER_M, area_m2
from layers.arctic_base_points.legal import listed
from layers.arctic_zones.lines import flat
from layers.facts import Facts
from layers.folder import HOME, open_folder

TERRITORIAL_SEA_M = 12 * METRES_PER_M
SIMPLE_M = 50.0  # the belt does not feel smaller bends of the coast


def territorial_belt(facts: Facts, coast: Iterable[BaseGeometry]) -> BaseGeometry:
    """Land, waters within straight baselines and 12 M around both, in the polar plane.

    Straight baselines are those of the lists that arctic_base_points has; elsewhere the coast that
    is drawn is the baseline.
    """
    shores = [shapely.simplify(shape, SIMPLE_M) for shape in coast]
    inner = shapely.union_all([*shores, *_enclosed(facts)])
    return widened(inner, TERRITORIAL_SEA_M)


def areas_km2(shape: BaseGeometry, flat_shape: BaseGeometry, belt: BaseGeometry) -> tuple[int, int]:
    """The area on the ellipsoid, and what of it lies beyond the belt; whole km²."""
    whole = area_m2(shape) / 1e6
    beyond = shapely.difference(flat_shape, belt).area / 1e6  # the plane is equal-area
    return round(whole), round(beyond)


def _enclosed(facts: Facts) -> list[BaseGeometry]:
    """The waters that straight baselines close off: rings, and chains closed over land."""
    laws = Facts(open_folder(HOME / "arctic_base_points", trusted=True)).table("legal.csv")
    over_land = {entry["state"]: entry["around"] for entry in facts.tree("plan.toml")["enclosed"]}
    found: list[BaseGeometry] = []
    for key in dict.fromkeys((row["state"], row["group"]) for row in laws):
        rows = [row for row in laws if (row["state"], row["group"]) == key]
        points = flat(listed(rows)[0].points)
        if rows[-1]["line"] == "close":
            found.append(Polygon(points))
        elif len(rows) > 10 and key[0] in over_land:
            found.append(Polygon(np.vstack([points, flat(over_land[key[0]])])))
    return [shapely.make_valid(shape) for shape in found]
