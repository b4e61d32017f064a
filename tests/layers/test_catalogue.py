"""A broken layer is named and left out; the others are served; foreign code never runs."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from layers.catalogue import Catalogue, load_catalogue, load_collection
from layers.errors import BadLayer, NoSuchLayer, NotBuilt
from layers.folder import find_folders, open_folder

MakeFolder = Callable[..., Path]
POINT = {"type": "Point", "coordinates": [74.5, 43.0]}
BOW_TIE = {"type": "Polygon", "coordinates": [[[1, 1], [3, 3], [3, 1], [1, 3], [1, 1]]]}


def loaded(root: Path) -> Catalogue:
    """What would be served of the folders below ``root``."""
    good, bad = find_folders(root)
    catalogue = load_catalogue(good, root / "no-cache")
    return Catalogue(catalogue.collections, (*bad, *catalogue.broken))


def rules_of(catalogue: Catalogue) -> dict[str, list[str]]:
    return {one.layer: [found.rule for found in one.findings] for one in catalogue.broken}


def test_a_good_foreign_layer_is_served(made_folder: MakeFolder, tmp_path: Path) -> None:
    made_folder("mine", {"a": POINT})
    catalogue = loaded(tmp_path)
    assert [feature.id for feature in catalogue["mine"].features] == ["a"]
    assert catalogue.broken == ()


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty-file"),
        (b"\xff\xfe\x00", "encoding"),
        (b'{"type": "FeatureCollection", "features": [', "json-truncated"),
        (b'{"type": "FeatureCollection", "features": [],}', "json-trailing-comma"),
        (b"[" * 100_000, "json-depth"),
        (b"[]", "document-type"),
        (b'{"type": "Point", "coordinates": [10, 20]}', "schema"),
        (b'{"type": "FeatureCollection", "features": [null]}', "feature-object"),
        ({"a": BOW_TIE}, "self-intersection"),
        ({"a": {"type": "Point", "coordinates": [74.5, 143.0]}}, "axes-swapped"),
        ({"a": {"type": "Point", "coordinates": [1e6, 5e6]}}, "projected"),
    ],
    ids=lambda value: value if isinstance(value, str) else "content",
)
def test_a_broken_layer_is_named_and_the_others_are_served(
    made_folder: MakeFolder, tmp_path: Path, content: Any, rule: str
) -> None:
    made_folder("broken", content)
    made_folder("good", {"a": POINT})
    catalogue = loaded(tmp_path)
    assert list(catalogue.collections) == ["good"]
    assert rules_of(catalogue) == {"broken": [rule]}


def test_a_finding_on_a_broken_layer_says_where(made_folder: MakeFolder, tmp_path: Path) -> None:
    made_folder("broken", {"a": POINT, "b": BOW_TIE})
    ((finding,),) = [one.findings for one in loaded(tmp_path).broken]
    assert (finding.layer, finding.feature) == ("broken", "b")
    assert finding.place.pointer == "/features/1/geometry/coordinates/0/0"
    assert finding.place.line and (finding.place.lon, finding.place.lat) == (2, 2)


@pytest.mark.parametrize("member", ["sources", "status", "licence", "name", "kind", "evidence"])
def test_a_foreign_feature_that_misses_the_schema_is_named_with_its_place(
    made_folder: MakeFolder, tmp_path: Path, said: dict[str, Any], member: str
) -> None:
    lacking = {key: value for key, value in said.items() if key != member}
    features = [
        {"type": "Feature", "id": "good", "geometry": POINT, "properties": said},
        {"type": "Feature", "id": "bad", "geometry": POINT, "properties": lacking},
    ]
    document = {"type": "FeatureCollection", "features": features}
    made_folder("mine", json.dumps(document, indent=1).encode())
    ((finding,),) = [one.findings for one in loaded(tmp_path).broken]
    assert (finding.rule, finding.feature) == ("schema", "bad")
    assert member in finding.message
    assert (finding.place.pointer or "").startswith("/features/1/properties")
    assert (finding.place.line or 0) > 20


def test_every_fault_of_the_schema_is_named_at_once(
    made_folder: MakeFolder, tmp_path: Path, said: dict[str, Any]
) -> None:
    bad = {**said, "status": "ours", "valid_from": "2014-13", "colour": "red"}
    feature = {"type": "Feature", "id": "a", "geometry": None, "properties": bad}
    made_folder("mine", json.dumps({"type": "FeatureCollection", "features": [feature]}).encode())
    ((*findings,),) = [one.findings for one in loaded(tmp_path).broken]
    assert {finding.place.pointer for finding in findings} == {
        "/features/0/properties/status",
        "/features/0/properties/valid_from",
        "/features/0/properties/colour",
    }


def test_a_feature_without_an_id_is_not_served(
    made_folder: MakeFolder, tmp_path: Path, said: dict[str, Any]
) -> None:
    feature = {"type": "Feature", "geometry": POINT, "properties": said}
    made_folder("mine", json.dumps({"type": "FeatureCollection", "features": [feature]}).encode())
    assert rules_of(loaded(tmp_path)) == {"mine": ["schema"]}


def test_a_file_that_begins_with_a_byte_order_mark_is_served(
    made_folder: MakeFolder, tmp_path: Path
) -> None:
    path = made_folder("mine", {"a": POINT})
    file = path / "mine.geojson"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert list(loaded(tmp_path).collections) == ["mine"]


def test_code_of_a_foreign_folder_never_runs(made_folder: MakeFolder, tmp_path: Path) -> None:
    boom = f"open({str(tmp_path / 'ran')!r}, 'w').close()\nraise SystemExit"
    made_folder("mine", {"a": POINT}, build_py=boom, truth_py=boom)
    assert list(loaded(tmp_path).collections) == ["mine"]
    assert not (tmp_path / "ran").exists()


def test_a_layer_that_is_not_built_is_named(made_folder: MakeFolder, tmp_path: Path) -> None:
    path = made_folder("mine")
    assert rules_of(loaded(tmp_path)) == {"mine": ["not-built"]}
    with pytest.raises(NotBuilt, match="marchland build mine"):
        load_collection(open_folder(path), tmp_path)


@pytest.mark.parametrize("name", ["My-Layer", "a b", "ñ", "{{7*7}}", "..a", "a__b", "x;rm"])
def test_a_folder_whose_name_is_no_slug_is_refused(
    made_folder: MakeFolder, tmp_path: Path, name: str
) -> None:
    made_folder(name, {"a": POINT})
    made_folder("good", {"a": POINT})
    catalogue = loaded(tmp_path)
    assert list(catalogue.collections) == ["good"]
    assert rules_of(catalogue) == {name: ["layer-name"]}


def test_a_folder_in_place_of_the_file_is_survived(made_folder: MakeFolder, tmp_path: Path) -> None:
    (made_folder("mine") / "mine.geojson").mkdir()
    made_folder("good", {"a": POINT})
    catalogue = loaded(tmp_path)
    assert list(catalogue.collections) == ["good"]
    assert rules_of(catalogue) == {"mine": ["file-unreadable"]}


def test_a_folder_in_place_of_layer_toml_is_survived(
    made_folder: MakeFolder, tmp_path: Path
) -> None:
    (made_folder("mine", {"a": POINT}, toml=None) / "layer.toml").mkdir()
    assert rules_of(loaded(tmp_path)) == {"mine": ["layer-toml"]}


def test_a_pipe_in_place_of_the_file_does_not_hang(made_folder: MakeFolder, tmp_path: Path) -> None:
    os.mkfifo(made_folder("mine") / "mine.geojson")
    assert rules_of(loaded(tmp_path)) == {"mine": ["file-unreadable"]}


def test_loops_of_links_are_survived(made_folder: MakeFolder, tmp_path: Path) -> None:
    file = made_folder("mine") / "mine.geojson"
    file.symlink_to(file)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "self").symlink_to(tmp_path)
    made_folder("good", {"a": POINT})
    catalogue = loaded(tmp_path)
    assert list(catalogue.collections) == ["good"]
    assert rules_of(catalogue) == {"mine": ["file-unreadable"]}


def test_a_link_into_nothing_is_a_layer_that_is_not_built(
    made_folder: MakeFolder, tmp_path: Path
) -> None:
    (made_folder("mine") / "mine.geojson").symlink_to(tmp_path / "nowhere")
    assert rules_of(loaded(tmp_path)) == {"mine": ["not-built"]}


@pytest.mark.parametrize(
    "toml", ["", "title = 1", "]", 'title = "\ud800"'.encode("utf-8", "ignore")]
)
def test_a_broken_layer_toml_is_survived(
    made_folder: MakeFolder, tmp_path: Path, toml: str | bytes
) -> None:
    text = toml if isinstance(toml, str) else toml.decode()
    made_folder("mine", {"a": POINT}, toml=text)
    made_folder("good", {"a": POINT})
    catalogue = loaded(tmp_path)
    assert list(catalogue.collections) == ["good"]
    assert set(rules_of(catalogue)["mine"]) == {"layer-toml"}


def test_a_file_that_is_too_big_is_not_read(
    made_folder: MakeFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.intake.MAX_BYTES", 100)
    made_folder("mine", {"a": POINT})
    assert rules_of(loaded(tmp_path)) == {"mine": ["file-large"]}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights_is_survived(made_folder: MakeFolder, tmp_path: Path) -> None:
    (made_folder("mine", {"a": POINT}) / "mine.geojson").chmod(0)
    assert rules_of(loaded(tmp_path)) == {"mine": ["file-unreadable"]}


def test_of_two_layers_with_one_id_the_first_is_served(
    made_folder: MakeFolder, tmp_path: Path
) -> None:
    first = open_folder(made_folder("mine", {"a": POINT}))
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / "mine"
    (tmp_path / "mine").rename(other)
    second = open_folder(other)
    made_folder("mine", {"b": POINT})
    catalogue = load_catalogue([first, second], tmp_path)
    assert [feature.id for feature in catalogue["mine"].features] == ["b"]
    assert rules_of(catalogue) == {"mine": ["id-taken"]}


def test_hostile_texts_are_served_as_they_stand(
    made_folder: MakeFolder, tmp_path: Path, said: dict[str, Any]
) -> None:
    evil = "{{7*7}} {% raw %} {# #} ${7*7} </script> <img src=x onerror=alert(1)> `x`"
    feature = {
        "type": "Feature",
        "id": evil,
        "geometry": POINT,
        "properties": {**said, "name": evil, "note": evil, "attribution": evil},
    }
    made_folder("mine", json.dumps({"type": "FeatureCollection", "features": [feature]}).encode())
    (served,) = loaded(tmp_path)["mine"].features
    assert (served.id, served.properties.name) == (evil, evil)


def test_an_unknown_collection_is_refused_with_the_known_ones(
    made_folder: MakeFolder, tmp_path: Path
) -> None:
    made_folder("mine", {"a": POINT})
    with pytest.raises(NoSuchLayer, match=r"'ours'; there are: mine"):
        loaded(tmp_path)["ours"]


def test_the_error_of_a_layer_with_many_faults_counts_them(
    made_folder: MakeFolder, tmp_path: Path
) -> None:
    made_folder("mine", {"a": BOW_TIE, "b": BOW_TIE, "c": BOW_TIE})
    (error,) = loaded(tmp_path).broken
    assert isinstance(error, BadLayer) and "(and 2 more)" in str(error)
