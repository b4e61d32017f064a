"""Does every event at sea lie in the water, and every position within what its report allows?"""

from collections.abc import Iterator

from geo.finding import Finding
from layers.collection import Collection
from layers.truthrules import touches_no_land
from layers.world import World


def truth(collection: Collection, world: World) -> Iterator[Finding]:
    """Events on land, and positions whose uncertainty is not stated."""
    for feature in collection.features:
        yield from touches_no_land(feature, world)
        if feature.geometry is not None and not feature.properties.accuracy_m:
            yield Finding(
                "truth-uncertainty",
                "has a derived position but says nothing of its uncertainty",
                "give accuracy_m in events.toml, or take the position away",
                feature=feature.id,
            )
