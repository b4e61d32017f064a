"""The sea routes as indicative lines: chains of legs between way points of our own."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from shapely import LineString

from geo.antimeridian import cut
from geo.feature import Feature
from geo.geodesic import Point, densify, length_m, unwrapped
from layers.facts import Facts

STEP_M = 20_000.0  # a chord this long leaves the geodesic by 60 m at 82° north, by less elsewhere

Stops = list[tuple[Point, str]]


def routes(facts: Facts) -> Iterator[Feature]:
    """Every route in the order of routes.toml. Raises `KeyError` for a leg of no way points."""
    spec = facts.tree("routes.toml")
    legs = _legs(facts)
    lines = {key: _line(_stops(entry, legs)) for key, entry in spec["feature"].items()}
    for key, entry in spec["feature"].items():
        own = {**spec["common"], **spec[entry["group"]]}
        cited = own.pop("sources") + entry.get("extra_sources", [])
        own["note"] = " ".join(filter(None, [entry.get("extra_note"), own["note"]]))
        yield facts.feature(
            key,
            cut(lines[key]),
            **own,
            name=entry["name"],
            figures=[*_lengths(key, lines), *counted(facts, key)],
            vertices=_vertices(_stops(entry, legs)),
            tags={"route": entry["group"], "variant": entry["variant"]},
            sources=cited,
        )


def counted(facts: Facts, id: str) -> list[dict[str, Any]]:
    """The published counts that counts.csv gives for a feature, as figures."""
    return [
        {
            "what": row["what"],
            "value": float(row["value"]),
            "unit": row["unit"],
            "origin": "published",
            "sources": row["sources"].split(),
            "note": row["note"] or None,
        }
        for row in facts.table("counts.csv")
        if row["feature"] == id
    ]


def _legs(facts: Facts) -> dict[str, Stops]:
    found: dict[str, Stops] = {}
    for row in facts.table("waypoints.csv"):
        point = float(row["lon"]), float(row["lat"])
        found.setdefault(row["leg"], []).append((point, row["place"]))
    return found


def _stops(entry: dict[str, Any], legs: dict[str, Stops]) -> Stops:
    return [stop for leg in entry["legs"] for stop in legs[leg]]


def _line(stops: Stops) -> LineString:
    """The geodesics from stop to stop, unbroken: longitudes may leave ±180."""
    points = [stops[0][0]]
    for a, b in pairwise(point for point, _ in stops):
        points += densify(a, b, step_m=STEP_M)[1:]
    return LineString(unwrapped(points))


def _lengths(id: str, lines: dict[str, LineString]) -> Iterator[dict[str, Any]]:
    yield _computed("length of the line as drawn", lines[id])
    if id == "northern_sea_route":
        on = lines["northern_sea_route_providence_bay"]
        yield {
            "what": "length from the Kara Gate to Providence Bay",
            "value": 5600,
            "unit": "km",
            "origin": "published",
            "sources": ["hist_enc"],
            "note": "Round figure; which straits and calls it follows is not said.",
        }
        yield _computed("length from the Kara Gate to Providence Bay as drawn", lines[id], on)


def _computed(what: str, *lines: LineString) -> dict[str, Any]:
    kilometres = sum(length_m(line) for line in lines) / 1000
    note = "Sum of geodesics between our way points; a ship's course is longer."
    return {
        "what": what,
        "value": round(kilometres),
        "unit": "km",
        "origin": "computed",
        "note": note,
    }


def _vertices(stops: Stops) -> list[dict[str, Any]]:
    return [
        {
            "n": str(number),
            "lon": lon,
            "lat": lat,
            "line": "geodesic" if number < len(stops) else "end",
            "evidence": "indicative",
            "note": place,
        }
        for number, ((lon, lat), place) in enumerate(stops, 1)
    ]
