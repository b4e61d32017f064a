"""Where am I? Two hundred positions whose answer is known from geography."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from geo.geodesic import GEOD
from layers.catalogue import Catalogue
from layers.where import Where
from layers.whereabouts import LEAST_M, Held, Whereabouts

GOLDEN = Path(__file__).parents[1] / "golden" / "where.toml"
POINTS: list[dict[str, Any]] = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))["point"]


@pytest.fixture(scope="module")
def where(catalogue: Catalogue, cache: Path) -> Where:
    return Where(catalogue, cache)


@pytest.fixture
def told(where: Where, point: dict[str, Any]) -> Whereabouts:
    lon, lat = point["at"]
    return where.ask((lon, lat))


def asked(key: str) -> pytest.MarkDecorator:
    points = [one for one in POINTS if key in one]
    return pytest.mark.parametrize("point", points, ids=[one["name"] for one in points])


def ids(held: tuple[Held, ...]) -> set[str]:
    return {one.feature.id for one in held}


def part(told: Whereabouts, *names: str) -> set[str]:
    """The ids in parts of the answer, whose layers must all be there."""
    assert not [told.missing[name] for name in names if name in told.missing]
    return {one for name in names for one in ids(told.areas[name])}


def test_there_are_two_hundred_points_and_each_says_why() -> None:
    assert len(POINTS) >= 200
    assert all(one["why"] and len({"country", "sea"} & set(one)) == 1 for one in POINTS)


@asked("country")
def test_a_town_or_cape_lies_in_its_country(told: Whereabouts, point: dict[str, Any]) -> None:
    assert point["country"] in part(told, "country")


@asked("sea")
def test_at_sea_no_country_is_decided(told: Whereabouts, point: dict[str, Any]) -> None:
    decided = [one for one in told.areas["country"] if one.relation == "inside"]
    assert decided == []


@asked("zone")
def test_a_position_lies_in_its_zones(told: Whereabouts, point: dict[str, Any]) -> None:
    assert part(told, "zones", "special_areas") == set(point["zone"])


@asked("high_seas")
def test_a_position_beyond_every_zone_lies_in_its_pocket(
    told: Whereabouts, point: dict[str, Any]
) -> None:
    found = part(told, "high_seas")
    assert len(found) == 1
    assert point["high_seas"] in found.pop()


@asked("shelf")
def test_a_position_lies_in_the_claims_to_the_shelf_below_it(
    told: Whereabouts, point: dict[str, Any]
) -> None:
    assert part(told, "shelf") == set(point["shelf"])


@asked("on")
def test_on_a_boundary_the_line_is_named_and_nothing_is_decided(
    told: Whereabouts, point: dict[str, Any]
) -> None:
    lines = [one for one in told.lines["boundaries"] if one.near.distance_m <= LEAST_M]
    assert any(one.feature.id.startswith(point["on"]) for one in lines)
    assert all(one.undecided for one in lines)
    if "zones" in told.areas:
        assert {one.relation for one in told.areas["zones"]} == {"undecided"}


@asked("coast_km")
def test_the_nearest_coast_is_as_far_as_it_should_be(
    told: Whereabouts, point: dict[str, Any]
) -> None:
    low, high = point["coast_km"]
    assert low <= told.lines["coast"][0].near.distance_m / 1000 <= high


@asked("at")
def test_the_point_named_lies_at_the_distance_and_bearing_given(
    told: Whereabouts, point: dict[str, Any]
) -> None:
    for one in (near for lines in told.lines.values() for near in lines):
        bearing, _, metres = GEOD.inv(*told.at, *one.near.point)
        assert one.near.distance_m == pytest.approx(metres, abs=0.001)
        if one.near.bearing is not None:
            assert (one.near.bearing - bearing + 180) % 360 - 180 == pytest.approx(0, abs=1e-6)


def test_a_layer_that_is_not_there_is_named() -> None:
    told = Where(Catalogue({})).ask((0.0, 90.0))
    assert told.missing["zones"] == "arctic_zones"
    assert not told.areas
    assert not told.lines
    assert told.coast_of == ()
