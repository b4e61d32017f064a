"""Does each label stand where its name belongs: in the country, or on water?"""

from collections.abc import Iterator

from geo.finding import Finding
from layers.collection import Collection
from layers.truthrules import inside, touches_no_land
from layers.world import World

_STATE_M = 0.0
# Harbour towns and small islands: coasts at 1:10 million are off by some kilometres and leave out
# the smallest islands (Vardø).
_TOWN_M = 6_000.0
# The base map draws the leased area apart from the country that leases it.
_AREAS = {"baikonur": "baikonur"}


def truth(collection: Collection, world: World) -> Iterator[Finding]:
    """A finding for each label of a state or town outside it, and for each sea label on land."""
    for feature in collection.features:
        if not feature.properties.parties:
            yield from touches_no_land(feature, world)
            continue
        area = _AREAS.get(feature.id, feature.properties.parties[0])
        limit = _TOWN_M if feature.properties.kind == "town_label" else _STATE_M
        yield from inside(feature, world, area, tolerance_m=limit)
