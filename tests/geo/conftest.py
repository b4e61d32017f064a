"""Fixtures of the lowest floor."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.shaping import Fonts
from layers.fonts import load_fonts

GOLDEN = Path(__file__).parent.parent / "golden" / "antimeridian"


@pytest.fixture(scope="session")
def golden() -> Callable[[str], BaseGeometry]:
    """The geometry of a golden file of the antimeridian, by its name without ``.json``."""
    return lambda name: shape(json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    """The fonts that pictures are lettered with."""
    return load_fonts()
