"""TileJSON 3.0.0: where the tiles of a tileset are, and what is in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Document = dict[str, Any]
LATEST = "3.0.0"
_WORLD = (-180.0, -85.05112877980659, 180.0, 85.0511287798066)  # the default of the format


@dataclass(frozen=True)
class VectorLayer:
    """One layer of vector tiles; ``fields`` says what each tag means."""

    id: str
    description: str
    fields: Mapping[str, str]
    min_zoom: int
    max_zoom: int

    def document(self) -> Document:
        """The member of ``vector_layers``."""
        return {
            "id": self.id,
            "description": self.description,
            "minzoom": self.min_zoom,
            "maxzoom": self.max_zoom,
            "fields": dict(self.fields),
        }


@dataclass(frozen=True)
class Tileset:
    """``tiles`` is a template with {z}, {x} and {y}; ``bounds`` are west, south, east, north.

    ``more`` are members that the format does not know, as it allows: the tile matrix set.
    """

    name: str
    description: str
    attribution: str
    tiles: str
    min_zoom: int
    max_zoom: int
    bounds: tuple[float, float, float, float] = _WORLD
    layers: Sequence[VectorLayer] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    def document(self) -> Document:
        """The TileJSON. Pictures have no ``vector_layers``, which version 3.0.0 asks of others."""
        west, south, east, north = self.bounds
        if west > east:  # across 180°, which TileJSON has no words for
            west, east = -180.0, 180.0
        told = {
            "tilejson": LATEST,
            "name": self.name,
            "description": self.description,
            "attribution": self.attribution,
            "scheme": "xyz",
            "tiles": [self.tiles],
            "minzoom": self.min_zoom,
            "maxzoom": self.max_zoom,
            "bounds": [west, south, east, north],
            "center": [(west + east) / 2, (south + north) / 2, self.min_zoom],
            **self.more,
        }
        if self.layers:
            told["vector_layers"] = [layer.document() for layer in self.layers]
        return told
