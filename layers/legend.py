"""Which rule of a style paints a feature, and what a legend says about the rules in use."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.feature import Feature, Form
from geo.vocabulary import Status
from layers.collection import Collection
from layers.spec import Paint, Rule

# What is not settled shows by its dash and not by its colour alone.
_DASH: dict[Status, str] = {
    Status.PROVISIONAL: "9 5",
    Status.PLANNED: "9 6",
    Status.CLAIMED: "3 6",
    Status.DISPUTED: "3 6",
    Status.FORMER: "2 5",
    Status.SUPERSEDED: "2 5",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a legend: how it is drawn, what it says, how many features it stands for."""

    label: str
    paint: Paint
    form: Form
    count: int
    disputed: bool = False  # areas, and every one of them disputed
    rule: int = 0  # the number of the rule, in file order
    name: str = "rest"  # of the rule, for addresses


def rule_of(collection: Collection, feature: Feature) -> int | None:
    """The index of the first rule that fits, in file order.

    None where none does, and for what is not drawn.
    """
    for number, rule in enumerate(collection.spec.style.rules):
        if fits(rule, feature):
            return number if rule.drawn else None
    return None


def is_drawn(collection: Collection, feature: Feature) -> bool:
    """Whether maps may draw the feature; one that no rule fits is drawn plainly."""
    first = next((one for one in collection.spec.style.rules if fits(one, feature)), None)
    return first is None or first.drawn


def fits(rule: Rule, feature: Feature) -> bool:
    """Whether every value that the rule asks for is that of the property or tag of that name."""
    return all(_same(value_of(feature, key), wanted) for key, wanted in rule.where.items())


def value_of(feature: Feature, key: str) -> object:
    """A property, or else a tag; None where there is neither."""
    known = key in type(feature.properties).model_fields
    found = getattr(feature.properties, key) if known else None
    return found if found is not None else feature.properties.tags.get(key)


def paints(collection: Collection) -> list[Paint]:
    """The paint of each rule in file order; a line gets a dash where every status asks for it."""
    drawn = _by_rule(collection, collection.features)
    rules = collection.spec.style.rules
    return [_dashed(rule.paint, drawn[n]) for n, rule in enumerate(rules)]


def legend(collection: Collection, features: Sequence[Feature]) -> list[Entry]:
    """One entry for each form that a rule's features take, of those ``features`` that are shown."""
    drawn, made = _by_rule(collection, features), []
    for number, (rule, paint) in enumerate(
        zip(collection.spec.style.rules, paints(collection), strict=True)
    ):
        forms = [feature.form for feature in drawn[number]]
        for form in dict.fromkeys(one for one in forms if rule.legend and one):
            disputed = form == "area" and _all_disputed(drawn[number])
            count = forms.count(form)
            made.append(Entry(rule.label, paint, form, count, disputed, number, rule.name))
    return made


def _all_disputed(features: Sequence[Feature]) -> bool:
    return all(feature.properties.status == Status.DISPUTED for feature in features)


def _by_rule(collection: Collection, features: Sequence[Feature]) -> list[list[Feature]]:
    found: list[list[Feature]] = [[] for _ in collection.spec.style.rules]
    for feature in features:
        number = rule_of(collection, feature)
        if number is not None and feature.form:
            found[number].append(feature)
    return found


def _dashed(paint: Paint, features: list[Feature]) -> Paint:
    lines = [feature for feature in features if feature.form == "line"]
    dashes = {_DASH.get(feature.properties.status) for feature in lines}
    if paint.dash or len(dashes) != 1 or None in dashes:
        return paint
    return paint.model_copy(update={"dash": dashes.pop()})


def _same(found: object, wanted: object) -> bool:
    """Equality that keeps true apart from 1."""
    return isinstance(found, bool) == isinstance(wanted, bool) and found == wanted
