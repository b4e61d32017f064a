"""Builds the layer: zones, special areas and overlap as faces of the one construction."""

from collections.abc import Iterator
from typing import Any

from shapely import Point
from shapely.geometry.base import BaseGeometry

from geo.feature import Feature
from layers.arctic_zones.construction import Construction, construction
from layers.arctic_zones.figures import areas_km2, territorial_belt
from layers.arctic_zones.places import shape_of
from layers.arctic_zones.shapes import in_degrees
from layers.facts import Facts

COAST_NOTE = (
    "The landward edge is the coast as the layer land draws it (Natural Earth, 1:10 million), so "
    "that zone and map meet; limits are measured from finer coasts and legal baselines "
    "(arctic_base_points), and every edge at sea stands in arctic_limits."
)
STUDY_NOTE = " Where the study ends the edge is a study limit, no limit of the zone."
TAGS = ("claimant", "territory", "limit_rule", "study_limit")
OWN = ("label", "at", "like", "published", "note", *TAGS)


def build(facts: Facts) -> Iterator[Feature]:
    """A feature for each entry of `zones.toml`, in its order."""
    tree = facts.tree("zones.toml")
    made = construction()
    belt = territorial_belt(facts, made.coast)
    for entry in tree["zone"]:
        says = {**tree["template"].get(entry.get("like", ""), {}), **entry}
        yield _feature(facts, made, says, belt)


def _feature(facts: Facts, made: Construction, says: dict[str, Any], belt: BaseGeometry) -> Feature:
    flat = shape_of(made, says)
    shape = in_degrees(made, flat)
    whole, beyond = areas_km2(shape, flat, belt)
    published = [
        {**figure, "unit": "km2", "origin": "published"} for figure in says.get("published", [])
    ]
    pole = bool(flat.contains(Point(0.0, 0.0)))
    tags = {key: says[key] for key in TAGS if key in says}
    own = {key: value for key, value in says.items() if key not in OWN}
    cited = [one for figure in published for one in figure["sources"]]
    return facts.feature(
        own.pop("id"),
        shape,
        sources=[*own.pop("sources"), "natural_earth", *cited],
        evidence="computed",
        note=f"{says['note']} {COAST_NOTE}{STUDY_NOTE if says.get('study_limit') else ''}",
        figures=[
            _computed(
                "area up to the drawn coast, territorial sea and inner waters included", whole
            ),
            _computed("area beyond 12 M from the baselines", beyond),
            *published,
        ],
        tags={**tags, "contains_pole": pole},
        **own,
    )


def _computed(what: str, value: int) -> dict[str, Any]:
    return {"what": what, "value": value, "unit": "km2", "origin": "computed"}
