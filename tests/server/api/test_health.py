"""`/healthz` names what is broken; the rest is served."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.errors import BadLayer
from server.app import create_app
from server.settings import Settings
from server.start import open_catalogue

Make = Callable[..., Any]
TOML = """
title = "t"
description = "d"
licence = "CC0-1.0"
attribution = "a"
[[style.rules]]
label = "all"
"""


def folder(home: Path, name: str, geojson: str, toml: str = TOML) -> None:
    (home / name).mkdir(parents=True)
    (home / name / "layer.toml").write_text(toml, encoding="utf-8")
    (home / name / f"{name}.geojson").write_text(geojson, encoding="utf-8")


def test_all_is_well_with_our_own_layers(client: TestClient, catalogue: Catalogue) -> None:
    answer = client.get("/healthz")
    assert answer.json() == {
        "status": "ok",
        "collections": len(catalogue.collections),
        "broken": [],
        "files": [],
    }
    assert answer.headers["cache-control"] == "no-store"


def test_broken_layer_folders_are_named_and_the_others_served(tmp_path: Path, cache: Path) -> None:
    empty = '{"type":"FeatureCollection","features":[]}'
    folder(tmp_path, "good", empty)
    folder(tmp_path, "cut_off", '{"type":"FeatureCollection",\n"features":[')
    folder(tmp_path, "no_title", empty, "licence = 'CC0-1.0'")
    folder(tmp_path, "not_toml", empty, "= = =")
    folder(
        tmp_path,
        "no_source",
        '{"type":"FeatureCollection","features":[{"type":"Feature",'
        '"id":"a","geometry":null,"properties":{"name":"a"}}]}',
    )
    folder(tmp_path, "airbases", empty)  # ours comes first
    settings = Settings.checked({"cache": cache, "layers": (tmp_path,)})
    client = TestClient(create_app(settings, open_catalogue(settings)))
    health = client.get("/healthz").json()
    assert health["status"] == "degraded"
    broken = {one["layer"]: one["findings"] for one in health["broken"]}
    assert set(broken) == {"airbases", "cut_off", "no_title", "not_toml", "no_source"}
    assert broken["cut_off"][0]["place"]["line"] == 2
    for findings in broken.values():
        assert all(one["rule"] and one["message"] and one["advice"] for one in findings)
    assert client.get("/collections/good/items").status_code == 200
    assert client.get("/collections/airbases/items").json()["numberMatched"] > 0
    assert client.get("/collections/cut_off/items").status_code == 404


def test_one_layer_folder_may_be_named_itself(tmp_path: Path, cache: Path) -> None:
    folder(tmp_path, "mine", '{"type":"FeatureCollection","features":[]}')
    settings = Settings.checked({"cache": cache, "layers": (tmp_path / "mine",)})
    assert "mine" in open_catalogue(settings).collections


def test_a_layer_that_says_why_is_quoted_verbatim(make_app: Make, strait: Collection) -> None:
    hostile = BadLayer("<img src=x onerror=alert(1)>", [])
    health = TestClient(make_app(strait, broken=(hostile,))).get("/healthz").json()
    assert health["broken"][0]["layer"] == "<img src=x onerror=alert(1)>"


def test_the_code_of_a_foreign_folder_never_runs(tmp_path: Path, cache: Path) -> None:
    folder(tmp_path, "mine", '{"type":"FeatureCollection","features":[]}')
    trace = tmp_path / "ran"
    for name in ("build.py", "truth.py", "__init__.py"):
        (tmp_path / "mine" / name).write_text(f"open({str(trace)!r}, 'w')", encoding="utf-8")
    settings = Settings.checked({"cache": cache, "layers": (tmp_path,)})
    client = TestClient(create_app(settings, open_catalogue(settings)))
    assert client.get("/collections/mine/items").status_code == 200
    assert not trace.exists()
