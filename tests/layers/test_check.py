"""`check` on files, on folders and on all of our layers."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from shapely import Point, box

from geo.feature import Feature
from geo.finding import Finding, Severity, worst
from geo.model import Properties
from layers.build import build
from layers.catalogue import Catalogue
from layers.check import check_all, check_file, check_folder, check_path
from layers.errors import BadLayer
from layers.folder import Folder, open_folder, our_folders
from layers.ruletable import ALL_RULES, LAYER_RULES
from layers.world import World

MakeFolder = Callable[..., Path]
POINT = {"type": "Point", "coordinates": [74.5, 43.0]}
COMMITTED = [folder for folder in our_folders() if not folder.spec.generated]
SOURCES = """
[tests]
title = "A made-up planet"
publisher = "The tests"
"""
BUILD = """
from shapely import Point

def build(facts):
    for row in facts.table("places.csv"):
        yield facts.feature(
            row["id"], Point(float(row["lon"]), float(row["lat"])), sources=["tests"],
            name=row["id"], kind="thing", status="context", evidence="dataset",
        )
"""
TRUTH = """
from layers.truthrules import inside

def truth(collection, world):
    for feature in collection.features:
        yield from inside(feature, world, "kg")
"""


@pytest.fixture
def built_layer(made_folder: MakeFolder, tmp_path: Path) -> Folder:
    """A folder with facts, a build.py and a truth.py, built."""
    files = {"build_py": BUILD, "truth_py": TRUTH, "places_csv": "id,lon,lat\nmanas,74.5,43.0\n"}
    path = made_folder("mine", **files)
    (path / "sources.toml").write_text(SOURCES, encoding="utf-8")
    folder = open_folder(path)
    build(folder, tmp_path)
    return folder


@pytest.fixture
def kyrgyzstan(made_collection: Callable[..., Any]) -> World:
    countries = made_collection("countries", {"kg": box(70, 40, 80, 44)})
    return World(Catalogue({"countries": countries}))


def rules_of(findings: list[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


def test_a_file_is_checked_with_its_name_in_every_finding(tmp_path: Path) -> None:
    path = tmp_path / "wrong.geojson"
    path.write_bytes(b'{"type":"Point","coordinates":[8296780,5322463]}')
    (found,) = check_file(path)
    assert found.rule == "projected" and found.layer == ""
    assert found.place.file == path.as_posix() and found.place.line == 1


def test_a_file_below_the_working_directory_is_named_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "wrong.geojson").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    (found,) = check_file(tmp_path / "sub" / "wrong.geojson")
    assert found.place.file == "sub/wrong.geojson"


def test_a_file_that_is_not_there_or_is_a_folder_is_a_finding(
    tmp_path: Path, nothing: World
) -> None:
    assert rules_of(check_file(tmp_path / "none.geojson")) == ["file-unreadable"]
    assert rules_of(check_file(tmp_path)) == ["file-unreadable"]
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert rules_of(check_file(loop)) == ["file-unreadable"]
    assert rules_of(check_path(loop, tmp_path, nothing)) == ["file-unreadable"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(data=st.binary(max_size=300))
def test_no_bytes_can_crash_the_check_of_a_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any.geojson"
    path.write_bytes(data)
    for found in check_file(path):
        assert found.rule in ALL_RULES and found.advice


def test_a_sound_layer_gives_no_findings(
    built_layer: Folder, tmp_path: Path, kyrgyzstan: World
) -> None:
    assert check_folder(built_layer, tmp_path, kyrgyzstan, run=True) == []


def test_a_changed_fact_fails_until_it_is_built_again(
    built_layer: Folder, tmp_path: Path, kyrgyzstan: World
) -> None:
    facts = built_layer.path / "places.csv"
    facts.write_text("id,lon,lat\nmanas,74.6,43.0\n", encoding="utf-8")
    (found,) = check_folder(built_layer, tmp_path, kyrgyzstan, run=True)
    assert (found.rule, found.severity) == ("stale", Severity.ERROR)
    build(built_layer, tmp_path)
    assert check_folder(built_layer, tmp_path, kyrgyzstan, run=True) == []


def test_a_hand_edited_file_is_stale(
    built_layer: Folder, tmp_path: Path, kyrgyzstan: World
) -> None:
    file = built_layer.built(tmp_path)
    file.write_bytes(file.read_bytes().replace(b"74.5", b"74.4"))
    assert rules_of(check_folder(built_layer, tmp_path, kyrgyzstan, run=True)) == ["stale"]


def test_a_layer_that_was_never_built_is_told_how(
    built_layer: Folder, tmp_path: Path, kyrgyzstan: World
) -> None:
    built_layer.built(tmp_path).unlink()
    (found,) = check_folder(built_layer, tmp_path, kyrgyzstan, run=True)
    assert found.rule == "not-built" and "marchland build mine" in found.message


def test_truth_is_asked_and_points_into_the_file(
    built_layer: Folder, tmp_path: Path, kyrgyzstan: World
) -> None:
    facts = built_layer.path / "places.csv"
    facts.write_text("id,lon,lat\nmanas,74.5,43.0\nk2,65.9,38.8\n", encoding="utf-8")
    build(built_layer, tmp_path)
    (found,) = check_folder(built_layer, tmp_path, kyrgyzstan, run=True)
    assert (found.rule, found.layer, found.feature) == ("truth-inside", "mine", "k2")
    assert (found.place.pointer, found.place.line) == ("/features/1", 3)
    assert (found.place.lon, found.place.lat) == (65.9, 38.8)


def test_truth_without_its_data_is_noted_and_not_passed_over(
    built_layer: Folder, tmp_path: Path, nothing: World
) -> None:
    (found,) = check_folder(built_layer, tmp_path, nothing, run=True)
    assert (found.rule, found.severity) == ("truth-unchecked", Severity.NOTE)


def test_code_of_a_foreign_folder_runs_only_when_it_is_named(
    built_layer: Folder, tmp_path: Path, kyrgyzstan: World
) -> None:
    boom = f"open({str(tmp_path / 'ran')!r}, 'w').close()"
    (built_layer.path / "build.py").write_text(boom, encoding="utf-8")
    (built_layer.path / "truth.py").write_text(boom, encoding="utf-8")
    found = check_folder(built_layer, tmp_path, kyrgyzstan)
    assert rules_of(found) == ["code-not-run"] and not (tmp_path / "ran").exists()
    assert rules_of(check_path(built_layer.path, tmp_path, kyrgyzstan)) == ["build"]
    assert (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "code",
    [
        "raise SystemExit(3)",
        "1/0",
        "def build(facts): return 5",
        "def build(facts): yield from [None]",
        "def build(facts): facts.table('none.csv')",
        "def build(facts): return facts.cite(['nobody'])",
        "def build(:",
    ],
)
def test_whatever_a_build_does_comes_back_as_a_finding(
    built_layer: Folder, tmp_path: Path, nothing: World, code: str
) -> None:
    (built_layer.path / "build.py").write_text(code, encoding="utf-8")
    found = check_folder(built_layer, tmp_path, nothing, run=True)
    assert rules_of(found) == ["build"] and found[0].layer == "mine"


@pytest.mark.parametrize(
    "code",
    [
        "raise SystemExit(3)",
        "x = 1",
        "def truth(collection, world): return 5",
        "def truth(collection, world):\n    yield from ()\n    1/0",
    ],
)
def test_whatever_truth_does_comes_back_as_a_finding(
    built_layer: Folder, tmp_path: Path, nothing: World, code: str
) -> None:
    (built_layer.path / "truth.py").write_text(code, encoding="utf-8")
    found = check_folder(built_layer, tmp_path, nothing, run=True)
    assert rules_of(found) == ["truth-failed"]


def test_what_truth_found_before_it_failed_is_kept(
    built_layer: Folder, tmp_path: Path, kyrgyzstan: World
) -> None:
    code = TRUTH + "    world.country('zz')\n"
    (built_layer.path / "truth.py").write_text(code, encoding="utf-8")
    (built_layer.path / "places.csv").write_text("id,lon,lat\na,1,2\n", encoding="utf-8")
    build(built_layer, tmp_path)
    found = check_folder(built_layer, tmp_path, kyrgyzstan, run=True)
    assert rules_of(found) == ["truth-inside", "truth-failed"]
    assert "'zz'" in found[1].message


def test_a_broken_description_is_a_finding_of_the_named_folder(
    made_folder: MakeFolder, tmp_path: Path, nothing: World
) -> None:
    path = made_folder("mine", {"a": POINT}, toml='title = "no licence"')
    found = check_path(path, tmp_path, nothing)
    assert set(rules_of(found)) == {"layer-toml"}
    assert any("licence" in one.message for one in found)
    assert all((one.place.file or "").endswith("mine/layer.toml") for one in found)


def test_odd_names_and_foreign_licences_are_warned_of(
    made_folder: MakeFolder, tmp_path: Path, nothing: World, said: dict[str, Any]
) -> None:
    features = [
        {"type": "Feature", "id": "My Place", "geometry": POINT, "properties": said},
        {
            "type": "Feature",
            "id": "b",
            "geometry": POINT,
            "properties": {**said, "licence": "ODbL-1.0"},
        },
    ]
    document = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    found = check_path(made_folder("mine", document), tmp_path, nothing)
    assert rules_of(found) == ["id-slug", "licence-attribution"]
    assert worst(found) is Severity.WARNING


def test_a_folder_name_that_is_no_slug_is_an_error(
    made_folder: MakeFolder, tmp_path: Path, nothing: World
) -> None:
    path = made_folder("My-Layer", {"a": POINT})
    assert rules_of(check_path(path, tmp_path, nothing)) == ["layer-name"]


def test_all_folders_come_in_the_order_given_and_the_same_twice(
    made_folder: MakeFolder, tmp_path: Path, nothing: World
) -> None:
    paths = [made_folder(name, b"") for name in ("b", "a", "c")]
    folders = [open_folder(path) for path in paths]
    seen: list[str] = []
    found = check_all(folders, tmp_path, nothing, lambda folder: seen.append(folder.id))
    assert [one.layer for one in found] == seen == ["b", "a", "c"]
    assert check_all(folders, tmp_path, nothing) == found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    lacking=st.sets(
        st.sampled_from(["sources", "status", "licence", "name", "kind", "evidence"]), min_size=1
    )
)
def test_a_feature_that_lacks_what_the_schema_asks_cannot_be_built(
    built_layer: Folder, tmp_path: Path, lacking: set[str]
) -> None:
    said = {
        "name": "a",
        "kind": "thing",
        "status": "context",
        "evidence": "dataset",
        "licence": "CC0-1.0",
        "sources": [{"id": "tests", "title": "t", "publisher": "p"}],
    }
    kept = {key: value for key, value in said.items() if key not in lacking}
    code = (
        "from geo.feature import Feature\nfrom geo.model import Properties\n"
        f"def build(facts):\n    yield Feature('a', None, Properties.model_validate({kept!r}))\n"
    )
    (built_layer.path / "build.py").write_text(code, encoding="utf-8")
    before = built_layer.built(tmp_path).read_bytes()
    with pytest.raises(BadLayer) as caught:
        build(built_layer, tmp_path)
    assert {one.rule for one in caught.value.findings} == {"schema"}
    assert {(one.place.pointer or "").strip("/") for one in caught.value.findings} == lacking
    assert built_layer.built(tmp_path).read_bytes() == before


@given(
    junk=st.dictionaries(
        st.sampled_from([*Properties.model_fields, "extra"]),
        st.none() | st.integers() | st.text(max_size=3) | st.lists(st.text(max_size=2), max_size=2),
    )
)
def test_no_junk_in_place_of_source_status_and_licence_passes_the_schema(
    junk: dict[str, Any],
) -> None:
    with pytest.raises(ValidationError):
        Properties.model_validate({**junk, "sources": [], "status": "", "licence": ""})


@pytest.mark.parametrize("rule", LAYER_RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_on_layers_says_what_holds_and_what_to_do(rule: Any) -> None:
    assert rule.sentence[0].isupper() and rule.sentence.endswith(".")
    assert rule.advice and not rule.advice.endswith(".")


def test_a_feature_needs_no_more_than_the_schema_asks(said: dict[str, Any]) -> None:
    assert Feature("a", Point(1, 2), Properties.model_validate(said)).properties.licence


@pytest.mark.parametrize("folder", COMMITTED, ids=lambda folder: folder.id)
def test_our_own_layer_has_no_error(folder: Folder, catalogue: Catalogue, cache: Path) -> None:
    found = check_folder(folder, cache, World(catalogue))
    assert not [one for one in found if one.severity is Severity.ERROR]
