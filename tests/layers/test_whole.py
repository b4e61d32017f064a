"""Files that are found whole or not at all."""

import threading
from pathlib import Path

import pytest

from layers.whole import whole, write_whole


def test_the_file_and_the_folders_above_it_are_there_afterwards_and_nothing_else(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a" / "b" / "c.geojson"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_what_fails_half_way_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    write_whole(path, b"old")
    with pytest.raises(ValueError, match="stop"), whole(path) as out:
        out.write(b"new")
        raise ValueError("stop")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_threads_that_write_the_same_file_do_not_mix(tmp_path: Path) -> None:
    path, bodies = tmp_path / "a", [bytes([n]) * 200_000 for n in range(4)]
    meet = threading.Barrier(len(bodies))

    def write(body: bytes) -> None:
        with whole(path) as out:
            out.write(body[:1000])
            meet.wait(10)
            out.write(body[1000:])

    threads = [threading.Thread(target=write, args=(body,)) for body in bodies]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert path.read_bytes() in bodies
    assert list(tmp_path.iterdir()) == [path]
