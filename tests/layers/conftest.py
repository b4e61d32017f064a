"""Made-up layers: features, collections and folders that look like somebody's own."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry.base import BaseGeometry

from geo.feature import Feature
from geo.model import Properties
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.spec import LayerSpec
from layers.world import World

SAID: dict[str, Any] = {
    "name": "A made-up thing",
    "kind": "thing",
    "status": "context",
    "evidence": "dataset",
    "licence": "CC0-1.0",
    "sources": [{"id": "tests", "title": "A made-up planet", "publisher": "The tests"}],
}
TOML = """
title = "Made up"
description = "A layer of the tests."
licence = "CC0-1.0"
attribution = "The tests"
[[style.rules]]
label = "all"
"""
SPEC = {
    "title": "Made up",
    "description": "A layer of the tests.",
    "licence": "CC0-1.0",
    "attribution": "The tests",
    "style": {"rules": [{"label": "all"}]},
}

MakeFeature = Callable[[str, BaseGeometry | None], Feature]
MakeFeatures = Callable[..., list[Feature]]
MakeCollection = Callable[[str, Mapping[str, BaseGeometry]], Collection]
MakeFolder = Callable[..., Path]


@pytest.fixture(scope="session")
def made_feature() -> MakeFeature:
    """A feature with a geometry and the fewest properties that the schema allows."""
    return lambda name, shape: Feature(name, shape, Properties.model_validate(SAID))


@pytest.fixture(scope="session")
def features(made_feature: MakeFeature) -> MakeFeatures:
    """Features of these shapes, called f0, f1 …"""
    return lambda *shapes: [made_feature(f"f{n}", shape) for n, shape in enumerate(shapes)]


@pytest.fixture(scope="session")
def made_collection(made_feature: MakeFeature) -> MakeCollection:
    """A collection of such features, by id."""

    def make(id: str, shapes: Mapping[str, BaseGeometry]) -> Collection:
        members = tuple(made_feature(name, shape) for name, shape in shapes.items())
        return Collection(id, LayerSpec.model_validate(SPEC), members, "0" * 64)

    return make


@pytest.fixture(scope="session")
def nothing() -> World:
    """A world of which nothing is known."""
    return World(Catalogue({}))


@pytest.fixture
def said() -> dict[str, Any]:
    """Properties that the schema accepts, to be changed freely."""
    return dict(json.loads(json.dumps(SAID)))


@pytest.fixture
def made_folder(tmp_path: Path, said: dict[str, Any]) -> MakeFolder:
    """Writes a layer folder below `tmp_path`: its name, its GeoJSON (bytes or geometries) and
    further files by name. `toml=None` leaves layer.toml out.
    """

    def make(name: str, content: Any = None, toml: str | None = TOML, **files: str) -> Path:
        path = tmp_path / name
        path.mkdir()
        if toml is not None:
            (path / "layer.toml").write_text(toml, encoding="utf-8")
        if content is not None:
            data = content if isinstance(content, bytes) else _collection(content, said)
            (path / f"{name}.geojson").write_bytes(data)
        for stem, text in files.items():
            (path / stem.replace("_py", ".py").replace("_csv", ".csv")).write_text(text, "utf-8")
        return path

    return make


def _collection(geometries: Mapping[str, Any], said: dict[str, Any]) -> bytes:
    members = [
        {"type": "Feature", "id": name, "geometry": geometry, "properties": said}
        for name, geometry in geometries.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": members}, indent=1).encode()
