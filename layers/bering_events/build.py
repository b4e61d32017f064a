"""Builds the layer: each reported event, placed as its report says or left without a place."""

import math
from collections.abc import Iterator
from typing import Any

from shapely import Point

from geo.feature import Feature
from geo.geodesic import METRES_PER_M, destination
from layers.facts import Facts

# The international mile is 1 609.344 m (NIST Special Publication 811, appendix B).
_METRES = {"statute miles": 1609.344, "nautical miles": METRES_PER_M}
_BEARING = {"north": 0.0, "south-west": 225.0, "north-west": 315.0}
_HALF_OCTANT = math.radians(22.5)  # a report that says "north-west" means one of eight directions
_LEAST_M = 20 * METRES_PER_M  # "approximately" and "about": no report is finer than this
_LICENCE = "GeoNames (CC BY 4.0) for the reference point; position derived by marchland"


def build(facts: Facts) -> Iterator[Feature]:
    """One feature for each event of events.toml, in order of time."""
    references = facts.tree("references.toml")
    for key, event in facts.tree("events.toml").items():
        own = dict(event)
        at = own.pop("at", None)
        if at:
            own = _placed(own, at, references[at["from"]])
        yield _feature(facts, f"event_{key}", own)


def _feature(facts: Facts, key: str, own: dict[str, Any]) -> Feature:
    tags = {"actor": own.pop("actor"), "units": own.pop("units")}
    tags |= {name: own.pop(name) for name in ("ships", "observed_by") if name in own}
    start, end, point = own.pop("start"), own.pop("end"), own.pop("point", None)
    tags["position"] = "derived" if point else "none"
    own.setdefault("evidence", "press")
    return facts.feature(
        key,
        point,
        **own,
        kind="transit_event",
        status="reported",
        valid_from=start,
        valid_to=end,
        tags=tags,
    )


def _placed(own: dict[str, Any], at: dict[str, Any], reference: dict[str, Any]) -> dict[str, Any]:
    """The event with a point, the figures behind it, its uncertainty and how it was derived."""
    metres = at["distance"] * _METRES[at["unit"]]
    bearing = _BEARING[at["direction"]]
    lon, lat = destination((reference["lon"], reference["lat"]), bearing, metres)
    own.setdefault("accuracy_m", _uncertainty_m(metres))
    said = f"{at['distance']} {at['unit']} {at['direction']} of the {reference['what']}"
    return {
        **own,
        "point": Point(round(lon, 4), round(lat, 4)),
        "evidence": "computed",
        "note": f"{own['note']} Position derived: {said}; not a reported coordinate.",
        "figures": [_distance(own, at, metres)],
        "sources": [*own["sources"], reference["source"]],
        **({"attribution": _LICENCE} if reference["source"] == "geonames" else {}),
    }


def _uncertainty_m(metres: float) -> float:
    """Half an octant at that distance, rounded up to a kilometre; never less than 20 M."""
    return max(_LEAST_M, math.ceil(metres * math.sin(_HALF_OCTANT) / 1000) * 1000)


def _distance(own: dict[str, Any], at: dict[str, Any], metres: float) -> dict[str, Any]:
    return {
        "what": f"distance as reported, from {at['from'].replace('_', ' ')}, {at['direction']}",
        "value": round(metres / 1000, 1),
        "unit": "km",
        "origin": "published",
        "sources": own["sources"][:1],
        "note": f"Published as {at['distance']}; taken as {at['unit']}.",
    }
