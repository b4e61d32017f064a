"""In which projection a map page opens: flat, polar, and what the polar one needs to know."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from starlette.requests import Request

from geo.bbox import BBox
from layers.look import Look, is_all_around, polar_meridian, turned
from layers.maps import MapSpec
from server.language import first_value
from server.links import Links
from server.speech import ENGLISH, msg, speech

NOTHING: Mapping[str, str] = MappingProxyType({})
FLAT, POLAR, GLOBE = "flat", "polar", "globe"
TITLES = {FLAT: msg("Flat"), POLAR: msg("Polar"), GLOBE: msg("Globe")}  # in the order of the switch
FROM_ABOVE = ("equal_area", "stereographic")  # pictures of maps that are best seen so
NORTHERN = 25.0  # degrees: a map whose middle lies farther south is not seen from the pole
BAND, ARCTIC = 240.0, 40.0  # degrees: wide and northern enough to be best seen from above


def projections(map: MapSpec) -> tuple[str, ...]:
    """Those in which the map can be looked at, the one that it opens in first."""
    _, south, _, north = map.bbox
    if (south + north) / 2 < NORTHERN:
        return (FLAT, GLOBE)
    return (POLAR, FLAT, GLOBE) if _best_from_above(map) else (FLAT, POLAR, GLOBE)


def read_projection(request: Request, map: MapSpec) -> str:
    """What ``projection`` asks for where the map has it, else the one that it opens in."""
    known = projections(map)
    asked = first_value(request, "projection")
    return asked if asked in known else known[0]


def projection_links(
    links: Links,
    map: MapSpec,
    shown: str,
    kept: Mapping[str, str] = NOTHING,
    lang: str = ENGLISH,
) -> list[dict[str, Any]]:
    """The page of the map in each of its projections, flat first, as a switch lists them.

    ``kept`` is what else the addresses say.
    """
    return [
        {
            "id": one,
            "title": speech(lang).gettext(TITLES[one]),
            "href": links.map(map.id, projection=one, **kept),
            "shown": one == shown,
        }
        for one in sorted(projections(map), key=list(TITLES).index)
    ]


def crs_name(map: MapSpec, projection: str) -> str:
    """The name of the CRS in Leaflet; the polar ones are those of ``static/polar-crs.js``."""
    if projection != POLAR:
        return "EPSG3857"
    meridian = polar_meridian(map)
    return f"Polar{'W' if meridian < 0 else 'E'}{abs(meridian)}"


def polar_frame(map: MapSpec) -> dict[str, Any]:
    """The first view of the polar map and what it holds data of, in metres of its plane.

    ``view`` is left, bottom, right, top. ``drawn`` are the corners of what is sent of the base, or
    the radius of it where the pole is in the middle.
    """
    return {
        "lon0": polar_meridian(map),
        "view": [round(one) for one in Look(map, "polar").view],
        "drawn": _reach(Look(map, "polar")),
    }


def _reach(look: Look) -> Any:
    left, bottom, right, top = look.window
    if is_all_around(look.map):
        return round(min(-left, -bottom, right, top))
    corners = np.array([[left, bottom], [right, bottom], [right, top], [left, top]])
    return turned(corners, polar_meridian(look.map)).round().astype(int).tolist()


def _best_from_above(map: MapSpec) -> bool:
    if map.picture:
        return map.picture.crs in FROM_ABOVE
    return BBox(*map.bbox).width > BAND and map.bbox[1] > ARCTIC
