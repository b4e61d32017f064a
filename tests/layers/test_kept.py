"""What is kept of a map: made once, and anew where a disk has failed."""

from pathlib import Path

import pytest

from layers.errors import LayersError
from layers.kept import kept

BODY = b'{"type":"FeatureCollection","features":[]}'


def test_it_is_made_once(tmp_path: Path) -> None:
    assert kept(tmp_path, "a", lambda: BODY) == BODY
    assert kept(tmp_path, "a", lambda: b"other}") == BODY
    assert kept(tmp_path, "b", lambda: b"other}") == b"other}"


@pytest.mark.parametrize("left", [b"", BODY[:9], bytes(len(BODY))])
def test_what_was_cut_off_is_made_anew(tmp_path: Path, left: bytes) -> None:
    kept(tmp_path, "a", lambda: BODY)
    (path,) = tmp_path.rglob("*.geojson")
    path.write_bytes(left)
    assert kept(tmp_path, "a", lambda: BODY) == BODY
    assert path.read_bytes() == BODY


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(LayersError, match="MARCHLAND_CACHE"):
        kept(tmp_path / "cache", "a", lambda: BODY)
