"""The application over our own layers, and over whatever a test makes up."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from shapely import LineString, MultiLineString, Point, box
from shapely.geometry.base import BaseGeometry
from starlette.testclient import TestClient

from geo.feature import Feature
from geo.model import Properties
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.maps import maps_of
from layers.spec import LayerSpec
from server.app import create_app
from server.settings import Settings

MakeFeature = Callable[..., Feature]
MakeCollection = Callable[..., Collection]
MakeApp = Callable[..., FastAPI]
MakeClient = Callable[..., TestClient]


@pytest.fixture(scope="session")
def settings(cache: Path) -> Settings:
    return Settings.checked({"cache": cache})


@pytest.fixture(scope="session")
def app(settings: Settings, catalogue: Catalogue) -> FastAPI:
    """All of our layers."""
    return create_app(settings, catalogue, maps_of(catalogue))


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url="http://127.0.0.1:8000") as made:
        yield made


@pytest.fixture(scope="session")
def make_feature() -> MakeFeature:
    """A feature with any geometry and properties; what is not said is plain."""

    def make(id: str, geometry: BaseGeometry | None = None, **said: Any) -> Feature:
        plain = {
            "name": id,
            "kind": "thing",
            "status": "context",
            "evidence": "dataset",
            "licence": "CC0-1.0",
            "sources": [
                {"id": "s", "title": "A test", "publisher": "us", "accessed": "2026-11-22"}
            ],
        }
        return Feature(id, geometry, Properties.model_validate({**plain, **said}))

    return make


@pytest.fixture(scope="session")
def make_collection() -> MakeCollection:
    """A collection of features under an id; words of its description may be given."""

    def make(id: str, *features: Feature, **said: Any) -> Collection:
        plain = {
            "title": id,
            "description": "made up",
            "licence": "CC0-1.0",
            "attribution": "us",
            "style": {"rules": [{"label": "all"}]},
        }
        return Collection(id, LayerSpec.model_validate({**plain, **said}), features, "0" * 64)

    return make


@pytest.fixture(scope="session")
def make_app(cache: Path) -> MakeApp:
    """An application over the collections given; settings by name."""

    def make(*collections: Collection, broken: tuple[Any, ...] = (), **settings: Any) -> FastAPI:
        catalogue = Catalogue({one.id: one for one in collections}, broken)
        chosen = Settings.checked({"cache": cache, **settings})
        return create_app(chosen, catalogue, maps_of(catalogue, {}))

    return make


@pytest.fixture(scope="session")
def make_client(make_app: MakeApp) -> MakeClient:
    """A client of such an application."""

    def make(*collections: Collection, **settings: Any) -> TestClient:
        return TestClient(make_app(*collections, **settings), base_url="http://127.0.0.1:8000")

    return make


@pytest.fixture(scope="session")
def strait(make_feature: MakeFeature, make_collection: MakeCollection) -> Collection:
    """Seven features around 180°, one of them without geometry."""
    return make_collection(
        "strait",
        make_feature("chukotka", box(170, 60, 180, 70), status="operating", parties=["RU"]),
        make_feature("alaska", box(-170, 60, -150, 70), status="operating", parties=["US"]),
        make_feature(
            "line",
            MultiLineString([[(175, 50), (180, 52)], [(-180, 52), (-175, 54)]]),
            status="agreed",
            parties=["RU", "US"],
            valid_from="1990-06-01",
        ),
        make_feature("date_line", Point(180, 65), kind="buoy", tags={"lit": True, "height": 3}),
        make_feature("island", Point(-169, 65.8), valid_from="2014", valid_to="2016-03"),
        make_feature("diagonal", LineString([(0, 0), (40, 40)])),
        make_feature("treaty", None, note="known by its text alone"),
        title="A strait",
    )
