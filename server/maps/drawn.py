"""What a map draws of a collection, as bytes for one projection."""

from dataclasses import dataclass

from geo.feature import Feature
from layers.light import ENGLISH, Grain, light
from layers.look import Kind, Look
from layers.maps import MapSpec
from layers.member import told
from layers.planeview import plane_view
from layers.views import better_lines, view
from server.negotiate import GEOJSON, JSON
from server.prepared import DENSE, Prepared, prepare
from server.state import Site

DEGREES, FINE_DEGREES = 0.01, 0.001  # the quanta of globes
FLAT_DEGREES = {"base": 0.001, "labels": 0.001, "overlay": 0.00001}  # of a closer look at flat maps
LEVELS = 1.2  # of zoom, by which the first view is coarser than the detail of a map
PARTS, FINE_PARTS = 2_500, 48_000  # of a view: a quantum is a third of a pixel at first
SLACK = 0.75  # quanta: a quarter of a pixel
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

    ``fine`` is for a closer look, ``lang`` the language of its labels.
    """

    collection: str
    form: str
    fine: bool = False
    lang: str = ENGLISH


def drawn_layer(site: Site, map: MapSpec, file: File) -> Prepared:
    """The layer as it is asked for."""
    kind, _, suffix = file.form.rpartition(".")
    held = site.catalogue[file.collection]
    if file.form == TOLD:
        return prepare(told(held), JSON)
    if kind in KINDS:
        look = Look(map, KINDS[kind], file.fine)
        body = plane_view(look, held, site.drawing.planes, site.settings.cache)
        return _sent(body, suffix, _grain(look), file.lang)
    spec = _at_first(map, file.form, file.fine)
    body = view(spec, held, site.settings.cache, _better(site, map))
    return _sent(body, suffix, _flat_grain(map, held.spec.role, file.fine), file.lang)


def _at_first(map: MapSpec, form: str, fine: bool) -> MapSpec:
    """The map with its base as coarse as the first view bears, unless it is looked at closely."""
    if fine or form == "geojson":
        return map
    return map.model_copy(update={"detail": max(0.0, map.detail - LEVELS)})


def _better(site: Site, map: MapSpec) -> list[Feature]:
    return better_lines(map, site.catalogue)


def _flat_grain(map: MapSpec, role: str, fine: bool) -> Grain:
    """Degrees of the equator."""
    if fine:
        return Grain(FLAT_DEGREES[role], plane=True)
    west, _, east, _ = map.view
    quantum = 1 / max(1, round(PARTS / (east - west)))
    return Grain(quantum, SLACK * quantum if role == "overlay" else 0.0, plane=True)


def _grain(look: Look) -> Grain:
    """Metres in a polar plane, degrees on a globe."""
    if look.kind == "globe":
        return Grain(FINE_DEGREES if look.fine else DEGREES)
    left, _, right, _ = look.view
    quantum = float(max(1, round((right - left) / (FINE_PARTS if look.fine else PARTS))))
    return Grain(quantum, 0.0 if look.fine else SLACK * quantum)


def _sent(body: bytes, suffix: str, grain: Grain, lang: str) -> Prepared:
    if suffix == "geojson":
        return prepare(body, GEOJSON)
    return prepare(light(body, grain, lang), JSON, quality=DENSE)
