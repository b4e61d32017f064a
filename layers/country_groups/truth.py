"""Is every member of a group a country that the base map knows?"""

from collections.abc import Iterator

from geo.finding import Finding
from layers.collection import Collection
from layers.errors import NoSuchFeature, NotBuilt
from layers.truthrules import unchecked
from layers.world import World


def truth(collection: Collection, world: World) -> Iterator[Finding]:
    """A finding for each code that names no country; a NOTE where `countries` is not built."""
    for feature in collection.features:
        for code in feature.properties.parties:
            try:
                world.country(code)
            except NotBuilt as error:
                yield unchecked("truth-member", error, feature)
            except NoSuchFeature as error:
                advice = "use the ISO 3166-1 alpha-2 code of a country of the layer countries"
                yield Finding("truth-member", str(error), advice, feature=feature.id)
