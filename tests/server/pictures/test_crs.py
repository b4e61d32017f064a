"""Which projection a map gets, and that the EPSG codes of the list are what the list says."""

import numpy as np
import pytest
from pyproj import Transformer

from geo.bbox import BBox
from layers.catalogue import Catalogue
from layers.maps import MapSpec, load_maps, maps_of
from server.errors import BadParameter
from server.pictures.aim import aimed
from server.pictures.codes import CODES, WORDS, crs_named
from server.pictures.crs import automatic, box_of, projection_of
from server.pictures.order import Order
from server.pictures.projection import Globe, Mercator, Polar, Regional
from server.pictures.room import Room

ROOM = Room(0, 0, 900, 700)
SAMPLE = np.array([[0, 70], [90, 75], [180, 80], [-90, 60], [33, 85], [-140, 55.0]])


def spec(box: tuple[float, float, float, float]) -> MapSpec:
    return MapSpec(id="m", title="M", description="A map.", collections=(), bbox=box, lon0=0)


@pytest.mark.parametrize("code", [code for code in CODES if code != 3857])
def test_each_code_is_the_plane_that_it_stands_for_up_to_its_scale(code: int) -> None:
    word, lon0 = CODES[code]
    drawn = projection_of(
        spec((-180, 60, 180, 85)), (word, code), BBox(-180, 60, 180, 90), None, None
    )
    assert isinstance(drawn, Polar)
    assert f"EPSG:{code}" in drawn.title
    x, y = Transformer.from_crs("OGC:CRS84", code, always_xy=True).transform(*SAMPLE.T)
    theirs, ours = np.column_stack([x, y]) @ [1, 1j], drawn.forward(SAMPLE) @ [1, 1j]
    factor = (theirs[1:] - theirs[0]) / (ours[1:] - ours[0])
    assert np.abs(factor - factor[0]).max() < 1e-6, "turned or bent"
    assert abs(factor[0].imag) < 1e-6, f"the meridian {lon0} does not run down"
    assert factor[0].real > 0


def test_codes_are_read_with_and_without_their_authority() -> None:
    assert crs_named("EPSG:3575") == crs_named("3575") == ("equal_area", 3575)
    assert crs_named("equal-area") == ("equal_area", None)
    assert [crs_named(word)[0] for word in WORDS] == list(WORDS)


@pytest.mark.parametrize(
    ("box", "crs"),
    [
        ((-180, 60, 180, 85), "equal_area"),
        ((166, 55, 42, 84), "equal_area"),
        ((43, 38, 48, 41), "conic"),
        ((177, 53, -157, 76), "conic"),
        ((-61, -52, 149, 46), "mercator"),
        ((-10, -20, 10, 20), "mercator"),
    ],
)
def test_a_map_that_says_nothing_is_drawn_by_its_extent(
    box: tuple[float, float, float, float], crs: str
) -> None:
    assert automatic(spec(box)).crs == crs


def test_the_maps_of_the_arctic_hold_the_pole_and_those_of_regions_are_conic() -> None:
    maps = load_maps()
    for name in ("arctic", "arctic_claims"):
        extent = aimed(maps[name], Order("png", 900, 700), ROOM)
        assert isinstance(extent.projection, Polar)
        assert extent.pole is not None
    for name in ("bering", "caucasus", "central_asia"):
        extent = aimed(maps[name], Order("png", 900, 700), ROOM)
        assert isinstance(extent.projection, Regional)
        assert extent.pole is None


@pytest.mark.parametrize("word", WORDS)
def test_every_map_has_a_frame_in_every_projection_or_says_why_not(
    catalogue: Catalogue, word: str
) -> None:
    for one in maps_of(catalogue).values():
        try:
            extent = aimed(one, Order("png", 900, 700, crs=crs_named(word)), ROOM)
        except BadParameter as error:
            assert word == "conic", error  # only a conic cannot show all
            assert "conic" in str(error)
            continue
        window = np.array(extent.frame.window)
        assert np.isfinite(window).all()
        assert window[0] < window[2]
        assert window[1] < window[3]


def test_a_box_across_180_is_one_frame_and_not_the_rest_of_the_world() -> None:
    box = BBox(170, 60, -170, 70)
    for word in WORDS:
        extent = aimed(spec((0, 0, 1, 1)), Order("png", 900, 700, crs=(word, None), bbox=box), ROOM)
        corners = np.array([[170, 60], [170, 70], [-170, 60], [-170, 70], [180, 65.0]])
        px = extent.pixels(corners)
        assert all(ROOM.inner(-0.5).holds(x, y) for x, y in px.tolist()), word
        assert np.ptp(px[:, 0]) > 300, word
        assert px[0, 0] < px[4, 0] < px[2, 0], word


@pytest.mark.parametrize(
    ("crs", "box", "name"),
    [
        ("conic", BBox(-180, 50, 180, 80), "conic"),
        ("mercator", BBox(0, 70, 10, 90), "bbox"),
        ("stereographic", BBox(0, -30, 10, 10), "bbox"),
        ("conic", BBox(0, -20, 10, 20), "equator"),
    ],
)
def test_what_a_projection_cannot_show_is_refused(crs: str, box: BBox, name: str) -> None:
    with pytest.raises(BadParameter, match=name):
        aimed(spec((0, 0, 1, 1)), Order("png", 900, 700, crs=crs_named(crs), bbox=box), ROOM)


def test_a_globe_is_seen_from_30_degrees_north_or_more() -> None:
    order = Order("png", 900, 700, crs=("globe", None), center=(20.0, 29.0))
    with pytest.raises(BadParameter, match="center"):
        aimed(spec((0, 0, 1, 1)), order, ROOM)
    default = projection_of(spec((0, -50, 10, 0)), ("globe", None), BBox(0, -50, 10, 0), None, None)
    assert isinstance(default, Globe)
    assert default.formulas.lat0 == 30


def test_any_meridian_may_run_down_from_the_pole() -> None:
    for lon0 in (-180.0, -40.0, 0.0, 97.5):
        order = Order("png", 900, 700, crs=("equal_area", None), lon0=lon0)
        extent = aimed(spec((-180, 60, 180, 85)), order, ROOM)
        pole, below = extent.pixels(np.array([[0.0, 90.0], [lon0, 70.0]]))
        assert abs(pole[0] - below[0]) < 1e-6
        assert below[1] > pole[1]


def test_box_of_a_mercator_map_ends_where_mercator_does() -> None:
    box = box_of(load_maps()["arctic_claims"], "mercator", None)
    assert box.north < 85.1
    assert isinstance(
        projection_of(load_maps()["arctic_claims"], ("mercator", None), box, None, None), Mercator
    )
