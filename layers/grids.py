"""The grids of tiles that are served, each a tile matrix set in a file of its own."""

from pathlib import Path

import orjson

from geo.grid import Grid
from geo.plane import EQUAL_AREA, MERCATOR, STEREOGRAPHIC

HOME = Path(__file__).parent / "tilematrixsets"
# In the order in which they are offered: the best known first.
_PLANES = {
    "WebMercatorQuad": MERCATOR,
    "UPSArcticWGS84Quad": STEREOGRAPHIC,
    "Arctic3995Quad": STEREOGRAPHIC,
    "Arctic3413Quad": STEREOGRAPHIC,
    "Arctic3575Quad": EQUAL_AREA,
}


def load_grids() -> dict[str, Grid]:
    """Every grid by its id. Two are of OGC's register (17-083r4), three are our own.

    Ours are squares of 2^24 m around the north pole, so that a cell is a whole number of metres
    down to zoom 16.
    """
    return {name: Grid.of(_definition(name), plane) for name, plane in _PLANES.items()}


def _definition(name: str) -> dict[str, object]:
    definition: dict[str, object] = orjson.loads((HOME / f"{name}.json").read_bytes())
    return definition
