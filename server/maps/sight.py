"""What a map page says of time and perspective, and its table: what their templates need."""

from collections.abc import Mapping
from typing import Any

from geo.moment import Interval
from layers.perspective import parties_of
from server.ask import Ask
from server.maps.look import UNREAD, Perspective, kept, perspective_of
from server.maps.plan import Plan
from server.maps.projection import FLAT, GLOBE, POLAR, projections
from server.maps.twin import files, listed, times, twin
from server.view import NEUTRAL

_CRS = {FLAT: "mercator", POLAR: "equal_area", GLOBE: "globe"}
_PICTURE = ("datetime", "view", "theme")  # what a picture is asked for with the page's own words


def sight(plan: Plan, layers: list[dict[str, Any]], ask: Ask) -> dict[str, Any]:
    """The members of a map page's context that its time, its view and its table are made of."""
    values = ask.values
    at = Interval.parse(values["datetime"]) if "datetime" in values else None
    told = stand(plan, layers, values)
    seen: Perspective = told["seen"]
    return {
        **told,
        "rest": {name: text for name, text in told["still"].items() if name != "datetime"},
        "time": times(plan, layers, at),
        "views": view_links(plan, seen, values),
        "twin": twin(plan, layers, seen),
        "files": files(plan, ask.links),
    }


def stand(plan: Plan, layers: list[dict[str, Any]], values: Mapping[str, str]) -> dict[str, Any]:
    """Of which time and from whose side a map is shown, and what of that could not be read.

    ``still`` is what a picture of the same is asked for, ``same`` what another page of it is;
    ``pictured`` is the first in the projection of the page, where the map opens in another one.
    """
    every = listed(plan, layers)
    # What the map is about; the base map only where nothing of that is in dispute.
    about = [feature for layer, _, feature in every if layer["role"] == "overlay"]
    features = about if parties_of(about) else [feature for _, _, feature in every]
    seen = perspective_of(plan, features, values.get("view"))
    wild = {name for name in UNREAD if f"unread_{name}" in values}
    if values.get("view", seen.view) != seen.view:
        wild.add("view")
    look = {**values, "view": seen.view}
    still = {name: look[name] for name in _PICTURE if look.get(name, NEUTRAL) != NEUTRAL}
    opens = plan.projection == projections(plan.spec)[0]
    return {
        "unread": [plan.say(UNREAD[name]) for name in sorted(wild)],
        "still": still,
        "pictured": still if opens else {"crs": _CRS[plan.projection], **still},
        "same": still if opens else {"projection": plan.projection, **still},
        "datetime": values.get("datetime"),
        "seen": seen,
    }


def remarks(plan: Plan, layers: list[dict[str, Any]], seen: Perspective) -> list[dict[str, Any]]:
    """What the party's view adds to the features of a map, where no table says it."""
    every = [
        {"layer": layer["id"], "id": feature.id, "remark": seen.remark(feature)}
        for layer, _, feature in listed(plan, layers)
    ]
    return [one for one in every if one["remark"]]


def view_links(plan: Plan, seen: Perspective, values: dict[str, str]) -> list[dict[str, Any]]:
    """The page in each view that tells something on this map, neutral first; none alone."""
    if not seen.names:
        return []
    rest = {name: text for name, text in kept(values).items() if name != "view"}
    query = {"projection": plan.projection, **rest}
    return [
        {
            "id": one,
            "title": title,
            "href": plan.links.map(plan.spec.id, **query, **_member(one)),
            "shown": one == seen.view,
        }
        for one, title in ((NEUTRAL, plan.say("Neutral")), *_by_name(seen.names))
    ]


def _member(view: str) -> dict[str, str]:
    return {} if view == NEUTRAL else {"view": view}


def _by_name(names: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(names.items(), key=lambda one: one[1].casefold())
