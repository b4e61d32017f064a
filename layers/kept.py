"""What a map draws of a collection, made once and kept under a digest of its making."""

from collections.abc import Callable
from pathlib import Path

from layers.prepare import writing
from layers.whole import write_whole

VIEWS = "views"  # the folder in the cache
_END = b"}"  # of every document of JSON; a disk that failed leaves nothing, or zeros


def kept(cache: Path, digest: str, make: Callable[[], bytes]) -> bytes:
    """The GeoJSON of that digest: from the cache, or made, where it is missing or cut off.

    Raises `LayersError` when the cache cannot be written.
    """
    path = cache / VIEWS / f"{digest}.geojson"
    found = path.read_bytes() if path.is_file() else b""
    if found.endswith(_END):
        return found
    body = make()
    with writing(cache):
        write_whole(path, body)
    return body
