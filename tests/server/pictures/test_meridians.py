"""The graticule of real pictures: each line where it says, each label at its own line."""

import itertools

import numpy as np
import pytest
import shapely

from geo.graticule import named
from layers.fonts import load_fonts
from layers.maps import MapSpec, load_maps
from layers.themes import load_themes
from server.errors import BadParameter
from server.pictures.aim import aimed
from server.pictures.codes import WORDS, crs_named
from server.pictures.compass import north_at
from server.pictures.meridians import Meridians
from server.pictures.order import Order
from server.pictures.projection import Globe
from server.pictures.room import Room
from server.pictures.words import latitude_text, longitude_text

ROOM = Room(0, 100, 900, 700)
NAMED = tuple(load_maps())
FONTS = load_fonts()


def meridians(maps: dict[str, MapSpec], name: str, crs: str) -> Meridians:
    extent = aimed(maps[name], Order("png", 1200, 800, crs=crs_named(crs)), ROOM)
    return Meridians(extent, load_themes()["light"], FONTS, "en")


@pytest.fixture(scope="module", params=itertools.product(NAMED, WORDS), ids="-".join)
def made(request: pytest.FixtureRequest, maps: dict[str, MapSpec]) -> Meridians | None:
    """Each map in each projection; None where it is too wide for a conic."""
    name, crs = request.param
    try:
        return meridians(maps, name, crs)
    except BadParameter:
        assert crs == "conic"
        return None


def test_each_line_is_its_meridian_or_parallel_and_stays_in_the_room(
    made: Meridians | None,
) -> None:
    if made is None:
        return
    assert {kind for kind, _ in made.drawn} == {"lon", "lat"}
    for (kind, degrees), shape in made.drawn.items():
        at = shapely.get_coordinates(shape)
        assert all(ROOM.inner(-0.01).holds(x, y) for x, y in at.tolist())
        lonlat = made.extent.places(at)
        lonlat = lonlat[np.isfinite(lonlat).all(axis=1)]
        if isinstance(made.extent.projection, Globe):  # its edge cannot be read back well
            lonlat = lonlat[made.extent.projection.formulas.facing(lonlat, -0.05)]
        if kind == "lat":
            assert np.abs(lonlat[:, 1] - degrees).max(initial=0) < 0.35
        else:
            away = lonlat[np.abs(lonlat[:, 1]) < 89.9]
            turn = (away[:, 0] - degrees + 180) % 360 - 180
            assert np.abs(turn).max(initial=0) < 0.05


def test_each_label_stands_at_the_line_that_it_names_and_none_upon_another(
    made: Meridians | None,
) -> None:
    if made is None:
        return
    minutes = any(step % 1 for step in made.steps)
    lines = {
        (longitude_text if kind == "lon" else latitude_text)(degrees, "en", minutes): shape
        for (kind, degrees), shape in made.drawn.items()
        if degrees != 0  # the equator and the meridian of Greenwich are both 0°
    }
    labels = made.degrees([])
    assert len(labels) >= 4
    boxes = [shapely.box(*one.box.sides) for one in labels]
    for label, box in zip(labels, boxes, strict=True):
        line = lines.get(label.text.text)
        if line is not None:
            assert line.distance(box) < 12, label.text.text
    for n, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[n + 1 :])
        assert shapely.box(*ROOM.sides).buffer(0.5).contains(box)


def test_labels_give_way_to_what_is_taken(maps: dict[str, MapSpec]) -> None:
    made = meridians(maps, "bering", "conic")
    key = Room(0, 400, 300, 700)
    assert any(one.box.meets(key) for one in made.degrees([]))
    assert not any(one.box.meets(key) for one in made.degrees([key]))


def test_around_180_the_meridians_go_on(maps: dict[str, MapSpec]) -> None:
    made = meridians(maps, "bering", "mercator")
    lons = [degrees for kind, degrees in made.drawn if kind == "lon"]
    assert 180 in lons
    assert any(lon < 0 for lon in lons)
    assert lons == [named(lon) for lon in lons]


@pytest.mark.parametrize("crs", WORDS)
def test_the_arrow_points_north_where_it_stands(maps: dict[str, MapSpec], crs: str) -> None:
    extent = meridians(maps, "bering", crs).extent
    for x, y in ((450.0, 300.0), (600.0, 420.0), (380.0, 500.0)):
        turn = np.radians(north_at(extent, x, y))
        lon, lat = extent.places(np.array([[x, y]]))[0]
        ahead = extent.places(np.array([[x + 2 * np.sin(turn), y - 2 * np.cos(turn)]]))[0]
        assert ahead[1] > lat
        assert abs((ahead[0] - lon + 180) % 360 - 180) < 0.02
