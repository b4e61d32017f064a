"""Builds the layer: what no zone covers, area by area."""

from collections.abc import Iterator
from typing import Any

from shapely import Point

from geo.feature import Feature
from geo.geodesic import area_m2
from layers.arctic_zones.construction import Construction, construction
from layers.arctic_zones.places import shape_of
from layers.arctic_zones.shapes import in_degrees
from layers.facts import Facts

EDGES = (
    "The edges at sea stand in arctic_limits; they are computed from base points and agreed "
    "lines, as arctic_zones says."
)
OWN = ("at", "regime", "study_limit", "published", "note")


def build(facts: Facts) -> Iterator[Feature]:
    """A feature for each entry of `seas.toml`, in its order."""
    made = construction()
    for says in facts.tree("seas.toml")["sea"]:
        yield _feature(facts, made, says)


def _feature(facts: Facts, made: Construction, says: dict[str, Any]) -> Feature:
    flat = shape_of(made, says)
    shape = in_degrees(made, flat)
    published = [
        {**figure, "unit": "km2", "origin": "published"} for figure in says.get("published", [])
    ]
    area = {"what": "area", "value": round(area_m2(shape) / 1e6), "unit": "km2"}
    own = {key: value for key, value in says.items() if key not in OWN}
    cited = [one for item in [*published, *own.get("events", [])] for one in item["sources"]]
    return facts.feature(
        own.pop("id"),
        shape,
        sources=[*own.pop("sources"), *cited],
        kind="high_seas",
        status="context",
        evidence="computed",
        note=f"{says['note']} {EDGES}",
        figures=[{**area, "origin": "computed"}, *published],
        tags={
            "regime": says["regime"],
            "study_limit": says.get("study_limit", False),
            "contains_pole": bool(flat.contains(Point(0.0, 0.0))),
        },
        **own,
    )
