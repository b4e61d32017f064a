"""Layer folders: found by their layer.toml, named by their place, and never a crash."""

from pathlib import Path

import pytest

from layers.errors import BadLayer
from layers.folder import find_folders, open_folder, our_folders

TOML = """
title = "t"
description = "d"
licence = "CC0-1.0"
attribution = "a"
[[style.rules]]
label = "all"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "layer.toml").write_text(TOML, encoding="utf-8")
    return tmp_path


def test_a_folder_is_called_after_its_place_and_is_not_trusted(home: Path) -> None:
    folder = open_folder(home / "mine")
    assert (folder.id, folder.spec.title, folder.trusted) == ("mine", "t", False)


def test_the_built_file_lies_in_the_folder_or_in_the_cache_if_generated(home: Path) -> None:
    cache = home / "cache"
    assert open_folder(home / "mine").built(cache) == home / "mine" / "mine.geojson"
    text = "generated = true\n" + TOML
    (home / "mine" / "layer.toml").write_text(text, encoding="utf-8")
    assert open_folder(home / "mine").built(cache) == cache / "mine.geojson"


def test_a_folder_without_code_has_no_builder(home: Path) -> None:
    assert open_folder(home / "mine").builder is None
    (home / "mine" / "build.py").write_text("")
    assert open_folder(home / "mine").builder == home / "mine" / "build.py"


def test_opening_a_folder_runs_nothing_in_it(home: Path) -> None:
    (home / "mine" / "build.py").write_text("raise SystemExit('ran')")
    open_folder(home / "mine")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (b"= =", "line 1"),
        (b"\xff\xfe", "utf-8"),
        (TOML.replace("licence", "license").encode(), "licence"),
        (TOML.replace('"CC0-1.0"', '"CC0 1.0"').encode(), "licence"),
        (b"colour = 1\n" + TOML.encode(), "colour"),
        (TOML.partition("[[")[0].encode(), "style"),
        (b"", "title"),
    ],
)
def test_a_wrong_description_is_a_finding_that_names_the_entry(
    home: Path, text: bytes, word: str
) -> None:
    (home / "mine" / "layer.toml").write_bytes(text)
    with pytest.raises(BadLayer) as refused:
        open_folder(home / "mine")
    assert refused.value.layer == "mine"
    assert any(word in one.message for one in refused.value.findings)
    assert all(one.advice for one in refused.value.findings)


def test_a_folder_without_a_description_is_a_finding(home: Path) -> None:
    (home / "none").mkdir()
    with pytest.raises(BadLayer, match=r"layer none: layer\.toml"):
        open_folder(home / "none")


def test_good_and_broken_folders_are_told_apart_in_order_of_name(home: Path) -> None:
    for name, text in (("bad", "= ="), ("also", TOML)):
        (home / name).mkdir()
        (home / name / "layer.toml").write_text(text, encoding="utf-8")
    (home / "no_layer").mkdir()
    good, bad = find_folders(home)
    assert [one.id for one in good] == ["also", "mine"]
    assert [one.layer for one in bad] == ["bad"]


def test_our_folders_are_trusted_and_all_good() -> None:
    folders = our_folders()
    assert folders
    assert all(folder.trusted for folder in folders)
