"""What a map draws of a collection, as bytes for one projection."""

from geo.feature import Feature
from layers.light import light
from layers.look import Kind, Look
from layers.maps import MapSpec
from layers.planeview import plane_view
from layers.views import better_lines, view
from server.negotiate import GEOJSON, JSON
from server.prepared import Prepared, prepare
from server.state import Site

DEGREES, FINE_DEGREES = 0.01, 0.001  # the quanta of globes; flat maps keep what their views round
FLAT_DEGREES = {"base": 0.001, "labels": 0.001, "overlay": 0.00001}
LEVELS = 1.2  # of zoom, by which the first view is coarser than the detail of a map
PARTS = 6_000  # of a view: a quantum is about a tenth of a pixel
# The longest first: the last is the end of others.
FORMS = ("polar.geojson", "globe.geojson", "polar.json", "globe.json", "flat.json", "geojson")
KINDS: dict[str, Kind] = {"polar": "polar", "globe": "globe"}


def parted(name: str) -> tuple[str, str]:
    """The collection and the form of a file's name; no form where it has none that there is."""
    for form in FORMS:
        if name.endswith(f".{form}"):
            return name.removesuffix(f".{form}"), form
    return name, ""


def drawn_layer(site: Site, map: MapSpec, collection: str, form: str, fine: bool) -> Prepared:
    """The layer in one of `FORMS`; ``fine`` is for a closer look at a plane or a globe."""
    kind, _, suffix = form.rpartition(".")
    held = site.catalogue[collection]
    if kind in KINDS:
        look = Look(map, KINDS[kind], fine)
        body = plane_view(look, held, site.drawing.planes, site.settings.cache)
        return _sent(body, suffix, _quantum(look))
    body = view(_at_first(map, form, fine), held, site.settings.cache, _better(site, map))
    return _sent(body, suffix, FLAT_DEGREES[held.spec.role])


def _at_first(map: MapSpec, form: str, fine: bool) -> MapSpec:
    """The map with its base as coarse as the first view bears, unless it is looked at closely."""
    if fine or form == "geojson":
        return map
    return map.model_copy(update={"detail": max(0.0, map.detail - LEVELS)})


def _better(site: Site, map: MapSpec) -> list[Feature]:
    return better_lines(map, site.catalogue)


def _quantum(look: Look) -> float:
    """Metres in a polar plane, degrees on a globe: far less than a pixel of what is looked at."""
    if look.kind == "globe":
        return FINE_DEGREES if look.fine else DEGREES
    left, _, right, _ = look.view
    return float(max(1, round((right - left) / PARTS / (8 if look.fine else 1))))


def _sent(body: bytes, suffix: str, quantum: float) -> Prepared:
    if suffix == "geojson":
        return prepare(body, GEOJSON)
    return prepare(light(body, quantum), JSON)
