"""Does every record point to features that exist, and do those concern its parties?"""

from collections.abc import Iterator

from geo.feature import Feature
from geo.finding import Finding
from layers.collection import Collection
from layers.errors import NotBuilt
from layers.truthrules import unchecked
from layers.world import World

ADVICE = "correct `features` or `parties` in disputes.toml"


def truth(collection: Collection, world: World) -> Iterator[Finding]:
    """A finding for each reference that leads nowhere, or to a feature of other parties."""
    for record in collection.features:
        for reference in references(record):
            yield from _leads_somewhere(record, reference, world)
        yield from _heard(record)


def references(record: Feature) -> list[str]:
    """The collection/feature ids that a record names."""
    return str(record.properties.tags.get("features", "")).split()


def _leads_somewhere(record: Feature, reference: str, world: World) -> Iterator[Finding]:
    name, _, wanted = reference.partition("/")
    target = world.collection(name)
    if target is None:
        reason = NotBuilt(f"layer {name} is not in the catalogue")
        yield unchecked("truth-reference", reason, record)
        return
    feature = target.by_id.get(wanted)
    if feature is None:
        message = f"names {reference}, which does not exist"
        yield Finding("truth-reference", message, ADVICE, feature=record.id)
        return
    strangers = set(feature.properties.parties) - set(record.properties.parties)
    if strangers:
        message = f"names {reference}, which also concerns {', '.join(sorted(strangers))}"
        yield Finding("truth-parties", message, ADVICE, feature=record.id)


def _heard(record: Feature) -> Iterator[Finding]:
    """In an open dispute at least two sides are heard, and nobody who is no party."""
    own = record.properties
    speaking = {stance.party for stance in own.positions}
    if own.tags["open"] and len(speaking) < 2:
        message = f"is open, and {len(speaking)} of {len(own.parties)} parties are heard"
        yield Finding("truth-positions", message, ADVICE, feature=record.id)
    if extra := sorted(speaking - set(own.parties)):
        message = f"lets {', '.join(extra)} speak, who are no parties to it"
        yield Finding("truth-positions", message, ADVICE, feature=record.id)
