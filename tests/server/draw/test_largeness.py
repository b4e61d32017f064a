"""Which layers a picture is large enough for."""

import pytest
from fastapi import FastAPI

from layers.grids import load_grids
from layers.maps import load_maps
from server.draw.frame import Frame
from server.draw.largeness import large_enough
from server.pictures.order import Offer, read_order
from server.pictures.page import Page

OFFER = Offer(("light", "dark"), ("en",), ())
NAMED = load_maps()


@pytest.mark.parametrize("name", NAMED)
def test_a_globe_shows_what_its_map_is_about_however_small_that_is(app: FastAPI, name: str) -> None:
    drawing, spec = app.state.site.drawing, NAMED[name]
    order = read_order({"crs": "globe", "width": "640", "height": "640"}, "png", OFFER)
    named = {one.collection.id for one in Page(drawing, spec, order).layout.visible.overlays}
    lying = set(spec.collections) - set(spec.off) - set(spec.context)
    held = (drawing.catalogue[one] for one in lying)
    about = {one.id for one in held if one.spec.role == "overlay" and one.extent}
    assert about and about <= named


def test_a_tile_keeps_to_the_zoom_that_a_layer_names(app: FastAPI) -> None:
    corridor = app.state.site.catalogue["corridor"]
    grid = load_grids()["WebMercatorQuad"]
    shown = [large_enough(Frame.of_tile(grid, zoom, 0, 0), corridor) for zoom in range(8)]
    assert shown.index(True) == corridor.spec.zoom.min and all(shown[corridor.spec.zoom.min :])
