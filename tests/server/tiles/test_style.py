"""The MapLibre style of a map: what it draws, from where, and that MapLibre accepts it."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import mapbox_vector_tile
import pytest
from shapely import LineString, Point, box
from starlette.testclient import TestClient

from layers.maps import load_maps

Make = Callable[..., Any]
MAPS = list(load_maps())
ORIGIN = "http://127.0.0.1:8000"


def styles(client: TestClient) -> dict[str, dict[str, Any]]:
    """Every style of a named map, light and dark."""
    return {
        f"{name}-{theme}": client.get(f"/maps/{name}/style.json?theme={theme}").json()
        for name in MAPS
        for theme in ("light", "dark")
    }


def addresses(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [one for part in value.values() for one in addresses(part)]
    if isinstance(value, list):
        return [one for part in value for one in addresses(part)]
    return [value] if isinstance(value, str) and "://" in value else []


@pytest.mark.slow
def test_maplibre_accepts_the_style_of_every_map(
    client: TestClient, node: Path, tmp_path: Path
) -> None:
    for name, style in styles(client).items():
        (tmp_path / f"{name}.json").write_text(json.dumps(style))
    files = [str(path) for path in sorted(tmp_path.glob("*.json"))]
    assert len(files) == 2 * len(MAPS)
    tool = node / "node_modules" / ".bin" / "gl-style-validate"
    done = subprocess.run([str(tool), *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not done.stdout.strip()


@pytest.mark.slow
def test_the_validator_can_fail(node: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps({"version": 8, "sources": {}, "layers": [{"id": "a", "type": "no"}]}))
    tool = node / "node_modules" / ".bin" / "gl-style-validate"
    assert subprocess.run([str(tool), str(bad)], capture_output=True, check=False).returncode


@pytest.mark.parametrize("name", MAPS)
def test_a_style_names_nothing_foreign(client: TestClient, name: str) -> None:
    style = client.get(f"/maps/{name}/style.json").json()
    found = addresses(style["sources"]) + addresses(style["layers"])
    assert found
    assert all(one.startswith(f"{ORIGIN}/collections/") for one in found)
    assert not {"glyphs", "sprite"} & set(style)
    assert all(layer["type"] != "symbol" for layer in style["layers"])


@pytest.mark.parametrize("name", MAPS)
def test_a_style_draws_every_overlay_of_its_map(client: TestClient, name: str) -> None:
    style = client.get(f"/maps/{name}/style.json").json()
    site = client.app.state.site  # type: ignore[attr-defined]
    shown = site.maps[name].shown(site.catalogue)
    overlays = {one.id for one in shown if one.spec.role == "overlay" and one.extent is not None}
    assert overlays <= {layer.get("source-layer") for layer in style["layers"]}
    ids = [layer["id"] for layer in style["layers"]]
    assert len(ids) == len(set(ids))


def test_it_begins_with_the_view_of_the_map(client: TestClient) -> None:
    style = client.get("/maps/bering/style.json").json()
    west, south, east, north = 166, 54, 204, 72
    lon, lat = style["center"]
    assert lon == (west + east) / 2
    assert south < lat < north
    assert 360 / 2 ** style["zoom"] / 512 * 800 >= east - west  # it fits into 800 px


def test_its_tiles_hold_the_layers_that_it_draws(client: TestClient) -> None:
    style = client.get("/maps/bering/style.json").json()
    for name, source in style["sources"].items():
        path = urlsplit(source["tiles"][0].format(z=0, x=0, y=0)).path
        held = set(mapbox_vector_tile.decode(client.get(path).content))
        drawn = {one["source-layer"] for one in style["layers"] if one.get("source") == name}
        assert drawn <= held


def test_what_is_not_settled_is_dashed(make_client: Make, make_collection: Make,
                                       make_feature: Make) -> None:  # fmt: skip
    rules = {"rules": [{"label": "all", "paint": {"color": "#aa0000", "weight": 2, "fill": True}}]}
    open_ = make_feature("open", box(0, 0, 1, 1), status="disputed")
    settled = make_feature("settled", box(2, 0, 3, 1), status="agreed")
    loose = make_feature("loose", LineString([(0, 5), (3, 5)]), evidence="indicative")
    exact = make_feature("exact", LineString([(0, 6), (3, 6)]))
    made = make_collection("mixed", open_, settled, loose, exact, make_feature("p", Point(4, 4)),
                           style=rules)  # fmt: skip
    style = make_client(made).get("/maps/mixed/style.json").json()
    layers = {one["id"]: one for one in style["layers"]}
    assert "line-dasharray" in layers["mixed-0-edge-open"]["paint"]
    assert "line-dasharray" not in layers["mixed-0-edge"]["paint"]
    assert layers["mixed-0-line-open"]["paint"]["line-dasharray"] == [1, 2]
    assert "line-dasharray" not in layers["mixed-0-line"]["paint"]
    assert layers["mixed-0-point"]["type"] == "circle"
    assert style["metadata"]["marchland:missing"]


def test_the_dark_style_has_other_colours(client: TestClient) -> None:
    light, dark = (
        client.get(f"/maps/bering/style.json?theme={one}").json() for one in ("light", "dark")
    )
    assert light["layers"][0]["paint"] != dark["layers"][0]["paint"]
    assert [one["id"] for one in light["layers"]] == [one["id"] for one in dark["layers"]]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/maps/no/style.json", 404), ("/maps/bering/style.json?theme=pink", 400)],
)
def test_what_there_is_not_is_refused(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status
