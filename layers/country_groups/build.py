"""Groups of states: who belongs to them, since when, who says so. They have no geometry."""

from collections.abc import Iterator
from typing import Any

from geo.feature import Feature
from layers.facts import Facts


def build(facts: Facts) -> Iterator[Feature]:
    """Each group, in the order of the table; its members are the codes in ``parties``."""
    for group in facts.tree("groups.toml")["group"]:
        yield _group(facts, group)


def _group(facts: Facts, group: dict[str, Any]) -> Feature:
    said = {key: value for key, value in group.items() if key not in ("id", "sources")}
    events = group.get("events", [])
    cited = [*group["sources"], *(one for event in events for one in event["sources"])]
    return facts.feature(group["id"], None, sources=cited, evidence="press", **said)
