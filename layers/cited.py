"""What collections that are shown together rest on."""

from collections.abc import Iterable

from geo.model import Source
from layers.collection import Collection


def cited(collections: Iterable[Collection]) -> list[Source]:
    """Every source that their overlays cite, once each, by title."""
    found = {
        (source.title, source.url): source
        for collection in collections
        if collection.spec.role == "overlay"
        for feature in collection.features
        for source in feature.properties.sources
    }
    return sorted(found.values(), key=lambda one: (one.title.casefold(), str(one.url)))
