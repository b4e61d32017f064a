import json
from pathlib import Path

import pytest

from layers.build import build
from layers.catalogue import Catalogue
from layers.check import check_folder
from layers.errors import LayersError
from layers.folder import Folder, open_folder
from layers.seal import broken_seal, seal_of
from layers.world import World

LAYER = """
title = "A sealed layer"
description = "For the test."
licence = "CC0-1.0"
attribution = "Nobody"
sealed = true
[[style.rules]]
label = "All"
"""
SOURCES = """
[one]
title = "A source"
publisher = "Somebody"
date = "2020"
"""
BUILD = """
from shapely import Point

def build(facts):
    for row in facts.table("points.csv"):
        yield facts.feature(
            row["id"], Point(float(row["lon"]), float(row["lat"])), sources=["one"],
            name=row["id"], kind="point", status="context", evidence="official",
        )
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    home = tmp_path / "mine"
    home.mkdir()
    (home / "layer.toml").write_text(LAYER, encoding="utf-8")
    (home / "sources.toml").write_text(SOURCES, encoding="utf-8")
    (home / "build.py").write_text(BUILD, encoding="utf-8")
    (home / "points.csv").write_text("id,lon,lat\na,10,80\n", encoding="utf-8")
    made = open_folder(home)
    build(made, tmp_path)
    return made


def _data(folder: Folder) -> bytes:
    return (folder.path / "mine.geojson").read_bytes()


def test_a_build_leaves_a_seal_that_holds(folder: Folder) -> None:
    seal = json.loads((folder.path / "mine.build.json").read_text(encoding="utf-8"))
    assert set(seal["inputs"]) == {"build.py", "layer.toml", "points.csv", "sources.toml"}
    assert broken_seal(folder, _data(folder)) == []


def test_a_changed_fact_breaks_the_seal_and_is_named(folder: Folder) -> None:
    (folder.path / "points.csv").write_text("id,lon,lat\na,11,80\n", encoding="utf-8")
    assert broken_seal(folder, _data(folder)) == ["points.csv"]


def test_an_edited_result_breaks_the_seal(folder: Folder) -> None:
    assert broken_seal(folder, _data(folder) + b" ") == ["mine.geojson"]


def test_another_colour_does_not_break_the_seal_but_another_licence_does(folder: Folder) -> None:
    told = folder.path / "layer.toml"
    told.write_text(LAYER + "\n[zoom]\nmin = 2\n", encoding="utf-8")
    assert broken_seal(folder, _data(folder)) == []
    told.write_text(LAYER.replace("CC0-1.0", "CC-BY-4.0"), encoding="utf-8")
    assert broken_seal(folder, _data(folder)) == ["layer.toml"]


def test_a_missing_seal_is_a_broken_one(folder: Folder) -> None:
    (folder.path / "mine.build.json").unlink()
    assert broken_seal(folder, _data(folder)) == ["mine.build.json"]


def test_building_again_changes_neither_file(folder: Folder, tmp_path: Path) -> None:
    seal = (folder.path / "mine.build.json").read_bytes()
    assert build(folder, tmp_path)[1] is False
    assert (folder.path / "mine.build.json").read_bytes() == seal == seal_of(folder, _data(folder))


def test_check_does_not_run_the_build_of_a_sealed_layer_but_sees_what_changed(
    folder: Folder, tmp_path: Path
) -> None:
    world = World(Catalogue({}))
    (folder.path / "build.py").write_text("raise SystemExit(1)\n", encoding="utf-8")
    found = check_folder(folder, tmp_path, world, run=True)
    stale = [one for one in found if one.rule == "stale"]
    assert len(stale) == 1
    assert "build.py" in stale[0].message


def test_an_input_that_is_not_built_is_named(folder: Folder) -> None:
    text = LAYER.replace("sealed = true", 'sealed = true\ninputs = ["no_such_layer"]')
    (folder.path / "layer.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LayersError, match="no_such_layer"):
        seal_of(open_folder(folder.path), b"")
