"""Which feature each face belongs to: a zone, a special area, the overlap, a high-seas area."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from geo.clean import polygons_of
from geo.polar import to_plane
from layers.arctic_zones.construction import Construction
from layers.arctic_zones.rules import HIGH_SEAS
from layers.facts import Facts
from layers.folder import HOME, open_folder

LAND, OUTSIDE = "land", "outside"


def shape_of(made: Construction, says: dict[str, Any]) -> BaseGeometry:
    """All faces of the label of an entry in the plane, or the part that holds its point ``at``.

    Raises `ValueError` when no part does.
    """
    whole = made.arrangement.dissolved(made.members(says.get("label", HIGH_SEAS)))
    if "at" not in says:
        return whole
    point = Point(to_plane(shapely.get_coordinates(Point(says["at"])))[0])
    for part in polygons_of(whole):
        if part.covers(point):
            return part
    raise ValueError(f"{says['id']}: no part of {says.get('label')} holds the point {says['at']}")


def places(made: Construction) -> npt.NDArray[np.str_]:
    """For each face the id of the feature that it is part of; else `LAND` or `OUTSIDE`.

    Raises `ValueError` for a face of the sea that is part of none.
    """
    entries = [*_entries("arctic_zones", "zones.toml", "zone")]
    entries += _entries("arctic_high_seas", "seas.toml", "sea")
    found = np.full(len(made.owners), "", dtype="<U60")
    points = np.asarray(shapely.points(made.arrangement.inside), dtype=object)
    for says in entries:
        shape = shape_of(made, says)
        shapely.prepare(shape)
        mine = (made.owners == says.get("label", HIGH_SEAS)) & shapely.contains(shape, points)
        found = np.where(mine, says["id"], found)
    if (lost := (made.owners != "") & (found == "")).any():
        raise ValueError(f"a face at {made.degrees(made.arrangement.inside[lost][:1])} is nowhere")
    dry = np.full(len(points), False)
    dry[shapely.STRtree(made.coast).query(points, predicate="within")[0]] = True
    found = np.where(dry, LAND, found)
    return np.where(found == "", OUTSIDE, found)


def _entries(layer: str, file: str, key: str) -> Iterable[dict[str, Any]]:
    facts = Facts(open_folder(HOME / layer, trusted=True))
    entries: list[dict[str, Any]] = facts.tree(file)[key]
    return entries
