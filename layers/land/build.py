"""Land: all areas of the atlas merged into one feature."""

from collections.abc import Iterator

from geo.feature import Feature
from layers.atlas import land
from layers.facts import Facts


def build(facts: Facts) -> Iterator[Feature]:
    """One feature, `land`. Raises `BadTopology` when the asset is not the atlas."""
    yield facts.feature(
        "land",
        land(facts.asset("world-atlas/countries-10m.json")),
        sources=["natural_earth", "world_atlas"],
        name="Land",
        kind="land",
        status="context",
        evidence="dataset",
        note=(
            "Merged from the countries of Natural Earth at 1:10 million. The Caspian Sea is water, "
            "other lakes are land. Ice shelves of Antarctica count as land where Natural Earth "
            "counts them so; the continent is closed along the pole at 90° S."
        ),
        missing="No sourced figure for the accuracy of this coast.",
    )
