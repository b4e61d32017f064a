"""Which rule paints a feature, and what a legend says."""

import re

import shapely
from shapely.geometry.base import BaseGeometry

from geo.feature import Feature
from geo.model import Properties, Source
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.legend import legend, paints, rule_of
from layers.spec import LayerSpec, Paint, Rule, Style

SOURCE = Source(id="s", title="A source", publisher="Somebody")


def feature(
    shape: BaseGeometry | None, status: str = "agreed", **tags: str | float | bool
) -> Feature:
    told = Properties(
        name="A", kind="thing", status=status, evidence="dataset", tags=tags, licence="CC0-1.0",
        sources=[SOURCE],
    )  # fmt: skip
    return Feature("a", shape, told)


def collection(rules: list[Rule], *features: Feature) -> Collection:
    spec = LayerSpec(
        title="T", description="D", licence="CC0-1.0", attribution="A", style=Style(rules=rules)
    )
    return Collection("t", spec, features, "0" * 64)


LINE = shapely.LineString([(0, 0), (1, 1)])


def test_the_first_rule_that_fits_wins() -> None:
    rules = [Rule(where={"part": "use"}, label="Use"), Rule(label="Rest"), Rule(label="Never")]
    held = collection(rules)
    assert rule_of(held, feature(LINE, part="use")) == 0
    assert rule_of(held, feature(LINE, part="other")) == 1


def test_a_rule_may_ask_for_a_property_and_a_tag_at_once() -> None:
    held = collection([Rule(where={"status": "claimed", "part": "use"}, label="X")])
    assert rule_of(held, feature(LINE, "claimed", part="use")) == 0
    assert rule_of(held, feature(LINE, "agreed", part="use")) is None


def test_true_is_not_one() -> None:
    held = collection([Rule(where={"exact": True}, label="X")])
    assert rule_of(held, feature(LINE, exact=True)) == 0
    assert rule_of(held, feature(LINE, exact=1)) is None


def test_a_tag_called_like_a_method_is_still_a_tag() -> None:
    held = collection([Rule(where={"interval": "long"}, label="X")])
    assert rule_of(held, feature(LINE, interval="long")) == 0


def test_the_legend_has_only_rules_whose_features_are_drawn() -> None:
    rules = [
        Rule(where={"status": "agreed"}, label="Agreed"),
        Rule(where={"status": "claimed"}, label="Claimed"),
        Rule(where={"status": "planned"}, label="Planned", legend=False),
    ]
    held = collection(rules, feature(LINE), feature(None, "claimed"), feature(LINE, "planned"))
    assert [entry.label for entry in legend(held, held.features)] == ["Agreed"]


def test_a_rule_for_lines_and_points_has_an_entry_for_each() -> None:
    held = collection([Rule(label="All")], feature(LINE), feature(shapely.Point(0, 0)))
    assert [entry.form for entry in legend(held, held.features)] == ["line", "point"]


def test_a_claimed_line_is_dashed_even_where_the_style_forgot() -> None:
    held = collection([Rule(label="Claimed")], feature(LINE, "claimed"))
    assert paints(held)[0].dash


def test_a_dash_of_the_style_is_kept_and_an_agreed_line_gets_none() -> None:
    rules = [
        Rule(where={"status": "claimed"}, label="Claimed", paint=Paint(dash="1 2")),
        Rule(label="Agreed"),
    ]
    held = collection(rules, feature(LINE, "claimed"), feature(LINE))
    assert [paint.dash for paint in paints(held)] == ["1 2", None]


def test_the_form_of_a_collection_is_that_of_its_first_part() -> None:
    assert feature(shapely.GeometryCollection([shapely.MultiPoint([(0, 0)])])).form == "point"
    assert feature(shapely.box(0, 0, 1, 1)).form == "area"
    assert feature(None).form is None
    assert feature(shapely.Point()).form is None


def test_a_rule_is_called_by_what_it_asks_for_so_that_another_may_come_before_it() -> None:
    rules = [Rule(where={"part": "use", "exact": True}, label="Use"), Rule(label="Rest")]
    held = feature(LINE, part="use", exact=True), feature(LINE)
    names = [one.name for one in legend(collection(rules, *held), held)]
    assert names == ["exact-true-part-use", "rest"]
    longer = [Rule(where={"part": "new"}, label="New"), *rules]
    assert [one.name for one in legend(collection(longer, *held), held)] == names


def test_rules_that_ask_for_different_things_have_different_names_that_fit_an_address() -> None:
    asked: list[dict[str, str | float | bool]] = [
        {}, {"a": True}, {"a": "true"}, {"a": 1}, {"a": "1"}, {"a": 1.5}, {"a-b": "c"},
        {"a": "b-c"}, {"a": "<b>"}, {"a": "\u0431"}, {"a": "\u0432"}, {"a": "x" * 90},
        {"\u0660": 1},
    ]  # fmt: skip
    names = [Rule(where=one, label="X").name for one in asked]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,79}", one) for one in names)


def test_no_layer_has_two_rules_of_one_name(catalogue: Catalogue) -> None:
    for one in catalogue.collections.values():
        names = [rule.name for rule in one.spec.style.rules]
        assert len(set(names)) == len(names), one.id
