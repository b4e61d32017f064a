"""The drawing room over our own layers, and pictures of it."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI

from geo.scene import Scene
from layers.maps import MapSpec, maps_of
from server.draw.drawing import Drawing
from server.pictures.order import Form, Offer, read_order
from server.pictures.page import Page

MakePage = Callable[..., Page]
OFFER = Offer(("light", "dark"), ("en", "fr", "ru"), ("CA", "RU", "US"))


@pytest.fixture(scope="session")
def drawing(app: FastAPI) -> Drawing:
    found: Drawing = app.state.site.drawing
    return found


@pytest.fixture(scope="session")
def maps(drawing: Drawing) -> dict[str, MapSpec]:
    return maps_of(drawing.catalogue)


@pytest.fixture(scope="session")
def make_page(drawing: Drawing, maps: dict[str, MapSpec]) -> MakePage:
    """The page of a map, by its id and the parameters of an address."""

    def make(name: str, form: Form = "png", **values: object) -> Page:
        said = {key: str(value) for key, value in values.items()}
        return Page(drawing, maps[name], read_order(said, form, OFFER))

    return make


@pytest.fixture(scope="session")
def scenes(make_page: MakePage) -> Callable[[str], Scene]:
    """The usual picture of a map, made once."""
    made: dict[str, Scene] = {}

    def scene(name: str) -> Scene:
        if name not in made:
            made[name] = make_page(name, width=1000, height=700).scene()
        return made[name]

    return scene
