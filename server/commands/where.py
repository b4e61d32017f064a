"""`marchland where`: what lies at a position, on the command line."""

from typing import Annotated, Any

import typer

from geo.position import position
from layers.perspective import parties_in_dispute
from layers.where import Where
from server.answer_where import where_document
from server.api.where import read_accuracy
from server.commands.codes import OK
from server.commands.options import Json, Layers, settings_of
from server.links import Links
from server.output import give, say, watching
from server.start import open_catalogue
from server.view import NEUTRAL, known_view

NAME = "where"
HELP = """Say what lies at a position, and which limits and coast are nearest.

\b
Examples:
  marchland where -168.97 65.78
  marchland where 168.97W 65.78N
  marchland where "168°58'12\\"W" "65°46'48\\"N" --accuracy-m 2000
  marchland where 140.2W 70.5N --view CA
  marchland where 0 90 --json

Longitude first. Within 300 m of a line, or its accuracy if that is worse, no side is decided.
"""
CONTEXT = {"ignore_unknown_options": True}  # -168.97 is a longitude and no option
Lon = Annotated[str, typer.Argument(metavar="LON", show_default=False)]
Lat = Annotated[str, typer.Argument(metavar="LAT", show_default=False)]
Accuracy = Annotated[
    str, typer.Option("--accuracy-m", metavar="METRES", help="How far off the position may be.")
]
View = Annotated[
    str, typer.Option("--view", metavar="PARTY", help="Add what a party to a dispute holds: NO.")
]
_PARTS = {
    "country": "country",
    "contested": "contested area",
    "zones": "zone",
    "special_areas": "special area",
    "high_seas": "high seas",
    "shelf": "shelf claim",
    "disputes": "dispute",
    "routeing": "routeing measure",
    "limits": "nearest limit",
    "boundaries": "nearest boundary",
    "shelf_limits": "nearest shelf limit",
    "coast": "nearest coast",
}


def command(  # noqa: PLR0913, PLR0917  # the options of the command line are its parameters
    lon: Lon,
    lat: Lat,
    accuracy_m: Accuracy = "0",
    view: View = NEUTRAL,
    layers: Layers = None,
    json: Json = False,
) -> int:
    """Print the answer."""
    at, off = position(lon, lat), read_accuracy(accuracy_m)
    with watching() as watcher:
        settings = settings_of(layers)
        catalogue = open_catalogue(settings, watcher)
    where = Where(catalogue, settings.cache)
    party = known_view(view, parties_in_dispute(catalogue))
    document = where_document(where.ask(at, off), catalogue, Links(), party)
    if json:
        give(document)
    else:
        for line in lines_of(document):
            say(line)
    return OK


def lines_of(document: dict[str, Any]) -> list[str]:
    """The answer as lines for people."""
    place, surface = document["position"], document["surface"]
    lines = [f"{place['text']}  ({surface or 'land or sea: not known'})"]
    for part, title in _PARTS.items():
        for one in document.get(part, []):
            lines.append(f"  {title}: {_told(one)}")
            lines += [f"    {seen['of']}: {seen['text']}"] if (seen := one.get("view")) else []
    absent = {one["collection"] for one in document["notLoaded"]}
    if absent:
        lines.append(f"  not loaded, so not asked: {', '.join(sorted(absent))}")
    if document["notCovered"]:
        lines.append(f"  says nothing this far south: {', '.join(document['notCovered'])}")
    return lines


def _told(one: dict[str, Any]) -> str:
    near = one.get("line") or (one if "distance_m" in one else None)
    words = [f"{one['name']} ({one['status'].replace('_', ' ')})"]
    if near:
        words.append(_distance(near))
    if near and near["undecided"]:
        words.append(f"do not decide: within {near['margin_m']:.0f} m")
    whose = ", ".join(each["name"] for each in one.get("countries", []))
    return ", ".join([*words, *([f"coast of {whose}"] if whose else [])])


def _distance(near: dict[str, Any]) -> str:
    far = f"{near['distance_km']:.3f} km ({near['distance_M']:.3f} M)"
    if near["bearing"] is not None:
        return f"{far} at {near['bearing']:05.1f}°"
    return (
        f"{far} along the meridian {near['along_meridian']:g}" if "along_meridian" in near else far
    )
