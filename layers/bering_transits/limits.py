"""The legal limits of the Northern Sea Route where a source gives coordinates; the strait."""

from collections.abc import Iterator
from typing import Any

from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import cut
from geo.feature import Feature
from geo.geodesic import azimuth, densify, destination, distance_m
from layers.bering_transits.routes import counted
from layers.facts import Facts


def limits(facts: Facts) -> Iterator[Feature]:
    """Every feature of limits.toml; one without a line has no geometry and says what is missing."""
    spec = facts.tree("limits.toml")
    common = spec.pop("common")
    for key, entry in spec.items():
        own = entry if "middle" in entry else {**common, **entry}
        ends = [own.pop(key) for key in ("from", "to") if key in own]
        middle = own.pop("middle", None)
        line = own.pop("line", None)
        yield facts.feature(
            key,
            _strait(middle) if middle else _line(ends, line) if ends else None,
            **own,
            vertices=_vertices(ends, line),
            figures=[*_width(middle), *counted(facts, key)],
        )


def _line(ends: list[dict[str, Any]], line: Any) -> BaseGeometry:
    a, b = [(end["lon"], end["lat"]) for end in ends]
    return cut(LineString(densify(a, b, line)))


def _vertices(ends: list[dict[str, Any]], line: Any) -> list[dict[str, Any]]:
    return [{**end, "line": "end" if number else line} for number, end in enumerate(ends)]


def _strait(middle: dict[str, Any]) -> Point:
    """The point halfway along the geodesic between the two capes, to 1e-5 degrees."""
    west, east = middle["west"], middle["east"]
    half = distance_m(west, east) / 2
    lon, lat = destination(west, azimuth(west, east), half)
    return Point(round(lon, 5), round(lat, 5))


def _width(middle: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    if middle:
        yield {
            "what": "width between Cape Dezhnev and Cape Prince of Wales",
            "value": round(distance_m(middle["west"], middle["east"]) / 1000, 1),
            "unit": "km",
            "origin": "computed",
            "note": "Easternmost vertex of Asia to westernmost of America, Natural Earth 1:10m.",
        }
