"""Fixtures for every floor: our own layers, prepared once and kept between runs."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

from layers.catalogue import Catalogue, load_catalogue
from layers.folder import Folder, open_folder, our_folders
from layers.lock import only_one
from layers.prepare import prepare

# Machines are shared: a slow example says nothing about the code. Examples stay the same from run
# to run, so that a red run can be had again.
settings.register_profile("marchland", deadline=None, derandomize=True)
settings.load_profile("marchland")


@pytest.fixture(scope="session")
def cache(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for generated layers that all workers share and that outlives the run.

    `prepare` holds a lock in it and knows what is stale, so nobody has to clear it.
    """
    kept: pytest.Cache | None = getattr(request.config, "cache", None)
    if kept is None:  # -p no:cacheprovider
        return tmp_path_factory.mktemp("marchland")
    return kept.mkdir("marchland")


@pytest.fixture(scope="session")
def catalogue(cache: Path) -> Catalogue:
    """All of our layers, the generated ones built into `cache`."""
    prepare(our_folders(), cache)
    return load_catalogue(our_folders(), cache)


@pytest.fixture(scope="session")
def node(cache: Path) -> Path:
    """A folder whose ``node_modules`` hold what ``tests/node/package-lock.json`` names.

    Their scripts are not run. It is kept for as long as the lock stays the same.
    """
    home = Path(__file__).parent / "node"
    digest = hashlib.sha256((home / "package-lock.json").read_bytes()).hexdigest()
    kept = cache / "node"
    kept.mkdir(parents=True, exist_ok=True)
    with only_one(kept / "lock"):
        if not (kept / digest).is_file():
            for name in ("package.json", "package-lock.json"):
                shutil.copy(home / name, kept / name)
            words = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(words, cwd=kept, check=True, capture_output=True, timeout=300)
            (kept / digest).touch()
    return kept


HOSTILE = (
    "{{7*7}} {% raw %} {# gone #} ${7*7} `${alert(1)}` </script><script>alert(1)</script> "
    "<img src=x onerror=alert(1)> '\"; alert(1); //"
)
_HOSTILE_TOML = """
title = '''TITLE {0}'''
description = '''DESCRIPTION {0}'''
licence = "CC0-1.0"
licence_url = "https://example.org/{{{{7*7}}}}"
attribution = '''ATTRIBUTION {0}'''
keywords = ['''KEYWORD {0}''']
missing = ['''MISSING {0}''']
[[style.rules]]
where = {{ kind = "thing" }}
label = '''LABEL {0}'''
paint = {{ color = "#aa0000", radius = 9 }}
"""


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Somebody's layer folder with code of four languages in every slot that takes text.

    Its feature ids and its texts are hostile (a folder name has to be a slug). It has a point, a
    line, an area and a feature without geometry.
    """
    home = tmp_path_factory.mktemp("foreign") / "foreign_things"
    home.mkdir()
    (home / "layer.toml").write_text(_HOSTILE_TOML.format(HOSTILE), encoding="utf-8")
    shapes: list[dict[str, object] | None] = [
        {"type": "Point", "coordinates": [45.0, 40.0]},
        {"type": "LineString", "coordinates": [[44.0, 39.0], [46.0, 41.0]]},
        {"type": "Polygon", "coordinates": [[[44, 40], [44.5, 40], [44.5, 41], [44, 40]]]},
        None,
    ]
    features = [_hostile_feature(n, shape) for n, shape in enumerate(shapes)]
    document = {"type": "FeatureCollection", "features": features}
    (home / f"{home.name}.geojson").write_text(json.dumps(document), encoding="utf-8")
    return open_folder(home)


def _hostile_feature(n: int, shape: dict[str, object] | None) -> dict[str, object]:
    sources = [{"id": "s", "title": f"SOURCE {HOSTILE}", "publisher": f"PUBLISHER {HOSTILE}"}]
    figure = {"what": f"FIGURE {HOSTILE}", "value": 7, "unit": "km", "origin": "computed"}
    told = {
        "name": f"NAME {n} {HOSTILE}",
        "names": [{"text": f"OTHER {HOSTILE}", "lang": "en", "used_by": f"USER {HOSTILE}"}],
        "kind": "thing",
        "status": "claimed",
        "parties": ["KG"],
        "instrument": f"INSTRUMENT {HOSTILE}",
        "evidence": "press",
        "note": f"NOTE {HOSTILE}",
        "missing": f"GAP {HOSTILE}",
        "events": [{"date": "2024", "text": f"EVENT {HOSTILE}", "sources": ["s"]}],
        "figures": [figure],
        "codes": [{"system": f"SYSTEM {HOSTILE}", "code": HOSTILE, "sources": ["s"]}],
        "tags": {"text": HOSTILE},
        "licence": "CC0-1.0",
        "attribution": f"OWNER {HOSTILE}",
        "sources": sources,
    }
    return {"type": "Feature", "id": f"{n} {HOSTILE}", "geometry": shape, "properties": told}
