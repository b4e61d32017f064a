"""The quick copy gives the same features as the file, or nothing at all."""

from pathlib import Path

import pytest
from shapely import Point, Polygon

from geo.formats import collection_bytes
from layers.catalogue import Catalogue, load_collection
from layers.folder import our_folders
from layers.quick import keep, recall

DIGEST = "d" * 64


def test_our_base_comes_back_byte_for_byte(catalogue: Catalogue, tmp_path: Path) -> None:
    collection = catalogue["countries"]
    keep(tmp_path / "c.quick", collection.digest, collection.features)
    kept = recall(tmp_path / "c.quick", collection.digest)
    assert kept is not None
    assert collection_bytes(kept.features[:40]) == collection_bytes(collection.features[:40])
    assert [one.id for one in kept.features] == [one.id for one in collection.features]


def test_the_second_load_reads_the_copy_and_finds_the_same(cache: Path) -> None:
    folder = next(one for one in our_folders() if one.id == "land")
    first = load_collection(folder, cache)
    assert (cache / "land.quick").is_file()
    second = load_collection(folder, cache)
    assert second.digest == first.digest
    assert collection_bytes(second.features) == collection_bytes(first.features)


@pytest.fixture
def copy(tmp_path: Path, made_feature: object) -> Path:
    assert callable(made_feature)
    shapes = [Point(1.1, 2.2), None, Polygon([(0, 0), (1, 0), (0, 1)])]
    path = tmp_path / "made.quick"
    keep(path, DIGEST, [made_feature(f"f{n}", shape) for n, shape in enumerate(shapes)])
    return path


def test_a_feature_without_geometry_stays_so(copy: Path) -> None:
    kept = recall(copy, DIGEST)
    assert kept is not None
    assert [one.geometry is None for one in kept.features] == [False, True, False]


def test_a_copy_of_other_bytes_is_not_used(copy: Path) -> None:
    assert recall(copy, "e" * 64) is None


def test_a_copy_that_was_cut_off_anywhere_is_not_used(copy: Path) -> None:
    whole = copy.read_bytes()
    for end in range(0, len(whole), 7):
        copy.write_bytes(whole[:end])
        assert recall(copy, DIGEST) is None


def test_a_copy_that_was_damaged_anywhere_is_not_used(copy: Path) -> None:
    whole = copy.read_bytes()
    for place in range(whole.index(b"\n"), len(whole), 7):
        copy.write_bytes(whole[:place] + bytes([whole[place] ^ 16]) + whole[place + 1 :])
        assert recall(copy, DIGEST) is None


def test_the_text_of_a_layer_lies_beside_its_shapes(tmp_path: Path, made_feature: object) -> None:
    assert callable(made_feature)
    path, text = tmp_path / "made.quick", b'{"type":"FeatureCollection"}' * 300
    keep(path, DIGEST, [made_feature("one", Point(1, 2))], text)
    kept = recall(path, DIGEST)
    assert kept is not None and kept.text is not None
    assert (kept.text[:], [one.geometry for one in kept.features]) == (text, [Point(1, 2)])
    path.write_bytes(path.read_bytes().replace(b"Feature", b"Failure"))
    assert recall(path, DIGEST) is None


def test_a_copy_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    assert recall(tmp_path / "none", DIGEST) is None


def test_a_cache_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    keep(tmp_path / "a file" / "below.quick", DIGEST, [])
    assert [one.name for one in tmp_path.iterdir()] == ["a file"]
