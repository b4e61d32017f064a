"""Which rule of a style paints a feature, and which rules have features at all."""

from geo.feature import Feature
from layers.collection import Collection
from layers.spec import Rule


def rule_of(collection: Collection, feature: Feature) -> int | None:
    """The index of the first rule that fits, in file order; None where none does."""
    for number, rule in enumerate(collection.spec.style.rules):
        if fits(rule, feature):
            return number
    return None


def fits(rule: Rule, feature: Feature) -> bool:
    """Whether every value that the rule asks for is that of the property or tag of that name."""
    return all(_same(value_of(feature, key), wanted) for key, wanted in rule.where.items())


def value_of(feature: Feature, key: str) -> object:
    """A property, or else a tag; None where there is neither."""
    known = key in type(feature.properties).model_fields
    found = getattr(feature.properties, key) if known else None
    return found if found is not None else feature.properties.tags.get(key)


def legend(collection: Collection) -> list[tuple[Rule, int]]:
    """The rules that a reader meets on the map, with the number of drawn features of each."""
    drawn = [rule_of(collection, f) for f in collection.features if f.geometry is not None]
    return [
        (rule, drawn.count(number))
        for number, rule in enumerate(collection.spec.style.rules)
        if rule.legend and drawn.count(number)
    ]


def _same(found: object, wanted: object) -> bool:
    """Equality that keeps true apart from 1."""
    return isinstance(found, bool) == isinstance(wanted, bool) and found == wanted
