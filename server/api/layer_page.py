"""What the page of a layer says beyond its JSON: figures of it, sources, files, examples."""

from collections import Counter
from collections.abc import Iterable

from geo.model import Source
from layers.collection import Collection
from layers.maps import has_own_map
from server.api.downloads import FORMS
from server.ask import Ask
from server.citation import citation
from server.links import Links
from server.speech import msg
from server.writer import Document


def layer_context(ask: Ask, collection: Collection) -> Document:
    """Counts by kind, status and evidence; every source once; downloads; examples for programs."""
    own = [feature.properties for feature in collection.features]
    paths, links = ask.paths, ask.links
    return {
        "counts": {
            "kind": _counted(one.kind for one in own),
            "status": _counted(str(one.status) for one in own),
            "evidence": _counted(str(one.evidence) for one in own),
        },
        "cited": _sources(collection),
        "citation": citation(collection, links.kept_in("").collection(collection.id)),
        "downloads": [
            {"name": name, "href": paths.download(collection.id, form)}
            for form, (name, _, _) in FORMS.items()
        ],
        "examples": list(_examples(links.kept_in(""), collection)),
        "as_of": collection.as_of.isoformat() if collection.as_of else None,
        "drawn": has_own_map(collection),
    }


def _counted(words: Iterable[str]) -> list[tuple[str, int]]:
    """The most frequent first; of equals the first in the alphabet."""
    return sorted(Counter(words).items(), key=lambda one: (-one[1], one[0]))


def _sources(collection: Collection) -> list[Document]:
    """Each source with the number of features that cite it, in the order of titles."""
    found: dict[str, Source] = {}
    count: Counter[str] = Counter()
    for feature in collection.features:
        for source in feature.properties.sources:
            found.setdefault(source.id, source)
            count[source.id] += 1
    every = sorted(found.values(), key=lambda one: (one.title.casefold(), one.id))
    return [
        {**one.model_dump(mode="json", exclude_none=True), "features": count[one.id]}
        for one in every
    ]


def _examples(links: Links, collection: Collection) -> Iterable[tuple[str, str]]:
    """Requests that have an answer here, in words and as an address."""
    own = collection.id
    yield msg("Every feature, as GeoJSON"), links.items(own, f="json", limit=1000)
    box = collection.extent
    if box is not None:
        corners = ",".join(f"{value:g}" for value in box.as_list())
        yield msg("What lies in a box (west, south, east, north)"), links.items(own, bbox=corners)
    if collection.interval.start:
        day = collection.interval.start.isoformat()
        yield msg("What was valid since a day"), links.items(own, datetime=f"{day}/..")
    statuses = _counted(str(one.properties.status) for one in collection.features)
    if statuses:
        yield msg("One status only"), links.items(own, status=statuses[0][0])
        first = collection.features[0].id
        yield msg("One feature"), links.item(own, first)
    yield msg("What the features can be filtered by"), links.queryables(own)
