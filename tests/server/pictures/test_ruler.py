"""The scale bar of real pictures, measured on the ellipsoid."""

from collections.abc import Callable

import numpy as np
import pytest

from geo.geodesic import GEOD
from layers.maps import MapSpec, load_maps
from layers.themes import load_themes
from server.errors import BadParameter
from server.pictures.aim import aimed
from server.pictures.codes import WORDS, crs_named
from server.pictures.extent import Extent
from server.pictures.order import Order
from server.pictures.room import Room
from server.pictures.ruler import Ruler, place_of_scale

ROOM = Room(0, 100, 900, 700)
LIGHT = load_themes()["light"]
NAMED = tuple(load_maps())
Extents = Callable[[str, str], Extent]


def extent(maps: dict[str, MapSpec], name: str, crs: str) -> Extent:
    return aimed(maps[name], Order("png", 1200, 800, crs=crs_named(crs)), ROOM)


def ground_m(shown: Extent, lon: float, lat: float, length_px: float) -> float:
    """The length on the ground of what ``length_px`` of the parallel show around a place."""
    lons = lon + np.linspace(-25, 25, 5001)
    line = np.column_stack([lons, np.full(len(lons), lat)])
    steps = np.hypot(*np.diff(shown.pixels(line), axis=0).T)
    far = np.concatenate([[0], np.cumsum(steps)])
    near = np.abs(far - far[2500]) <= length_px / 2
    drawn = float(far[near][-1] - far[near][0])
    return float(GEOD.line_length(lons[near], line[near, 1])) * length_px / drawn


@pytest.mark.parametrize("crs", WORDS)
@pytest.mark.parametrize("name", NAMED)
def test_the_bar_is_true_within_one_per_cent_where_it_says(
    maps: dict[str, MapSpec], name: str, crs: str
) -> None:
    try:
        shown = extent(maps, name, crs)
    except BadParameter:
        assert crs == "conic"
        return
    ruler = Ruler.of(shown, LIGHT, "en")
    lon, lat = place_of_scale(shown)
    assert ruler.bar.latitude == lat
    measured = ground_m(shown, lon, lat, ruler.bar.length_px)
    assert measured == pytest.approx(ruler.bar.length_m, rel=0.01)


def test_the_label_names_the_latitude_and_the_middle_is_the_half(
    maps: dict[str, MapSpec],
) -> None:
    ruler = Ruler.of(extent(maps, "bering", "conic"), LIGHT, "en")
    said = [getattr(item, "text", None) for item in ruler.items(0, 0)]
    assert f"Scale along {ruler.bar.latitude:g}°N" in said
    assert "0" in said
    half, whole = said[-3], said[-2]
    assert half is not None
    assert whole is not None
    assert 2 * float(half) == float(whole.replace("\u00a0km", ""))
