"""A second copy of a large generated layer that is read in a tenth of the time.

Beside ``countries.geojson`` in the cache lies ``countries.quick``: one line of JSON with the ids
and properties, then the geometries as WKB, one after the other. It belongs to the GeoJSON file
whose SHA-256 it names and is made anew where it does not fit; nothing depends on its being there.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
import shapely
from pydantic import ValidationError

from geo.feature import Feature
from geo.formats import properties_object
from geo.model import Properties
from layers.whole import write_whole


def keep(path: Path, digest: str, features: Iterable[Feature]) -> None:
    """Write the copy; a cache that cannot be written is no fault, the next start is just slower."""
    features = list(features)
    shapes = [b"" if f.geometry is None else shapely.to_wkb(f.geometry) for f in features]
    head = {
        "digest": digest,
        "features": [_row(*pair) for pair in zip(features, shapes, strict=True)],
    }
    with suppress(OSError):
        write_whole(path, orjson.dumps(head) + b"\n" + b"".join(shapes))


def recall(path: Path, digest: str) -> tuple[Feature, ...] | None:
    """The features of the copy; None where it is missing, damaged, or of other bytes."""
    try:
        head, _, shapes = path.read_bytes().partition(b"\n")
        document = orjson.loads(head)
        if document["digest"] != digest:
            return None
        return tuple(_features(document["features"], shapes))
    except (OSError, ValueError, KeyError, TypeError, ValidationError, shapely.errors.ShapelyError):
        return None


def _row(feature: Feature, shape: bytes) -> dict[str, Any]:
    properties = properties_object(feature.properties)
    return {"id": feature.id, "properties": properties, "bytes": len(shape)}


def _features(rows: list[dict[str, Any]], shapes: bytes) -> Iterator[Feature]:
    start = 0
    for row in rows:
        end = start + row["bytes"]
        geometry = shapely.from_wkb(shapes[start:end]) if end > start else None
        yield Feature(row["id"], geometry, Properties.model_validate(row["properties"]))
        start = end
