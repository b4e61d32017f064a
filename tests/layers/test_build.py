"""Building: a function of the facts, whole or not at all, and a fault is a finding."""

from pathlib import Path

import pytest

from layers.build import build, build_bytes
from layers.errors import BadLayer
from layers.folder import Folder, open_folder

TOML = """
title = "t"
description = "d"
licence = "CC0-1.0"
attribution = "a"
[[style.rules]]
label = "all"
"""
BUILD = """
from shapely import Point
def build(facts):
    for row in facts.table("facts.csv"):
        yield facts.feature(row["id"], Point(float(row["lon"]), 1), sources=[row["source"]],
                            name=row["id"], kind="thing", status=row["status"],
                            evidence="dataset")
"""
FACTS = "id,lon,status,source\na,1,context,s\nb,2,former,s\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "mine"
    home.mkdir()
    (home / "layer.toml").write_text(TOML, encoding="utf-8")
    (home / "sources.toml").write_text('[s]\ntitle = "A test"\npublisher = "us"\n')
    (home / "build.py").write_text(BUILD)
    (home / "facts.csv").write_text(FACTS)
    return home


@pytest.fixture
def folder(home: Path) -> Folder:
    return open_folder(home)


def test_two_builds_give_the_same_bytes(folder: Folder) -> None:
    assert build_bytes(folder) == build_bytes(folder)


def test_a_changed_fact_is_a_changed_line(home: Path, folder: Folder) -> None:
    before = build_bytes(folder).splitlines()
    (home / "facts.csv").write_text(FACTS.replace("former", "planned"))
    after = build_bytes(folder).splitlines()
    assert [old == new for old, new in zip(before, after, strict=True)] == [
        *(True, True, False, True)
    ]


def test_the_file_is_written_once_and_then_left_alone(folder: Folder, tmp_path: Path) -> None:
    path, new = build(folder, tmp_path)
    assert new
    stamp = path.stat().st_mtime_ns
    assert build(folder, tmp_path) == (path, False)
    assert path.stat().st_mtime_ns == stamp


def test_a_generated_layer_goes_to_the_cache(home: Path, tmp_path: Path) -> None:
    (home / "layer.toml").write_text("generated = true\n" + TOML, encoding="utf-8")
    path, _ = build(open_folder(home), tmp_path / "cache")
    assert path == tmp_path / "cache" / "mine.geojson"
    assert not (home / "mine.geojson").exists()


def test_progress_hears_of_every_feature(folder: Folder) -> None:
    heard: list[str] = []
    build_bytes(folder, heard.append)
    assert heard == ["a", "b"]


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        (FACTS.replace("former", "settled"), "status"),
        (FACTS.replace("2,", "east,"), "east"),
        (FACTS.replace("former,s", "former,nowhere"), "nowhere"),
        (FACTS.replace("\nb,", "\na,"), "two features are called a"),
        (FACTS.replace("lon", "lng"), "lon"),
    ],
)
def test_a_wrong_fact_is_a_finding_and_leaves_the_old_file(
    home: Path, folder: Folder, tmp_path: Path, facts: str, word: str
) -> None:
    path, _ = build(folder, tmp_path)
    before = path.read_bytes()
    (home / "facts.csv").write_text(facts)
    with pytest.raises(BadLayer, match="layer mine: ") as refused:
        build(folder, tmp_path)
    assert word in str(refused.value)
    assert path.read_bytes() == before
    assert not list(home.glob("*.part"))


def test_a_feature_without_a_source_cannot_be_built(home: Path, folder: Folder) -> None:
    (home / "build.py").write_text(BUILD.replace('[row["source"]]', "[]"))
    with pytest.raises(BadLayer, match="sources"):
        build_bytes(folder)


def test_a_folder_without_code_is_its_own_source(home: Path) -> None:
    (home / "build.py").unlink()
    (home / "mine.geojson").write_bytes(b'{"type":"FeatureCollection","features":[]}')
    assert build_bytes(open_folder(home)) == (home / "mine.geojson").read_bytes()
