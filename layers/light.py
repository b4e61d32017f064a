"""GeoJSON in a third of its bytes, for our own pages: whole numbers, each as the step to it.

A line is one flat list: its first position in units of ``quantum``, then the steps from each
position to the next. A polygon is a list of such lines, as in GeoJSON; a point is a position in
units. Members of features stay as they are. `unpack` in ``server/static/layer.js`` is the way back.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

DEPTHS = {
    "LineString": 0,
    "MultiLineString": 1,
    "Polygon": 1,
    "MultiPolygon": 2,
}  # how many lists lie around a line
LEAST = 3  # steps: what a ring needs


def light(geojson: bytes, quantum: float) -> bytes:
    """A feature collection in steps of ``quantum``, which is in the units of its geometry.

    Positions that rounding makes one become one; nothing is lost altogether.
    """
    document = orjson.loads(geojson)
    for feature in document["features"]:
        if feature["geometry"] is not None:
            feature["geometry"] = _geometry(feature["geometry"], quantum)
    return orjson.dumps({**document, "quantum": quantum})


def _geometry(geometry: dict[str, Any], quantum: float) -> dict[str, Any]:
    kind = geometry["type"]
    if kind == "GeometryCollection":
        parts = [_geometry(one, quantum) for one in geometry["geometries"]]
        return {"type": kind, "geometries": parts}
    held = geometry["coordinates"]
    if kind in DEPTHS:
        return {"type": kind, "coordinates": _lines(held, DEPTHS[kind], quantum)}
    return {"type": kind, "coordinates": _units(held, quantum).tolist()}


def _lines(held: Any, depth: int, quantum: float) -> list[Any]:
    if depth:
        return [_lines(one, depth - 1, quantum) for one in held]
    units = _units(held, quantum)
    moves = np.diff(units, axis=0)
    moved = moves[(moves != 0).any(axis=1)]
    kept = moved if len(moved) >= LEAST else moves[:LEAST]
    return [*units[0].tolist(), *kept.ravel().tolist()]


def _units(positions: Any, quantum: float) -> npt.NDArray[np.int64]:
    rounded = np.rint(np.asarray(positions, dtype=float) / quantum)
    return np.asarray(rounded.astype(np.int64))
