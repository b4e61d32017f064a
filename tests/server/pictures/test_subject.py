"""Pictures about one feature: in the middle, marked, and named."""

import io
import re
from html import unescape

import numpy as np
import pytest
import shapely
from PIL import Image
from starlette.testclient import TestClient

from geo.bbox import BBox
from layers.legend import is_drawn
from layers.maps import MapSpec
from server.draw.drawing import Drawing
from server.pictures.aim import aimed
from server.pictures.crs import automatic
from server.pictures.extent import Extent
from server.pictures.order import Order
from server.pictures.room import Room
from server.pictures.subject import subject, surroundings

PAGE = {"Accept": "text/html"}
ORDER = Order("png", 1000, 560)


def extent_of(shown: MapSpec) -> Extent:
    return aimed(shown, ORDER, Room(0, 60, 1000, 500))


@pytest.mark.parametrize(
    "name", ["airbases", "corridor", "bering_transits", "arctic_boundaries", "arctic_zones",
             "arctic_shelf", "arctic_high_seas"],
)  # fmt: skip
def test_every_feature_is_whole_within_its_picture(
    drawing: Drawing, maps: dict[str, MapSpec], name: str
) -> None:
    held = drawing.catalogue[name]
    for number, feature in enumerate(held.features):
        if feature.geometry is None or not is_drawn(held, feature):
            continue
        shown, mark = subject(maps[name], drawing.catalogue, f"{name}/{feature.id}")
        assert mark == (name, number)
        assert shown.title == feature.properties.name
        extent = extent_of(shown)
        corners = shapely.get_coordinates(feature.geometry)
        if automatic(shown).crs == "mercator":
            corners = corners[np.abs(corners[:, 1]) < 85]
        x, y = extent.pixels(corners).T
        assert x.min() > 0, feature.id
        assert x.max() < 1000, feature.id
        assert y.min() > 60, feature.id
        assert y.max() < 500, feature.id


def test_the_surroundings_of_a_place_are_as_wide_on_the_ground_in_the_north() -> None:
    south, north = (surroundings(BBox(20, lat, 20, lat)) for lat in (30.0, 80.0))
    assert south.north - south.south == pytest.approx(north.north - north.south)
    ground = south.width * np.cos(np.radians(30)), north.width * np.cos(np.radians(80))
    assert ground[0] == pytest.approx(ground[1])
    across = surroundings(BBox(179, 60, -179, 61))
    assert across.west < 179
    assert across.east > -179
    assert surroundings(BBox(-180, 84, 180, 90)).as_list() == pytest.approx([-180, 81.9, 180, 90])


def test_the_feature_is_marked_and_nothing_else_is(client: TestClient) -> None:
    size = "width=400&height=320&crs=conic&bbox=73,42,76,44"
    plain, marked = (
        np.asarray(Image.open(io.BytesIO(found.content)).convert("RGB")).astype(int)
        for found in (
            client.get(f"/maps/airbases/static.png?{size}"),
            client.get(
                f"/maps/airbases/static.png?{size}&feature=airbases/manas_us_transit_center"
            ),
        )
    )
    rows, columns = np.nonzero(np.abs(plain - marked)[60:250].sum(axis=2) > 90)
    assert len(rows)
    assert np.ptp(rows) < 40
    assert np.ptp(columns) < 40


@pytest.mark.parametrize(
    ("feature", "status"),
    [("airbases", 404), ("nothing/x", 400), ("airbases/nothing", 404), ("airbases/", 404),
     ("<script>/x", 400)],
)  # fmt: skip
def test_a_feature_that_is_not_on_the_map_has_no_picture(
    client: TestClient, feature: str, status: int
) -> None:
    for name in ("static.png", "og.png"):
        answer = client.get(f"/maps/airbases/{name}", params={"feature": feature})
        assert answer.status_code == status


def test_the_page_of_a_feature_shows_it_in_its_surroundings(client: TestClient) -> None:
    item = "/collections/arctic_zones/items/beaufort_overlap"
    page = client.get(item, headers=PAGE).text
    size = 'width="1000" height="560" loading="lazy"'
    found = re.search(rf'<img src="([^"]+)" {size} alt="([^"]+)"', page)
    assert found
    answer = client.get(unescape(found[1]))
    assert Image.open(io.BytesIO(answer.content)).size == (1000, 560)
    assert "Beaufort Sea" in found[2]
    assert 'href="/maps/arctic_claims#feature=arctic_zones/beaufort_overlap"' in page
    card = re.search(r'<meta property="og:image" content="http://127.0.0.1:8000([^"]+)"', page)
    assert card
    told = client.get(unescape(card[1]))
    assert Image.open(io.BytesIO(told.content)).size == (1200, 630)
    assert len(told.content) < 300_000


def test_what_is_not_on_a_map_has_a_page_without_a_picture(client: TestClient) -> None:
    held = client.app.state.site.catalogue["corridor"]  # type: ignore[attr-defined]
    without = next(one for one in held.features if one.geometry is None)
    page = client.get(f"/collections/corridor/items/{without.id}", headers=PAGE).text
    assert "layer-picture" not in page
    assert client.get("/collections/land/items", headers=PAGE).status_code == 200
