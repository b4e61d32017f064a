"""Builds the layer: the IMO measures, the sea routes, the legal limits."""

from collections.abc import Iterator

from geo.feature import Feature
from layers.bering_transits.limits import limits
from layers.bering_transits.measures import measures
from layers.bering_transits.routes import routes
from layers.facts import Facts


def build(facts: Facts) -> Iterator[Feature]:
    """Every feature of the layer, areas before lines so that lines are drawn above them."""
    yield from measures(facts)
    yield from limits(facts)
    yield from routes(facts)
