"""The three floors: arrows only go down, and the lowest opens nothing."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import geo
import layers
import server

FLOORS = {floor.__name__: Path(str(floor.__file__)).parent for floor in (geo, layers, server)}
ALLOWED = {"geo": {"geo"}, "layers": {"geo", "layers"}, "server": {"geo", "layers", "server"}}
MODULES = [
    pytest.param(floor, path, id=str(path.relative_to(home.parent)))
    for floor, home in FLOORS.items()
    for path in sorted(home.rglob("*.py"))
]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize(("floor", "path"), MODULES)
def test_a_module_imports_only_its_own_floor_and_those_below(floor: str, path: Path) -> None:
    tops = {name.split(".")[0] for name in imports(path)}
    assert tops & set(FLOORS) <= ALLOWED[floor]


@pytest.mark.parametrize(("floor", "path"), MODULES)
def test_folium_is_imported_in_one_file_only(floor: str, path: Path) -> None:
    uses = any(name.split(".")[0] in ("folium", "branca") for name in imports(path))
    home = FLOORS["server"]
    assert uses == (path == home / "maps" / "page.py")


@pytest.mark.parametrize("floor", ["geo", "layers"])
def test_http_is_known_on_the_top_floor_only(floor: str) -> None:
    web = {"fastapi", "starlette", "uvicorn", "jinja2", "httpx2", "typer"}
    for path in FLOORS[floor].rglob("*.py"):
        assert not web & {name.split(".")[0] for name in imports(path)}, path


@pytest.mark.parametrize(("floor", "path"), MODULES)
def test_a_file_is_small_enough_to_be_one_noun(floor: str, path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


OPENS_NOTHING = """
import sys, pkgutil, importlib
import pydantic, shapely, pyproj, numpy, orjson, geojson, antimeridian
import geo
from shapely import box
names = [m.name for m in pkgutil.walk_packages(geo.__path__, "geo.")]
modules = [importlib.import_module(name) for name in names]
seen = []
def hook(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)) and not str(args[0]).endswith(".pyc"):
        seen.append(str(args[0]))
    elif event.startswith("socket."):
        seen.append(event)
sys.addaudithook(hook)
from geo.antimeridian import cut, shift
from geo.bbox import BBox
from geo.extent import extent_of
from geo.formats import load_text, geometry_object
from geo.geodesic import area_m2, densify, length_m
crossing = cut(box(170, 60, 190, 70))
shift(crossing, 190)
extent_of([crossing, BBox(170, 60, -170, 70).area])
densify((170, 60), (-170, 65)), area_m2(crossing), length_m(crossing)
geometry_object(crossing), load_text(b'{"type": "Point", "coordinates": [0, 90]}')
print(len(names), seen)
sys.exit(bool(seen))
"""


def test_geo_opens_no_file_and_no_socket() -> None:
    done = subprocess.run(
        [sys.executable, "-c", OPENS_NOTHING], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[0]) > 5
