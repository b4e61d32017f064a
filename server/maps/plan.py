"""What a map page is made of: layers with their addresses, the folium parts, texts and lists."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from layers.area import area_of
from layers.collection import Collection
from layers.coverage import at_sea
from layers.legend import paints
from layers.look import has_near
from layers.maps import MapSpec
from server.assets import address, script_name
from server.links import Links
from server.maps.drawn import TOLD
from server.maps.glance import Glance, glance
from server.maps.globe import globe_parts
from server.maps.lexicon import lexicon
from server.maps.parts import Drawn, Parts
from server.maps.projection import FLAT, GLOBE, POLAR, crs_name, polar_frame
from server.maps.spoken import spoken
from server.speech import ENGLISH, msg, speech
from server.state import Site

_SCRIPTS = ("leaflet/leaflet.js", "around", "marchland/map.js")
RIVERS = "rivers"  # a globe asks for them in a closer look
_SOONEST = ("overlay", "base", "labels")
_FROM_ABOVE = msg(
    "Areas are true to each other in this projection and shapes are not: away from the pole they "
    "grow wider from side to side. The scale bar holds for the middle of the picture only."
)
_STYLES = ("leaflet/leaflet.css", "marchland/map.css")


@dataclass(frozen=True)
class Plan:
    """One map over one catalogue. Addresses are paths below the site.

    ``spec`` is as the data are kept for, ``told`` as readers of ``lang`` see it; pages keep the
    language ``kept``.
    """

    spec: MapSpec
    site: Site
    projection: str = FLAT
    lang: str = ENGLISH
    kept: str = ""

    @property
    def links(self) -> Links:
        """Where addresses are made."""
        return self.site.links.kept_in(self.kept)

    @cached_property
    def told(self) -> MapSpec:
        """The map in the language of the page."""
        return spoken(self.spec, self.lang)

    def say(self, text: str) -> str:
        """A text of ours in the language of the page."""
        return speech(self.lang).gettext(text)

    @cached_property
    def collections(self) -> list[Collection]:
        """What is drawn, the lowest first."""
        shown, held = self.spec.shown(self.site.catalogue), self.site.catalogue.collections
        if self.spec.id in held and "land" in held:  # a map that nobody has named
            shown.sort(key=lambda one: not _under(one, held["land"]))
        return shown

    @cached_property
    def parts(self) -> Parts:
        """The map in pieces: a globe of ours, or as folium renders it."""
        layers = [self._drawn(collection) for collection in self.collections if collection.extent]
        if self.projection == GLOBE:
            return globe_parts(self.site, self.told, layers, self._frame(), self.lang)
        from server.maps.page import render  # noqa: PLC0415  # folium costs a start half a second

        return render(
            self.spec,
            layers,
            self._frame(),
            [self.links.asset(address(script_name(name, self.lang))) for name in _SCRIPTS],
            [self.links.asset(address(name)) for name in _STYLES],
        )

    @property
    def glance(self) -> Glance | None:
        """The first view in outline, for as long as the map is not there."""
        shown = [one for one in self.collections if one in self.at_first]
        return glance(self.site, self.spec, self.projection, shown)

    @cached_property
    def script(self) -> str:
        """The address of the map's own script, which holds a digest of it."""
        digest = hashlib.sha256(self.parts.script).hexdigest()[:16]
        query = {} if self.lang == ENGLISH else {"lang": self.lang}
        return self.links.map_file(self.spec.id, f"{self.projection}.{digest}.js", **query)

    def data(self, collection: Collection, **query: str) -> str:
        """The address of what this map draws of a collection, as `layers.light` packs it."""
        name = f"layers/{collection.id}.{self.projection}.json"
        lang = {} if self.lang == ENGLISH else {"lang": self.lang}
        return self.links.map_file(self.spec.id, name, **query, **lang)

    @property
    def first_data(self) -> str:
        """The address of all that the first view shows."""
        lang = {} if self.lang == ENGLISH else {"lang": self.lang}
        return self.links.map_file(self.spec.id, f"first.{self.projection}.json", **lang)

    @cached_property
    def at_first(self) -> list[Collection]:
        """What the first view shows, the most telling first."""
        later = self.spec.off if self.projection != GLOBE else (*self.spec.off, RIVERS)
        shown = [one for one in self.collections if one.extent and one.id not in later]
        shown.sort(key=lambda one: _SOONEST.index(one.spec.role))
        return shown

    def _drawn(self, collection: Collection) -> Drawn:
        spec = collection.spec
        title = self.say(spec.title)
        config = {
            "title": title,
            "url": self.first_data if collection in self.at_first else self.data(collection),
            "own": self.data(collection),
            "fine": self.data(collection, fine="1") if self._has_finer(collection) else None,
            "near": self.data(collection, fine="2") if self._has_near(collection) else None,
            "told": self.links.map_file(self.spec.id, f"layers/{collection.id}.{TOLD}"),
            "role": spec.role,
            "inert": spec.role == "base",
            "licence": spec.licence,
            "items": None if spec.role == "labels" else self.site.links.item_pattern(collection.id),
            # Without land there would be sea: it stays at every zoom.
            "zoom": None if collection.id == "land" else [spec.zoom.min, spec.zoom.max],
            "unstroked": collection.id in self.spec.unstroked,
            "hatched": self.spec.hatched and spec.role == "overlay",
            "highlight": list(self.spec.highlight) if collection.id == "countries" else [],
            "paints": [
                one.model_dump(mode="json", exclude_none=True) for one in paints(collection)
            ],
        }
        shown = collection.id not in self.spec.off
        return Drawn(collection.id, title, config, collection.id != "land", shown)

    def _has_finer(self, collection: Collection) -> bool:
        """Whether a closer look shows more of its shapes."""
        return any(one.form in ("line", "area") for one in collection.features)

    def _has_near(self, collection: Collection) -> bool:
        """Whether a globe close by shows still more of them."""
        globe = self.projection == GLOBE and has_near(self.spec)
        return globe and collection.spec.role != "labels" and self._has_finer(collection)

    def _frame(self) -> dict[str, Any]:
        return {
            "title": self.told.title,
            "projection": self.projection,
            "crs": crs_name(self.spec, self.projection),
            "polar": polar_frame(self.spec) if self.projection == POLAR else None,
            "where": self.site.links.where(),
            "items": self.site.links.item_pattern(),
            "view": list(self.spec.view),
            "area": list(area_of(self.spec)),
            "zoom": [self.spec.zoom.min, self.spec.zoom.max],
            "words": lexicon(self.site, self.collections, self.lang),
        }


def _under(collection: Collection, land: Collection) -> bool:
    """Whether areas at sea are simplified, so that the land has to cover where they meet it."""
    if collection.spec.role != "overlay" or not collection.heavy_coverage:
        return False
    return all(at_sea(collection.features, one.geometry) for one in land.features if one.geometry)


def limits(plan: Plan) -> list[str]:
    """What the map cannot show in the projection that it is looked at in."""
    flat = plan.told.flat_limits if plan.projection == FLAT else (plan.say(_FROM_ABOVE),)
    return [*plan.told.limits, *flat]
