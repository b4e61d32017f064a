"""The drawing room over our own layers."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from geo import raster
from layers.catalogue import Catalogue
from layers.maps import maps_of
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.draw.spot import Spot
from server.draw.tile import tile_scene

Pixels = npt.NDArray[np.int64]
Draw = Callable[..., Pixels]


@pytest.fixture(scope="session")
def drawing(catalogue: Catalogue, cache: Path) -> Drawing:
    return Drawing(catalogue, maps_of(catalogue), cache)


@pytest.fixture(scope="session")
def draw(drawing: Drawing) -> Draw:
    """The pixels (height, width, RGBA) of ``span`` × ``span`` tiles in one picture."""

    def pixels(shown: str, grid: str, *place: int, choice: Choice | None = None) -> Pixels:
        spot = Spot(drawing.grids[grid], *place)
        scene = tile_scene(drawing, drawing.maps[shown], spot, choice or Choice())
        return np.asarray(raster.pixels(scene, drawing.fonts).convert("RGBA")).astype(np.int64)

    return pixels
