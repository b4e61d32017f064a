"""What a feature says in a vector tile: the flat part of its properties, for styles and filters."""

from collections.abc import Iterator

from geo.feature import Feature
from geo.mvttags import Tags, Value
from layers.collection import Collection
from layers.legend import rule_of

_PLAIN = ("kind", "status", "evidence", "instrument", "valid_from", "valid_to", "accuracy_m")
ABOUT = {
    "id": "The feature's id, as in the items of the collection.",
    "name": "The feature's name.",
    "other_names": "Names in use by somebody, with the language and who uses them.",
    "kind": "What the feature is, one word.",
    "status": "How settled the thing is, one word.",
    "evidence": "What the geometry rests on, one word.",
    "parties": "The parties concerned, ISO 3166-1 alpha-2 or EU, separated by commas.",
    "instrument": "The treaty or act.",
    "valid_from": "Valid since, as precise as its source.",
    "valid_to": "Valid until, as precise as its source.",
    "accuracy_m": "How far off the geometry may be, in metres.",
    "rule": "The number of the rule of the collection's style that paints it, from 0.",
}


def tags_of(collection: Collection) -> Tags:
    """The tags of every feature, in the order of the features."""
    features = collection.features
    rows = [dict(_said(collection, feature)) for feature in features]
    return Tags.of([feature.id for feature in features], rows)


def fields_of(collection: Collection) -> dict[str, str]:
    """Each tag that some feature of the collection has, and what it says."""
    used = {key for one in collection.features for key, _ in _said(collection, one)}
    told = {key: about for key, about in ABOUT.items() if key in used}
    names = {key: f"The name, language {key[5:]}." for key in sorted(used) if key[:5] == "name:"}
    return told | names | {f"tags.{tag}": f"The tag {tag}." for tag in collection.tags}


def _said(collection: Collection, feature: Feature) -> Iterator[tuple[str, Value]]:
    """A value for each key; what is not known has no key. Sources and notes are with the items."""
    own = feature.properties
    yield "id", feature.id
    yield "name", own.name
    yield from _names(feature)
    for key in _PLAIN:
        if (value := getattr(own, key)) is not None:
            yield key, str(value) if isinstance(value, str) else value
    if own.parties:
        yield "parties", ",".join(own.parties)
    if (rule := rule_of(collection, feature)) is not None:
        yield "rule", rule
    for tag, one in own.tags.items():
        yield f"tags.{tag}", one


def _names(feature: Feature) -> Iterator[tuple[str, str]]:
    """The first name of each language; a name that only somebody uses is told with who does."""
    named: dict[str, str] = {}
    used = []
    for name in feature.properties.names:
        if name.used_by:
            used.append(f"{name.text} ({name.lang}; {name.used_by})")
        else:
            named.setdefault(f"name:{name.lang}", name.text)
    yield from named.items()
    if used:
        yield "other_names", "; ".join(used)
