"""Is each airfield in its country, and does each runway fit its point, length and name?"""

import math
from collections.abc import Iterator

from geo.feature import Feature
from geo.finding import Finding, Place
from geo.geodesic import Point, azimuth, distance_m
from layers.collection import Collection
from layers.truthrules import inside, size_agrees
from layers.world import World

_COAST_M = 3_000  # 1:10 million coasts and borders lie up to this far off
_LENGTH = 0.01  # thresholds are given to about 10 m at either end of some 2.5 km
_MIDDLE_M = 300  # a reference point lies near the middle of the runway, not on it
# A designator is the magnetic bearing to the nearest ten degrees; the declination in Central
# Asia is 4 to 6 degrees east, and changes by about half a degree in ten years.
_BEARING = 12.0


def truth(collection: Collection, world: World) -> Iterator[Finding]:
    """What does not agree with the countries, with the published lengths or within the layer."""
    for feature in collection.features:
        tags = feature.properties.tags
        # The base map draws a leased area apart from the country that leases it.
        area = str(tags.get("leased_area", tags["country"]))
        yield from inside(feature, world, area, tolerance_m=_COAST_M)
        if feature.properties.kind == "runway":
            yield from _runway(feature, collection)


def _runway(feature: Feature, collection: Collection) -> Iterator[Finding]:
    published = next(f for f in feature.properties.figures if f.what == "published length")
    yield from size_agrees(
        feature, published.value, tolerance=_LENGTH, explained=published.note or ""
    )
    start, end = _thresholds(feature)
    yield from _beside_its_airfield(feature, collection, _middle(start, end))
    yield from _as_its_name_says(feature, azimuth(start, end))


def _beside_its_airfield(
    feature: Feature, collection: Collection, middle: Point
) -> Iterator[Finding]:
    name = str(feature.properties.tags["airfield"])
    owner = collection.by_id.get(name)
    if owner is None or owner.geometry is None:
        yield _finding(feature, middle, "truth-airfield", f"belongs to no airfield {name!r}")
        return
    spot = owner.geometry.coords[0]
    metres = distance_m(middle, (spot[0], spot[1]))
    if metres > _MIDDLE_M:
        yield _finding(
            feature, middle, "truth-airfield", f"its middle lies {metres:,.0f} m from {name}"
        )


def _as_its_name_says(feature: Feature, bearing: float) -> Iterator[Finding]:
    low = str(feature.properties.tags["designators"]).split("/")[0]
    off = math.remainder(bearing - int(low) * 10, 360)
    if abs(off) > _BEARING:
        yield _finding(
            feature,
            _thresholds(feature)[0],
            "truth-bearing",
            f"runs at {bearing:.1f}°, {off:+.1f}° from what the designator {low} says",
        )


def _thresholds(feature: Feature) -> tuple[Point, Point]:
    assert feature.geometry is not None
    first, *_, last = feature.geometry.coords
    return (first[0], first[1]), (last[0], last[1])


def _middle(start: Point, end: Point) -> Point:
    return (start[0] + end[0]) / 2, (start[1] + end[1]) / 2


def _finding(feature: Feature, where: Point, rule: str, message: str) -> Finding:
    advice = "correct the thresholds, the designator or the airfield that the runway names"
    place = Place(lon=where[0], lat=where[1])
    return Finding(rule, message, advice, feature=feature.id, place=place)
