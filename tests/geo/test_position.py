"""Positions as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import BadPosition
from geo.position import position, position_text


@pytest.mark.parametrize(
    "written",
    ["-168.97", "-168,97", "168.97W", "168.97 w", "168°58'12\"W", "168° 58.2′ W", "168 58 12 W"],
)
def test_one_longitude_can_be_written_in_many_ways(written: str) -> None:
    assert position(written, "0")[0] == pytest.approx(-168.97)


@pytest.mark.parametrize("written", ["66.55", "+66.55", "66.55N", "66°33'N", "66 33", "66°33′00″N"])
def test_one_latitude_can_be_written_in_many_ways(written: str) -> None:
    assert position("0", written)[1] == pytest.approx(66.55)


@pytest.mark.parametrize(
    ("lon", "lat", "said"),
    [
        ("181", "0", "longitude is 181"),
        ("0", "91", "longitude first"),
        ("120", "95", "latitude is 95"),
        ("abc", "0", "write degrees"),
        ("", "0", "write degrees"),
        ("nan", "0", "write degrees"),
        ("1e2", "0", "write degrees"),
        ("1_0", "0", "write degrees"),
        ("١٢", "0", "write degrees"),
        ("10N", "0", "ends with E or W"),
        ("-10W", "0", "leave the sign out"),
        ("10 60", "0", "below 60"),
        ("10 5 60", "0", "below 60"),
    ],
)
def test_what_is_no_position_is_refused_with_the_reason(lon: str, lat: str, said: str) -> None:
    with pytest.raises(BadPosition, match=said):
        position(lon, lat)


def test_a_position_is_written_as_a_log_book_has_it() -> None:
    assert position_text((-168.97, 65.78)) == "65°46.80′N 168°58.20′W"
    assert position_text((0.0, 90.0)) == "90°00.00′N 000°00.00′E"
    assert position_text((9.9999999, -1.0)) == "01°00.00′S 010°00.00′E"


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_what_is_written_can_be_read_again(lon: float, lat: float) -> None:
    text = position_text((lon, lat))
    north, east = text.split(" ")
    read = position(east, north)
    assert read == pytest.approx((lon, lat), abs=0.5 / 6000 + 1e-9)
