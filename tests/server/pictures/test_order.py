"""What a reader may ask of a picture; whatever is wild is refused by its name."""

import pytest

from geo.errors import BadBBox, BadMoment
from server.errors import BadParameter
from server.pictures.order import MOST_PX, SIZE, Form, Offer, read_order

OFFER = Offer(("light", "dark"), ("en", "ru", "fr"), ("CA", "RU", "US"))


def test_nothing_asked_is_the_usual_picture_of_each_form() -> None:
    forms: tuple[Form, ...] = ("png", "svg", "pdf")
    for form in forms:
        order = read_order({}, form, OFFER)
        assert (order.width, order.height) == SIZE[form]
        assert order.view == "neutral"
        assert order.crs is None


def test_a_pdf_is_a_sheet_of_a4_on_its_side() -> None:
    width, height = SIZE["pdf"]
    assert abs(width * 25.4 / 96 - 297) < 0.3
    assert abs(height * 25.4 / 96 - 210) < 0.3


def test_everything_that_can_be_asked_is_understood() -> None:
    values = {
        "width": "800", "height": "600", "scale": "2", "crs": "EPSG:3575", "theme": "dark",
        "datetime": "2014/..", "lang": "ru", "view": "ru", "bbox": "170,60,-170,70",
    }  # fmt: skip
    order = read_order(values, "png", OFFER)
    assert (order.width, order.height, order.scale) == (800, 600, 2)
    assert order.crs == ("equal_area", 3575)
    assert order.bbox is not None
    assert order.bbox.crosses
    assert (order.choice.theme, order.choice.lang, order.choice.view) == ("dark", "ru", "RU")
    assert order.choice.at is not None


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"width": "319"}, "width"),
        ({"width": "2401"}, "width"),
        ({"width": "1e3"}, "width"),
        ({"width": "-800"}, "width"),
        ({"width": "٨٠٠"}, "width"),
        ({"width": "99999999999999999999"}, "width"),
        ({"height": ""}, "height"),
        ({"height": "NaN"}, "height"),
        ({"scale": "0"}, "scale"),
        ({"scale": "3.01"}, "scale"),
        ({"scale": "inf"}, "scale"),
        ({"scale": "1_0"}, "scale"),
        ({"width": "2400", "height": "2400", "scale": "3"}, "scale"),
        ({"crs": "epsg:4326"}, "crs"),
        ({"crs": "'; drop table"}, "crs"),
        ({"crs": "+proj=merc"}, "crs"),
        ({"crs": ""}, "crs"),
        ({"center": "45"}, "center"),
        ({"center": "45,40,3", "zoom": "3"}, "center"),
        ({"center": "45,91", "zoom": "3"}, "center"),
        ({"center": "181,40", "zoom": "3"}, "center"),
        ({"center": "x,y", "zoom": "3"}, "center"),
        ({"center": "45,40"}, "center"),
        ({"zoom": "5"}, "zoom"),
        ({"center": "45,40", "zoom": "17"}, "zoom"),
        ({"center": "45,40", "zoom": "-1"}, "zoom"),
        ({"center": "45,40", "zoom": "3", "bbox": "1,2,3,4"}, "bbox"),
        ({"bbox": "10,20,10,30"}, "bbox"),
        ({"lon0": "200"}, "lon0"),
        ({"lon0": "40", "crs": "3575"}, "lon0"),
        ({"lang": "xx"}, "lang"),
        ({"lang": "EN"}, "lang"),
        ({"theme": "../light"}, "theme"),
        ({"view": "DE"}, "view"),
    ],
)
def test_a_wild_value_is_refused_and_the_message_names_the_parameter(
    values: dict[str, str], name: str
) -> None:
    with pytest.raises(BadParameter, match=name):
        read_order(values, "png", OFFER)


def test_boxes_and_dates_are_refused_as_everywhere_else() -> None:
    with pytest.raises(BadBBox):
        read_order({"bbox": "1,2,3"}, "png", OFFER)
    with pytest.raises(BadBBox):
        read_order({"bbox": "nan,2,3,4"}, "png", OFFER)
    with pytest.raises(BadMoment):
        read_order({"datetime": "yesterday"}, "png", OFFER)


def test_the_largest_picture_stays_below_the_bound() -> None:
    order = read_order({"width": "2400", "height": "2400", "scale": "1.8"}, "png", OFFER)
    assert order.width * order.height * order.scale**2 <= MOST_PX
