"""The countries as pictures draw them: on the border lines that an overlay knows better.

What is served as data stays as it is; its borders are those of its source.
"""

import hashlib
from dataclasses import replace

from shapely import LineString

from geo.feature import Feature
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.generalise import realigned
from layers.views import REACH_DEG, STATE_BOUNDARY

COUNTRIES, DRAWN = "countries", "countries_drawn"


def drawn(catalogue: Catalogue) -> Catalogue:
    """The catalogue with `countries_drawn` beside `countries`, where a better line is known."""
    held = catalogue.collections
    lines = [
        one.geometry
        for collection in held.values()
        for one in collection.features
        if one.properties.kind == STATE_BOUNDARY and isinstance(one.geometry, LineString)
    ]
    if not lines or COUNTRIES not in held:
        return catalogue
    return Catalogue({**held, DRAWN: _on_lines(held[COUNTRIES], lines)}, catalogue.broken)


def _on_lines(countries: Collection, lines: list[LineString]) -> Collection:
    told = [countries.digest, *(line.wkt for line in lines)]
    digest = hashlib.sha256("\n".join(told).encode()).hexdigest()
    shapes = [one.geometry for one in countries.features]
    for line in lines:
        shapes = realigned(shapes, line, REACH_DEG)
    features = tuple(
        Feature(one.id, shape, one.properties)
        for one, shape in zip(countries.features, shapes, strict=True)
    )
    return replace(countries, id=DRAWN, features=features, digest=digest, written=None)
