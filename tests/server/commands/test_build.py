"""`marchland build`: twice the same, once when there is nothing to do."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
TOML = """
title = "t"
description = "d"
licence = "CC0-1.0"
attribution = "a"
[[style.rules]]
label = "all"
"""
SOURCES = '[s]\ntitle = "A test"\npublisher = "us"\n'
BUILD = """
from shapely import Point
def build(facts):
    for row in facts.table("facts.csv"):
        yield facts.feature(row["id"], Point(float(row["lon"]), 1), sources=["s"],
                            name=row["id"], kind="thing", status="context", evidence="dataset")
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    home = tmp_path / "mine"
    home.mkdir()
    (home / "layer.toml").write_text(TOML)
    (home / "sources.toml").write_text(SOURCES)
    (home / "build.py").write_text(BUILD)
    (home / "facts.csv").write_text("id,lon\na,1\nb,2\n")
    return home


def test_a_layer_is_built_and_then_unchanged(marchland: Run, mine: Path) -> None:
    words = ("build", "mine", "--layers", str(mine))
    assert marchland(*words)[:2] == (0, f"mine: built  {mine / 'mine.geojson'}\n")
    before = (mine / "mine.geojson").read_bytes()
    assert marchland(*words)[:2] == (0, f"mine: unchanged  {mine / 'mine.geojson'}\n")
    assert (mine / "mine.geojson").read_bytes() == before


def test_a_changed_fact_changes_the_bytes(marchland: Run, mine: Path) -> None:
    marchland("build", "mine", "--layers", str(mine))
    (mine / "facts.csv").write_text("id,lon\na,1\nb,3\n")
    code, out, _ = marchland("build", "mine", "--layers", str(mine), "--json")
    assert code == 0
    assert json.loads(out) == {
        "layers": [{"layer": "mine", "path": str(mine / "mine.geojson"), "changed": True}]
    }


def test_a_wrong_fact_is_named_and_nothing_is_written(marchland: Run, mine: Path) -> None:
    (mine / "facts.csv").write_text("id,lon\na,east\n")
    code, _, err = marchland("build", "mine", "--layers", str(mine))
    assert code == 1
    assert "layer mine" in err
    assert "east" in err
    assert not (mine / "mine.geojson").exists()


def test_our_own_layers_are_up_to_date(marchland: Run) -> None:
    code, out, err = marchland("build", "airbases", "land")
    assert code == 0
    assert [line.split()[:2] for line in out.splitlines()] == [
        ["airbases:", "unchanged"],
        ["land:", "unchanged"],
    ]
    assert "\x1b" not in err


def test_a_layer_that_is_not_there_ends_with_3(marchland: Run) -> None:
    code, _, err = marchland("build", "atlantis")
    assert code == 3
    assert "no layer atlantis; there are: airbases" in err
