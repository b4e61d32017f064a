"""The IMO measures of 2018: routes, precautionary areas and areas to be avoided as polygons."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import cut
from geo.feature import Feature
from geo.geodesic import Point, area_m2
from layers.bering_transits.rings import Rings, Row, position
from layers.facts import Facts

_PRINTED = {"cp9": "U.S. Coast Pilot 9", "noaa_lanes": "NOAA data set"}
_CORNER = (
    "computed intersection with the circle, the official point may differ by 0.05'; "
    "drawn up to 35 m from here, where the side meets the geodesic circle of 4 M"
)


def measures(facts: Facts) -> Iterator[Feature]:
    """Every measure in the order of measures.toml. Raises `KeyError` for a point of no measure."""
    spec = facts.tree("measures.toml")
    points: dict[str, list[Row]] = {}
    for row in facts.table("imo_points.csv"):
        points.setdefault(row["feature"], []).append(row)
    rings = Rings(points)
    for key, entry in spec["feature"].items():
        common = {**spec["common"], **spec["kind"][entry["kind"]]}
        yield _feature(facts, key, {**common, **entry}, points[key], rings[key])


def _feature(
    facts: Facts, key: str, entry: dict[str, Any], rows: list[Row], ring: list[Point]
) -> Feature:
    tags = {"voluntary": True, **_tags(entry)}
    shape = cut(Polygon(ring))
    figures = _figures(entry, shape)
    cited = entry.pop("sources") + [row["source"] for row in rows]
    entry["note"] = " ".join(filter(None, [entry["note"], entry.pop("extra_note", None)]))
    for own in ("ends", "radius_m"):
        entry.pop(own, None)
    vertices = [_vertex(*pair) for pair in pairwise([*rows, rows[0]])]
    return facts.feature(
        key, shape, **entry, figures=figures, vertices=vertices, tags=tags, sources=cited
    )


def _tags(entry: dict[str, Any]) -> dict[str, Any]:
    ends = {"ends": " ".join(entry["ends"])} if "ends" in entry else {}
    return {**ends, **({"radius_m": entry["radius_m"]} if "radius_m" in entry else {})}


def _figures(entry: dict[str, Any], shape: BaseGeometry) -> list[dict[str, Any]]:
    if entry["kind"] == "area_to_be_avoided":
        value = round(area_m2(shape) / 1e6)
        what = "area, the island included"
        return [{"what": what, "value": value, "unit": "km2", "origin": "computed"}]
    if "radius_m" in entry:
        what, source = "radius", "noaa_lanes"
    elif entry["kind"] == "two_way_route":
        what, source = "width", "mintrans"
    else:
        return []
    return [{"what": what, "value": 4, "unit": "M", "origin": "published", "sources": [source]}]


def _vertex(row: Row, following: Row) -> dict[str, Any]:
    """A point as its source gives it; a route ends at a circle with an arc between two corners."""
    lon, lat = position(row)
    official = f" (official {row['official_no']})" if row["official_no"] else ""
    mouth = row["role"] == "mouth" and row["circle"] == following["circle"]
    return {
        "n": row["n"] + official,
        "lon": lon,
        "lat": lat,
        "text": row["text"] or None,
        "line": None if row["role"] == "centre" else "arc" if mouth else "geodesic",
        "evidence": "official-1src" if row["source"] == "cp9" else "official-dataset",
        "note": _note(row),
    }


def _note(row: Row) -> str:
    said = {"mouth": f": {_CORNER}", "centre": ": centre of a circle of 4 M radius"}
    return _PRINTED[row["source"]] + said.get(row["role"], "")
