"""Tiles beside each other are one picture: hatches, dashes and names run on from tile to tile."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from geo.paths import Points
from geo.scene import Line
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.draw.frame import TILE
from server.draw.spot import Spot
from server.draw.tile import tile_scene

Pixels = npt.NDArray[np.int64]
Draw = Callable[..., Pixels]
Place = tuple[str, str, int, int, int, int]

PLACES: list[Place] = [  # map, grid, zoom, row, column, tiles in a row; the pole is in the middle
    ("arctic_claims", "Arctic3575Quad", 3, 2, 2, 4),
    ("arctic_claims", "Arctic3995Quad", 4, 6, 6, 4),
    ("arctic_claims", "Arctic3413Quad", 4, 6, 6, 4),
    ("arctic_claims", "UPSArcticWGS84Quad", 4, 6, 6, 4),
    ("arctic_claims", "WebMercatorQuad", 4, 1, 7, 3),
    ("arctic", "WebMercatorQuad", 5, 5, 0, 4),  # from 180° eastwards
    ("arctic", "Arctic3575Quad", 4, 6, 6, 4),
    ("bering", "WebMercatorQuad", 6, 14, 0, 4),
    ("caucasus", "WebMercatorQuad", 10, 391, 643, 2),
    ("contested_areas", "WebMercatorQuad", 6, 21, 36, 3),
]
HATCHED = {"arctic_claims", "contested_areas"}  # maps with hatches in those places


@pytest.mark.parametrize("place", PLACES, ids=lambda place: "-".join(map(str, place)))
def test_stitched_tiles_are_the_picture_that_is_drawn_in_one(draw: Draw, place: Place) -> None:
    shown, grid, zoom, row, col, span = place
    whole = draw(shown, grid, zoom, row, col, span)
    stitched = np.concatenate(
        [
            np.concatenate([draw(shown, grid, zoom, row + y, col + x) for x in range(span)], axis=1)
            for y in range(span)
        ]
    )
    apart = np.abs(whole - stitched).max(axis=2)
    assert apart.max() <= 40
    assert (apart > 16).mean() < 0.005


def test_what_runs_over_the_edge_of_the_world_goes_on_at_the_other_side(draw: Draw) -> None:
    """No more of the last column differs from the first one than two columns beside each other."""
    east = draw("arctic", "WebMercatorQuad", 5, 8, 31)
    west = draw("arctic", "WebMercatorQuad", 5, 8, 0)
    across = np.abs(east[:, -1] - west[:, 0]).max(axis=1)
    within = np.abs(east[:, -2] - east[:, -1]).max(axis=1)
    assert (across > 60).sum() <= (within > 60).sum() + 6


@pytest.mark.parametrize("place", PLACES, ids=lambda place: "-".join(map(str, place)))
def test_those_places_have_dashes_or_hatches_that_cross_a_seam(
    drawing: Drawing, place: Place
) -> None:
    """Otherwise the test above shows nothing."""
    shown, grid, zoom, row, col, span = place
    spot = Spot(drawing.grids[grid], zoom, row, col, span)
    scene = tile_scene(drawing, drawing.maps[shown], spot, Choice(labels=False))
    lines = [item for item in scene.items if isinstance(item, Line)]
    dashed = sum(crossings(path, span) for line in lines if line.stroke.dash for path in line.paths)
    hatched = sum(crossings(path, span) for line in lines if is_hatch(line) for path in line.paths)
    assert dashed + hatched > 0
    assert hatched > 0 or shown not in HATCHED


def is_hatch(line: Line) -> bool:
    """Straight lines of two points, all in one direction that is not that of an axis."""
    if line.stroke.dash or len(line.paths) < 2 or (np.diff(line.paths.offsets) != 2).any():
        return False
    steps = line.paths.points[1::2] - line.paths.points[::2]
    turns = np.arctan2(steps[:, 1], steps[:, 0])
    return bool(np.ptp(turns) < 1e-6 and abs(np.sin(2 * turns[0])) > 0.5)


def crossings(path: Points, span: int) -> int:
    """How often a path goes from one tile of the picture to another."""
    tiles = np.floor(path / TILE)
    inside = np.asarray(((path >= 0) & (path < TILE * span)).all(axis=1))
    moved = np.asarray((tiles[1:] != tiles[:-1]).any(axis=1))
    return int((moved & inside[1:] & inside[:-1]).sum())
