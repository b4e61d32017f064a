"""One record for each table of `disputes.toml`; lines and areas stay in the layers it names."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from geo.feature import Feature
from layers.facts import Facts

OWN = ("subject", "open", "features", "sources")
CITING = ("positions", "events", "figures")


def build(facts: Facts) -> Iterator[Feature]:
    """The records in file order, all without geometry: an outline is not stored twice."""
    for name, said in facts.tree("disputes.toml").items():
        yield facts.feature(name, None, sources=_cited(said), **_said(said))


def _said(said: dict[str, Any]) -> dict[str, Any]:
    tags: dict[str, Any] = {"subject": said["subject"], "open": said["open"]}
    if said["features"]:
        tags["features"] = " ".join(said["features"])
    text = {key: value for key, value in said.items() if key not in OWN}
    return {**text, "kind": "dispute" if said["open"] else "settled_dispute", "tags": tags}


def _cited(said: dict[str, Any]) -> list[str]:
    entries = chain.from_iterable(said.get(key, []) for key in CITING)
    return [*said["sources"], *(one for entry in entries for one in entry["sources"])]
