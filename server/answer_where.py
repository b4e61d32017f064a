"""The answer to "where am I?" as a document: areas, lines, citations, and what is not decided."""

from collections.abc import Iterable, MutableMapping
from typing import Any

from geo.feature import Feature
from geo.model import Source
from geo.near import Near
from geo.position import METRES_PER_M, position_text
from layers.catalogue import Catalogue
from layers.whereabouts import LEAST_M, Beside, Held, Linked, Whereabouts
from server.links import Links
from server.speech import msg
from server.view import view_object, view_of

Document = dict[str, Any]
Told = MutableMapping[tuple[str, str], Document]  # by collection and id
_BRIEF = ("collection", "id", "name")
_NOTES = (
    "Within margin_m of a line no side is decided: the area is undecided. The margin is the line's "
    f"own accuracy, never less than {LEAST_M:.0f} m, and that of the position.",
    msg(
        "Distances are geodesic, on WGS 84; M are nautical miles of 1,852\u00a0m. Limits and "
        "boundaries are named up to 3,000\u00a0km away. Lakes count as land, and islands that the "
        "base map lacks as sea. Not for navigation, and no statement on any claim."
    ),
)


def where_document(
    found: Whereabouts, catalogue: Catalogue, links: Links, view: str, kept: Told | None = None
) -> Document:
    """Members of the answer: the position, one list for each part, what is missing, the view.

    ``kept`` is what was told of features before; it is filled, and good for one catalogue.
    """
    told = _Teller(catalogue, links, view, {} if kept is None else kept)
    areas = {name: [told.area(one) for one in held] for name, held in found.areas.items()}
    lines = {name: [told.line(one) for one in near] for name, near in found.lines.items()}
    for one in lines.get("coast", []):
        one["countries"] = [told.brief("countries", each) for each in found.coast_of]
    disputes = [told.dispute(one) for one in found.disputes]
    return {
        "position": {
            "lon": found.at[0],
            "lat": found.at[1],
            "text": position_text(found.at),
            "accuracy_m": found.accuracy_m,
        },
        "surface": surface(found),
        **areas,
        **lines,
        **({} if "disputes" in found.missing else {"disputes": disputes}),
        "notLoaded": [{"part": k, "collection": v} for k, v in found.missing.items()],
        "notCovered": list(found.outside),
        "notes": [*_NOTES, *_silence(found)],
        "view": view_object(view, told.changed),
    }


def surface(found: Whereabouts) -> str | None:
    """``land``, ``sea`` or ``undecided`` near the coast; None where no coast is loaded."""
    if "country" not in found.areas or "coast" not in found.lines:
        return None
    if any(one.undecided for one in found.lines["coast"]):
        return "undecided"
    return "land" if found.areas["country"] else "sea"


def near_object(near: Near, margin_m: float) -> Document:
    """A nearest point: how far, in which direction, and whether that is too near to decide."""
    lon, lat = near.point
    told: Document = {
        "distance_m": round(near.distance_m, 1),
        "distance_km": round(near.distance_m / 1000, 3),
        "distance_M": round(near.distance_m / METRES_PER_M, 3),
        "bearing": None if near.bearing is None else round(near.bearing, 1) % 360,
        "point": [round(lon, 6), round(lat, 6)],
        "margin_m": round(margin_m, 1),
        "undecided": near.distance_m <= margin_m,
    }
    if near.bearing is None and near.distance_m >= 1e-3:
        told["along_meridian"] = round(lon, 6)  # at a pole a meridian is the only direction
    return told


class _Teller:
    """Features as members of the answer, and how many of them the view changed."""

    def __init__(self, catalogue: Catalogue, links: Links, view: str, kept: Told) -> None:
        self._catalogue, self._links, self._view, self._kept = catalogue, links, view, kept
        self.changed = 0

    def area(self, held: Held) -> Document:
        told = self._feature(held.collection, held.feature)
        told |= {"relation": held.relation, "drawn_inside": held.drawn_inside}
        return told | {"line": self._bound(held.line) if held.line else None}

    def _bound(self, line: Beside) -> Document:
        """The line that keeps an area undecided."""
        return self.brief(line.collection, line.feature) | near_object(line.near, line.margin_m)

    def dispute(self, linked: Linked) -> Document:
        told = self._feature(linked.collection, linked.feature)
        told["through"] = list(linked.through)
        stances = linked.feature.properties.positions
        return told | {"positions": [one.model_dump() for one in stances]}

    def line(self, beside: Beside) -> Document:
        told = self._feature(beside.collection, beside.feature)
        return told | near_object(beside.near, beside.margin_m)

    def brief(self, collection: str, feature: Feature) -> Document:
        """Which feature it is, and no more."""
        known = self._known(collection, feature)
        return {key: known[key] for key in _BRIEF} | {"href": self._links.base + known["href"]}

    def _feature(self, collection: str, feature: Feature) -> Document:
        known = self._known(collection, feature)
        told = known | {"href": self._links.base + known["href"]}
        if seen := view_of(feature, self._view):
            self.changed += 1
            told["view"] = seen
        return told

    def _known(self, collection: str, feature: Feature) -> Document:
        """What every answer tells of a feature; the address is a path."""
        key = (collection, feature.id)
        if key not in self._kept:
            attribution = self._catalogue[collection].spec.attribution
            self._kept[key] = _told(collection, feature, attribution)
        return self._kept[key]


def _told(collection: str, feature: Feature, attribution: str) -> Document:
    own = feature.properties
    told: Document = {
        "collection": collection,
        "id": feature.id,
        "name": own.name,
        "href": Links().item(collection, feature.id),
        "kind": own.kind,
        "status": own.status,
        "parties": own.parties,
        "evidence": own.evidence,
        "accuracy_m": own.accuracy_m,
        "licence": own.licence,
        "attribution": own.attribution or attribution,
        "sources": [_cited(one) for one in own.sources],
    }
    optional = {"instrument": own.instrument, "note": own.note, "missing": own.missing}
    return told | {key: text for key, text in optional.items() if text}


def _cited(source: Source) -> Document:
    told = {"id": source.id, "title": source.title, "publisher": source.publisher}
    optional = {"url": source.url, "date": source.date}
    return told | {key: text for key, text in optional.items() if text}


def _silence(found: Whereabouts) -> Iterable[str]:
    """What an empty list does not mean."""
    if found.missing:
        yield msg("Parts listed under notLoaded were not asked: their absence says nothing.")
    if found.outside:
        yield msg(
            "Collections under notCovered begin north of here: they say nothing about this place."
        )
    sea = [found.areas.get(one) for one in ("zones", "special_areas", "high_seas")]
    if None not in sea and not found.outside and surface(found) == "sea" and not any(sea):
        yield msg("No zone and no high-seas pocket of the loaded layers holds this position.")
