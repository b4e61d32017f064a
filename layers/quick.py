"""A second copy of a layer of ours that is read in a tenth of the time, and hardly held in memory.

Beside ``countries.geojson`` in the cache lies ``countries.quick``: one line of JSON with the ids
and properties, then the geometries as WKB, one after the other, and, of a layer whose file lies
elsewhere, that file. It belongs to the GeoJSON file whose SHA-256 it names and is made anew where
it does not fit; nothing depends on its being there. It is mapped: shapes and text are read when
somebody looks at them.
"""

import mmap
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import shapely
from pydantic import ValidationError

from geo.feature import Feature
from geo.formats import properties_object
from geo.model import Properties, Source
from layers.heap import loose
from layers.unread import Lying, Unread
from layers.whole import write_whole

FORM = 2  # of the file; raise it when it is written otherwise
SMALL = 1_000  # bytes of WKB: what is no longer is read at once and kept


@dataclass(frozen=True, slots=True)
class Copy:
    """The features, and the text of the layer's file where that lies beside them."""

    features: tuple[Feature, ...]
    text: mmap.mmap | None


def keep(path: Path, digest: str, features: Iterable[Feature], text: bytes = b"") -> None:
    """Write the copy; a cache that cannot be written is no fault, the next start is just slower."""
    features = list(features)
    shapes = [b"" if f.geometry is None else shapely.to_wkb(f.geometry) for f in features]
    body = b"".join(shapes)
    head = {
        "form": FORM,
        "digest": digest,
        "bytes": len(body),
        "text": len(text),
        "sum": zlib.crc32(text, zlib.crc32(body)),
        "features": [_row(*pair) for pair in zip(features, shapes, strict=True)],
    }
    line = orjson.dumps(head) + b"\n"
    gap = bytes(_text_at(len(line) + len(body)) - len(line) - len(body)) if text else b""
    with suppress(OSError):
        write_whole(path, b"".join((line, body, gap, text)))


def recall(path: Path, digest: str) -> Copy | None:
    """The copy; None where it is missing, damaged, or of other bytes."""
    try:
        with path.open("rb") as file:
            head = orjson.loads(file.readline())
            if (head["form"], head["digest"]) != (FORM, digest):
                return None
            start = file.tell()
            shapes = loose(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            text = _text(file.fileno(), start + head["bytes"], head["text"])
        if _sum(shapes, start, start + head["bytes"], text) != head["sum"]:
            return None
        return Copy(tuple(_features(head["features"], shapes, start)), text)
    except (OSError, ValueError, KeyError, TypeError, ValidationError, shapely.errors.ShapelyError):
        return None


def _row(feature: Feature, shape: bytes) -> dict[str, Any]:
    properties = properties_object(feature.properties)
    made = {"id": feature.id, "properties": properties, "bytes": len(shape)}
    if len(shape) <= SMALL:
        return made
    said = [feature.form, feature.dimensions, feature.vertices, feature.box]
    return made | {"said": said}


def _features(rows: list[dict[str, Any]], shapes: mmap.mmap, at: int) -> Iterator[Feature]:
    cited: dict[Source, Source] = {}
    for row in rows:
        start, at = at, at + row["bytes"]
        properties = Properties.model_validate(row["properties"])
        sources = properties.sources  # most features of a layer cite the same ones
        sources[:] = [cited.setdefault(one, one) for one in sources]
        if "said" in row:
            form, dimensions, vertices, box = row["said"]
            lying = Lying(shapes, start, at, form, dimensions, vertices, box and tuple(box))
            yield Unread(row["id"], lying, properties)
        else:
            geometry = shapely.from_wkb(shapes[start:at]) if row["bytes"] else None
            yield Feature(row["id"], geometry, properties)


def _text_at(end: int) -> int:
    """Where the text begins when the shapes end there: what is mapped begins at a page."""
    return -(-end // mmap.ALLOCATIONGRANULARITY) * mmap.ALLOCATIONGRANULARITY


def _text(file: int, end: int, length: int) -> mmap.mmap | None:
    if not length:
        return None
    return loose(mmap.mmap(file, length, access=mmap.ACCESS_READ, offset=_text_at(end)))


def _sum(shapes: mmap.mmap, start: int, end: int, text: mmap.mmap | None) -> int:
    """What tells a damaged file: a shape is read when nobody could do without it any more."""
    with memoryview(shapes) as whole:
        if end > len(whole):
            raise ValueError("it was cut off")
        made = zlib.crc32(whole[start:end])
    return made if text is None else zlib.crc32(text, made)
