"""Which overlays the land has to cover."""

from layers.collection import Collection
from layers.coverage import at_sea


def is_under(collection: Collection, land: Collection) -> bool:
    """Whether areas at sea are simplified, so that the land has to cover where they meet it."""
    if collection.spec.role != "overlay" or not collection.heavy_coverage:
        return False
    return all(at_sea(collection.features, one.geometry) for one in land.features if one.geometry)
