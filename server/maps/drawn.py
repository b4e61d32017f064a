"""What a map draws of a collection, as bytes for one projection."""

from dataclasses import dataclass

import numpy as np
import orjson
from orjson import Fragment

from layers.light import ENGLISH, Grain, light
from layers.look import NEAR, SCREEN_PX, Kind, Look
from layers.maps import MapSpec
from layers.member import told
from layers.planeview import DEGREES, plane_view
from layers.views import PIXEL_DEG, better_lines, view
from server.negotiate import GEOJSON, JSON
from server.prepared import DENSE, Prepared, prepare
from server.state import Site

FLAT_DEGREES = {"base": 0.001, "labels": 0.001, "overlay": 0.00002}  # of a closer look at flat maps
LEVELS = 1.2  # of zoom, by which the first view is coarser than the detail of a map, at least
BELOW = 0.85  # and below the zoom at which it is as wide as the screen
PARTS, FINE_PARTS = 1_250, 48_000  # of a view: a quantum is two thirds of a pixel at first
SLACK = 0.75  # quanta: half a pixel
TOLD = "told.json"
# The longest first: the last is the end of others.
FORMS = (
    "polar.geojson", "globe.geojson", "polar.json", "globe.json", "flat.json", TOLD, "geojson",
)  # fmt: skip
KINDS: dict[str, Kind] = {"polar": "polar", "globe": "globe"}


def parted(name: str) -> tuple[str, str]:
    """The collection and the form of a file's name; no form where it has none that there is."""
    for form in FORMS:
        if name.endswith(f".{form}"):
            return name.removesuffix(f".{form}"), form
    return name, ""


@dataclass(frozen=True, slots=True)
class File:
    """Which data of a map are asked for: a collection in one of `FORMS`.

    ``fine`` is 1 for a closer look, and 2 for a globe close by (`Look`); ``lang`` is the language
    of its labels.
    """

    collection: str
    form: str
    fine: int = 0
    lang: str = ENGLISH


def first_view(site: Site, map: MapSpec, form: str, collections: list[str], lang: str) -> Prepared:
    """Several layers at first in one answer: ``layers`` by their ids, in the order given."""
    files = (File(one, form, lang=lang) for one in collections)
    layers = {file.collection: Fragment(_light(site, map, file)) for file in files}
    return prepare(orjson.dumps({"layers": layers}), JSON, quality=DENSE)


def drawn_layer(site: Site, map: MapSpec, file: File) -> Prepared:
    """The layer as it is asked for."""
    if file.form == TOLD:
        return prepare(told(site.catalogue[file.collection]), JSON)
    if file.form.endswith("geojson"):
        return prepare(geojson_of(site, map, file), GEOJSON)
    return prepare(_light(site, map, file), JSON, quality=DENSE)


def _light(site: Site, map: MapSpec, file: File) -> bytes:
    return light(geojson_of(site, map, file), _grain(site, map, file), file.lang)


def geojson_of(site: Site, map: MapSpec, file: File) -> bytes:
    """What is drawn of the layer, before it is packed."""
    held = site.catalogue[file.collection]
    if look := _look(map, file):
        return plane_view(look, held, site.drawing.planes, site.settings.cache)
    spec = _at_first(map, file.form, file.fine)
    return view(spec, held, site.settings.cache, better_lines(map, site.catalogue))


def _look(map: MapSpec, file: File) -> Look | None:
    kind = file.form.partition(".")[0]
    most = NEAR if kind == "globe" else 1
    return Look(map, KINDS[kind], min(file.fine, most)) if kind in KINDS else None


def _at_first(map: MapSpec, form: str, fine: int) -> MapSpec:
    """The map with its base as coarse as the first view bears, unless it is looked at closely."""
    if fine or form == "geojson":
        return map
    west, _, east, _ = map.view
    seen = float(np.log2(SCREEN_PX * PIXEL_DEG / (east - west))) - BELOW
    return map.model_copy(update={"detail": max(0.0, min(map.detail - LEVELS, seen))})


def _flat_grain(map: MapSpec, role: str, fine: int) -> Grain:
    """Degrees of the equator."""
    if fine:
        return Grain(FLAT_DEGREES[role], plane=True)
    west, _, east, _ = map.view
    quantum = 1 / max(1, round(PARTS / (east - west)))
    return Grain(quantum, SLACK * quantum if role == "overlay" else 0.0, plane=True)


def _grain(site: Site, map: MapSpec, file: File) -> Grain:
    if look := _look(map, file):
        return _plane_grain(look)
    return _flat_grain(map, site.catalogue[file.collection].spec.role, file.fine)


def _plane_grain(look: Look) -> Grain:
    """Metres in a polar plane, degrees on a globe."""
    if look.kind == "globe":
        return Grain(DEGREES[look.fine])
    left, _, right, _ = look.view
    quantum = float(max(1, round((right - left) / (FINE_PARTS if look.fine else PARTS))))
    return Grain(quantum, 0.0 if look.fine else SLACK * quantum)
