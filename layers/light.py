"""GeoJSON in a fifth of its bytes, for our own pages: each line as the steps along it, in letters.

A line is one string: its first position in units of a quantum, then the steps from each position
to the next, x before y. A polygon is a list of such strings, as in GeoJSON; a point is a position
in units. Of the members of a feature those stay that the first look at a map needs;
`layers.member.told` has the rest. ``server/static/unpack.js`` is the way back.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import shapely

from layers.generalise import mercator_y

DEPTHS = {
    "LineString": 0,
    "MultiLineString": 1,
    "Polygon": 1,
    "MultiPolygon": 2,
}  # how many lists lie around a line
POINTS = 64
LEAST = 3  # steps: what a ring needs
# The printable characters without the two that JSON writes with another one before them.
LETTERS = "".join(chr(n) for n in range(35, 127) if n != 92)
SHORT = 70  # numbers below are one letter; of the others the first says what of it is above
MEDIUM = (len(LETTERS) - SHORT - 1) * len(LETTERS)
LONG = 4  # letters after the last one, of what is greater still
SHOWN = ("name", "status", "kind", "valid_from", "valid_to")  # what drawing and filtering ask of
TAGS = ("label_class", "rank", "min_zoom")  # a feature, and of the labels these tags
ENGLISH = "en"
SECOND = ("country", "state", "territory")  # labels that give a second name below the first


@dataclass(frozen=True, slots=True)
class Grain:
    """How much of its shapes a layer keeps.

    ``quantum`` is the step of positions (that of points is `POINTS` times finer: they are few and
    exact) and ``slack`` the most by which a line may leave its own way; both in the units of the
    geometry. A ``plane`` map has its latitudes stretched as Mercator has them beforehand, so that
    a step is as long on the screen everywhere.
    """

    quantum: float
    slack: float = 0.0
    plane: bool = False


def light(geojson: bytes, grain: Grain, lang: str = ENGLISH) -> bytes:
    """A feature collection in steps.

    Positions that rounding makes one become one; nothing is lost altogether. Only lines that bound
    no area are thinned: what shares an edge goes on sharing it. ``lang`` is the language whose
    names are kept beside the English ones.
    """
    features = [_member(one, grain, lang) for one in orjson.loads(geojson)["features"]]
    return orjson.dumps({"quantum": grain.quantum, "plane": grain.plane, "features": features})


def _member(feature: dict[str, Any], grain: Grain, lang: str) -> dict[str, Any]:
    held, said = feature["geometry"], feature["properties"]
    kept = {key: said[key] for key in SHOWN if said.get(key) is not None}
    kept |= _lettered(said, lang)
    made = {"id": feature["id"], "rule": feature["rule"], "properties": kept}
    made |= {"places": feature["places"]} if feature.get("places") else {}
    return made | {"geometry": None if held is None else _geometry(held, grain)}


def _lettered(said: dict[str, Any], lang: str) -> dict[str, Any]:
    """The names and tags that a label is written with; of anything else its name in ``lang``."""
    every, tags = said.get("names") or [], said.get("tags") or {}
    second = tags.get("label_class") in SECOND
    names = [one for one in every if second or _is_in(one, lang)]
    made: dict[str, Any] = {"names": [{k: one[k] for k in ("lang", "text")} for one in names]}
    if "label_class" in tags:
        made["tags"] = {key: tags[key] for key in TAGS if key in tags}
    return {key: value for key, value in made.items() if value}


def _is_in(name: dict[str, Any], lang: str) -> bool:
    """Whether everybody's name in the language; that of one party alone is no label."""
    return lang != ENGLISH and not name.get("used_by") and name["lang"].split("-")[0] == lang


def _geometry(geometry: dict[str, Any], grain: Grain) -> dict[str, Any]:
    kind = geometry["type"]
    if kind == "GeometryCollection":
        parts = [_geometry(one, grain) for one in geometry["geometries"]]
        return {"type": kind, "geometries": parts}
    held = geometry["coordinates"]
    if kind not in DEPTHS:
        exact = replace(grain, quantum=grain.quantum / POINTS)
        return {"type": kind, "coordinates": _units(held, exact).tolist()}
    slack = grain.slack if "Line" in kind else 0.0
    return {"type": kind, "coordinates": _lines(held, DEPTHS[kind], grain, slack)}


def _lines(held: Any, depth: int, grain: Grain, slack: float) -> Any:
    if depth:
        return [_lines(one, depth - 1, grain, slack) for one in held]
    units = _units(held, grain, slack)
    moves = np.diff(units, axis=0)
    moved = moves[(moves != 0).any(axis=1)]
    kept = moved if len(moved) >= LEAST else moves[:LEAST]
    return "".join(letters(one) for one in [*units[0].tolist(), *kept.ravel().tolist()])


def _units(positions: Any, grain: Grain, slack: float = 0.0) -> npt.NDArray[np.int64]:
    """Positions, or one, in whole quanta."""
    placed = np.asarray(positions, dtype=float)
    if grain.plane:
        placed = np.stack([placed[..., 0], mercator_y(placed[..., 1])], axis=-1)
    if slack:
        placed = shapely.get_coordinates(shapely.LineString(placed).simplify(slack))
    return np.asarray(np.rint(placed / grain.quantum).astype(np.int64))


def letters(number: int) -> str:
    """A whole number as letters: its size doubled, and one less where it is below zero."""
    left = 2 * number if number >= 0 else -2 * number - 1
    if left < SHORT:
        return LETTERS[left]
    left -= SHORT
    if left < MEDIUM:
        high, low = divmod(left, len(LETTERS))
        return LETTERS[SHORT + high] + LETTERS[low]
    left, made = left - MEDIUM, ""
    for _ in range(LONG):
        left, low = divmod(left, len(LETTERS))
        made = LETTERS[low] + made
    if left:
        raise ValueError(f"{number} is too great: coarser quanta make smaller numbers")
    return LETTERS[-1] + made
