"""How degrees and lengths read."""

import pytest

from server.pictures.words import latitude_text, length_text, longitude_text, word


@pytest.mark.parametrize(
    ("degrees", "text"),
    [
        (60, "60°N"), (-7.5, "7.5°S"), (0, "0°"), (39.2, "39.2°N"), (38.25, "38.25°N"),
    ],
)  # fmt: skip
def test_latitudes_read_as_on_a_map(degrees: float, text: str) -> None:
    assert latitude_text(degrees) == text


def test_longitudes_are_turned_to_their_side_and_180_has_none() -> None:
    given = [185, -180, 180, 540, -40, 0, 359]
    assert [longitude_text(one) for one in given] == [
        "175°W", "180°", "180°", "180°", "40°W", "0°", "1°W",
    ]  # fmt: skip


def test_other_languages_have_their_own_sides_and_units() -> None:
    assert longitude_text(-40, "fr") == "40°O"
    assert latitude_text(60, "ru") == "60°\u00a0с.\u00a0ш."
    assert length_text(200_000, "ru") == "200\u00a0км"
    assert word("pole", "ru") == "Северный полюс"
    assert word("pole", "kl") == "North Pole"


def test_lengths_take_the_unit_that_suits_them() -> None:
    assert [length_text(m) for m in (500, 1000, 2_000_000, 0.5)] == [
        "500\u00a0m", "1\u00a0km", "2,000\u00a0km", "0.5\u00a0m",
    ]  # fmt: skip


def test_a_fine_graticule_is_written_in_minutes() -> None:
    given = [39, 39.25, 39.5, -(12 + 1 / 12)]
    assert [latitude_text(one, minutes=True) for one in given] == [
        "39°N", "39°15′N", "39°30′N", "12°05′S",
    ]  # fmt: skip
    assert longitude_text(-168.5, minutes=True) == "168°30′W"
