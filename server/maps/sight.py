"""What a map page says of time and perspective, and its table: what their templates need."""

from typing import Any

from geo.moment import Interval
from layers.perspective import parties_of
from server.ask import Ask
from server.maps.look import UNREAD, Perspective, kept, perspective_of
from server.maps.plan import Plan
from server.maps.twin import files, listed, times, twin
from server.view import NEUTRAL

_PICTURE = ("datetime", "view", "theme")  # what a picture is asked for with the page's own words


def sight(plan: Plan, layers: list[dict[str, Any]], ask: Ask) -> dict[str, Any]:
    """The members of a map page's context that its time, its view and its table are made of."""
    values = ask.values
    at = Interval.parse(values["datetime"]) if "datetime" in values else None
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
    return {
        "unread": [UNREAD[name] for name in sorted(wild)],
        "still": still,
        "rest": {name: text for name, text in still.items() if name != "datetime"},
        "datetime": values.get("datetime"),
        "time": times(plan, layers, at),
        "seen": seen,
        "views": view_links(plan, seen, values),
        "twin": twin(plan, layers, seen),
        "files": files(plan, ask.links),
    }


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
        for one, title in ((NEUTRAL, "Neutral"), *_by_name(seen.names))
    ]


def _member(view: str) -> dict[str, str]:
    return {} if view == NEUTRAL else {"view": view}


def _by_name(names: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(names.items(), key=lambda one: one[1].casefold())
