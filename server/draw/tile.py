"""A tile, or a square of tiles, as a scene."""

from dataclasses import replace

from geo.scene import Scene
from layers.maps import MapSpec
from server.draw.choice import Choice
from server.draw.compose import compose
from server.draw.drawing import Drawing
from server.draw.frame import Frame
from server.draw.names import placed_on
from server.draw.spot import Spot


def tile_scene(drawing: Drawing, map: MapSpec, spot: Spot, choice: Choice) -> Scene:
    """What a tile shows; transparent where nothing is drawn, unless the base is chosen.

    Names are placed once for all tiles of a zoom, so each tile draws its part of them.
    """
    frame = Frame.of_tile(spot.grid, spot.zoom, spot.row, spot.col, spot.span)
    placed = placed_on(drawing, map, spot.grid, spot.zoom, choice) if choice.labels else None
    unnamed = replace(choice, labels=choice.labels and placed is not None)
    items = compose(drawing, map, frame, unnamed, placed)
    return Scene(frame.width, frame.height, items, lang=choice.lang)
