"""`marchland check`: on a file, a folder, everything; as text, JSON and SARIF."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from layers.folder import HOME

Run = Callable[..., tuple[int, str, str]]
BOWTIE = (
    '{"type":"FeatureCollection","features":[\n{"type":"Feature","geometry":{"type":"Polygon",'
    '"coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]},"properties":{}}]}'
)
POINT = '{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{}}'


@pytest.fixture
def bowtie(tmp_path: Path) -> Path:
    path = tmp_path / "bowtie.geojson"
    path.write_text(BOWTIE)
    return path


def test_a_good_file_has_no_error(marchland: Run, tmp_path: Path) -> None:
    path = tmp_path / "good.geojson"
    path.write_text(POINT)
    assert marchland("check", str(path))[0] == 0


def test_a_finding_names_place_and_advice_without_colours(marchland: Run, bowtie: Path) -> None:
    code, out, _ = marchland("check", str(bowtie))
    assert code == 1
    assert "line 2" in out
    assert "→" in out
    assert "\x1b" not in out


def test_json_is_for_machines(marchland: Run, bowtie: Path) -> None:
    code, out, _ = marchland("check", str(bowtie), "--json")
    assert code == 1
    assert marchland("check", str(bowtie), "--format", "json")[1] == out
    assert json.loads(out)["counts"]["error"] >= 1


def test_sarif_is_for_code_hosts(marchland: Run, bowtie: Path) -> None:
    code, out, _ = marchland("check", str(bowtie), "--format", "sarif")
    log = json.loads(out)
    assert code == 1
    assert log["version"] == "2.1.0"
    assert log["runs"][0]["results"]


def test_what_is_not_there_ends_with_3(marchland: Run, tmp_path: Path) -> None:
    code, _, err = marchland("check", str(tmp_path / "none.geojson"))
    assert code == 3
    assert "there is no file or folder" in err


def test_an_unknown_format_ends_with_2(marchland: Run, bowtie: Path) -> None:
    assert marchland("check", str(bowtie), "--format", "xml")[0] == 2


def test_a_folder_without_layers_is_a_finding(marchland: Run, tmp_path: Path) -> None:
    code, out, _ = marchland("check", str(tmp_path))
    assert code == 1
    assert "layer.toml" in out


def test_a_folder_of_layers_is_checked_one_by_one(marchland: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "layer.toml").write_text("= =")
    code, out, err = marchland("check", str(tmp_path))
    assert code == 1
    assert out.count("layer-toml") == 2
    assert "checking one" in err
    assert "checking two" in err


@pytest.mark.slow
def test_one_of_our_layers_is_sound(marchland: Run) -> None:
    code, out, _ = marchland("check", str(HOME / "airbases"))
    assert code == 0, out
