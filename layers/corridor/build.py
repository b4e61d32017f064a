"""The layer `corridor`: an indicative line across Syunik, its ends, places and facts."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from shapely.geometry import LineString
from shapely.geometry import Point as ShapelyPoint

from geo.feature import Feature
from geo.geodesic import Point, azimuth, destination, distance_m, length_m
from layers.facts import Facts

ROUTE_KM = (313.0, 352.0)  # chainage of the Soviet line at the two ends, from Ələt
CHAINAGE_ACCURACY_M = 2000.0
PLACE_ACCURACY_M = 1000.0  # a town is a point in its source; no source says how good a one
GEONAMES = {"evidence": "dataset", "licence": "CC-BY-4.0", "attribution": "GeoNames"}
WIKIPEDIA = {
    "evidence": "encyclopedia",
    "licence": "CC-BY-SA-4.0",
    "attribution": "Wikipedia contributors",
}
# Facts gathered for this layer, without geometry of anybody else's.
OURS = {"licence": "CC-BY-4.0", "attribution": "marchland, from the sources listed"}


def build(facts: Facts) -> Iterable[Feature]:
    """Route, boundary, tripoints, connecting lines, stations and settlements, in that order."""
    told = facts.tree("facts.toml")
    route, aras = _line(facts, "route.csv"), _line(facts, "aras.csv")
    ends: list[Point] = [(at["lon"], at["lat"]) for at in told["tripoint"]["at"]]
    measured = {
        "route": length_m(route),
        "boundary": length_m(aras),
        "tripoints": distance_m(ends[0], ends[1]),
    }
    yield _told(facts, "syunik_rail_route", route, told["route"], measured)
    yield _told(facts, "armenia_iran_boundary", aras, told["boundary"], measured)
    yield from _tripoints(facts, told["tripoint"])
    for entry in told["connection"]:
        said = {**OURS, "evidence": "press", **entry}
        yield _told(facts, said.pop("id"), None, said, measured)
    for row in facts.table("stations.csv"):
        yield _station(facts, row, route)
    for row in facts.table("settlements.csv"):
        yield _settlement(facts, row)


def along(route: LineString, share: float) -> Point:
    """The point (lon, lat) at ``share`` (0 to 1) of the route's geodesic length from its start."""
    legs: list[tuple[Point, Point]] = list(pairwise((x, y) for x, y in route.coords))
    left = share * length_m(route)
    for a, b in legs:
        step = distance_m(a, b)
        if left <= step:
            return destination(a, azimuth(a, b), left)
        left -= step
    return legs[-1][1]


def _line(facts: Facts, name: str) -> LineString:
    return LineString([(float(row["lon"]), float(row["lat"])) for row in facts.table(name)])


def _told(
    facts: Facts,
    id: str,
    geometry: LineString | None,
    entry: dict[str, Any],
    measured: dict[str, float],
) -> Feature:
    """A feature whose properties stand in facts.toml; it lists every source that it cites."""
    figures = [_figure(figure, measured) for figure in entry.get("figures", [])]
    events = [_event(event) for event in entry.get("events", [])]
    cited = [one for part in (*events, *figures) for one in part.get("sources", [])]
    said = {**entry, "figures": figures, "events": events}
    return facts.feature(id, geometry, **{**said, "sources": [*entry["sources"], *cited]})


def _figure(figure: dict[str, Any], measured: dict[str, float]) -> dict[str, Any]:
    said = {"origin": "published", **figure}
    if "measures" in said:
        value = round(measured[said.pop("measures")] / 1000, 1)
        said |= {"origin": "computed", "value": value, "sources": ["osm"]}
    return said


def _event(event: dict[str, Any]) -> dict[str, Any]:
    said = dict(event)
    confidence = said.pop("confidence")
    return {**said, "text": f"{said['text']} (Confidence: {confidence}.)"}


def _tripoints(facts: Facts, entry: dict[str, Any]) -> Iterator[Feature]:
    shared = {key: value for key, value in entry.items() if key != "at"}
    for at in entry["at"]:
        spot = ShapelyPoint(at["lon"], at["lat"])
        yield facts.feature(at["id"], spot, name=at["name"], **shared)


def _station(facts: Facts, row: dict[str, str], route: LineString) -> Feature:
    spot, said = _placed(facts, row, route)
    if note := " ".join(filter(None, [row["note"], said.pop("note", "")])):
        said["note"] = note
    return facts.feature(
        row["id"],
        spot,
        name=f"{row['name']} (station)",
        kind="station",
        status=row["status"],
        parties=[row["country"]],
        names=_names(row["names"]),
        figures=_chainage(row["km"]),
        tags={"chainage_km": float(row["km"])} if row["km"] else {},
        **said,
    )


def _placed(
    facts: Facts, row: dict[str, str], route: LineString
) -> tuple[ShapelyPoint | None, dict[str, Any]]:
    """Where the station's source puts it, or its chainage in Armenia; or no point at all."""
    sources = row["sources"].split()
    if row["lon"]:
        said = {**WIKIPEDIA, "accuracy_m": PLACE_ACCURACY_M, "sources": sources}
        return ShapelyPoint(float(row["lon"]), float(row["lat"])), said
    if row["country"] == "AM" and row["km"]:
        # The point derives from the route, so it stays under the route's licence.
        note = "Placed on the indicative line by its chainage, ±2 km."
        said = {"evidence": "INTERPOLATED", "accuracy_m": CHAINAGE_ACCURACY_M, "note": note}
        return _by_chainage(route, float(row["km"])), {**said, "sources": [*sources, "osm"]}
    missing = "No position was found; the station is not drawn."
    return None, {**OURS, "evidence": "encyclopedia", "missing": missing, "sources": sources}


def _by_chainage(route: LineString, km: float) -> ShapelyPoint:
    """Four decimals, 11 m, are already finer than the chainage allows."""
    start, end = ROUTE_KM
    lon, lat = along(route, (km - start) / (end - start))
    return ShapelyPoint(round(lon, 4), round(lat, 4))


def _chainage(km: str) -> list[dict[str, Any]]:
    if not km:
        return []
    what = "chainage on the Soviet railway, from Ələt"
    sources = ["dewiki_rail"]
    return [
        {"what": what, "value": float(km), "unit": "km", "origin": "published", "sources": sources}
    ]


def _settlement(facts: Facts, row: dict[str, str]) -> Feature:
    sources = row["sources"].split()
    said: dict[str, Any] = dict(GEONAMES if sources == ["geonames"] else WIKIPEDIA)
    if row["note"]:
        said["note"] = row["note"]
    return facts.feature(
        row["id"],
        ShapelyPoint(float(row["lon"]), float(row["lat"])),
        name=row["name"],
        kind="settlement",
        status="context",
        parties=[row["country"]],
        accuracy_m=float(row["accuracy_m"] or PLACE_ACCURACY_M),
        names=_names(row["names"]),
        sources=sources,
        **said,
    )


def _names(text: str) -> list[dict[str, str]]:
    """``hy=Մեղրի;ru=Мегри`` as names with their languages."""
    pairs = [part.split("=", 1) for part in text.split(";") if part]
    return [{"lang": lang, "text": name} for lang, name in pairs]
