"""Air bases and airfields as points, runways as lines from threshold to threshold."""

from collections.abc import Iterator
from typing import Any

from shapely import LineString, Point

from geo.feature import Feature
from geo.geodesic import azimuth, densify, distance_m
from layers.facts import Facts

_OWN = ("id", "country", "lon", "lat", "sources", "names", "figures", "tags")
_RUNWAY_NOTE = "Computed on WGS 84 from the published thresholds."


def build(facts: Facts) -> Iterator[Feature]:
    """Each place, then each runway, in the order of the tables."""
    for place in facts.tree("places.toml")["place"]:
        yield _place(facts, place)
    for runway in facts.tree("runways.toml")["runway"]:
        yield _runway(facts, runway)


def _place(facts: Facts, place: dict[str, Any]) -> Feature:
    plain = {key: value for key, value in place.items() if key not in _OWN}
    figures = [_figure(place, figure) for figure in place.get("figures", [])]
    return facts.feature(
        place["id"],
        Point(place["lon"], place["lat"]),
        sources=_cited(place, figures),
        names=[_without_sources(name) for name in place["names"]],
        figures=figures,
        tags={"country": place["country"], **place["tags"]},
        **plain,
    )


def _figure(place: dict[str, Any], figure: dict[str, Any]) -> dict[str, Any]:
    """A figure as it stands, or the computed distance to a point that somebody else publishes."""
    if "other_point" not in figure:
        return figure
    other = figure["other_point"]
    metres = distance_m((place["lon"], place["lat"]), (other["lon"], other["lat"]))
    unit = figure.get("unit", "m")
    made = {"value": round(metres / (1000 if unit == "km" else 1)), "unit": unit}
    rest = {key: value for key, value in figure.items() if key not in ("other_point", "unit")}
    return {**rest, **made, "origin": "computed"}


def _runway(facts: Facts, runway: dict[str, Any]) -> Feature:
    figures = [*_measures(runway), *runway.get("more_figures", [])]
    said = {"status": runway.get("status", "operating"), "note": runway.get("note")}
    return facts.feature(
        runway["id"],
        LineString(densify(tuple(runway["start"]), tuple(runway["end"]))),
        sources=["ourairports_rw", *runway.get("sources", []), *_ids(figures)],
        name=runway["name"],
        kind="runway",
        parties=[runway["country"]],
        evidence="dataset",
        accuracy_m=50,
        figures=figures,
        tags=_runway_tags(runway),
        **said,
    )


def _measures(runway: dict[str, Any]) -> list[dict[str, Any]]:
    """Published length and width beside the length and bearing of the line that is drawn."""
    start, end = tuple(runway["start"]), tuple(runway["end"])
    published = {"unit": "m", "origin": "published", "sources": ["ourairports_rw"]}
    computed = {"origin": "computed", "sources": ["ourairports_rw"], "note": _RUNWAY_NOTE}
    length = {"what": "published length", "value": runway["length_m"], **published}
    if "length_note" in runway:
        length["note"] = runway["length_note"]
    return [
        length,
        {
            "what": "threshold to threshold",
            "value": round(distance_m(start, end)),
            "unit": "m",
            **computed,
        },
        {"what": "published width", "value": runway["width_m"], **published},
        {
            "what": "true bearing from the first threshold",
            "value": round(azimuth(start, end), 1),
            "unit": "degree",
            **computed,
        },
    ]


def _runway_tags(runway: dict[str, Any]) -> dict[str, Any]:
    keys = ("airfield", "country", "designators", "surface")
    return {"part": "runway", **{key: runway[key] for key in keys}}


def _cited(place: dict[str, Any], figures: list[dict[str, Any]]) -> list[str]:
    """Every source that the place cites anywhere, its own first."""
    members = [*place["names"], *place.get("events", []), *place.get("codes", []), *figures]
    return [*place["sources"], *_ids(members)]


def _ids(members: list[dict[str, Any]]) -> list[str]:
    return [one for member in members for one in member.get("sources", [])]


def _without_sources(name: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in name.items() if key != "sources"}
