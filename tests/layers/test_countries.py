"""The layer countries: 254 areas, one coverage, and what is contested said in words."""

import re
import tomllib
from typing import Any

import numpy as np
import pytest
import shapely
from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages
from shapely import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import shift
from geo.geodesic import GEOD
from geo.vocabulary import Evidence, Status
from layers.assets import asset
from layers.atlas import areas
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.facts import Facts
from layers.folder import HOME, open_folder

FACTS = Facts(open_folder(HOME / "countries", trusted=True))
CONTESTED: dict[str, Any] = FACTS.tree("contested.toml")


@pytest.fixture(scope="module")
def countries(catalogue: Catalogue) -> Collection:
    return catalogue["countries"]


def shape_of(collection: Collection, id: str) -> BaseGeometry:
    geometry = collection.by_id[id].geometry
    assert geometry is not None
    return geometry


def area_km2(geometry: BaseGeometry) -> float:
    return abs(float(GEOD.geometry_area_perimeter(geometry)[0])) / 1e6


def test_there_are_254_valid_polygons(countries: Collection) -> None:
    assert len(countries.features) == 254
    for feature in countries.features:
        assert isinstance(feature.geometry, Polygon | MultiPolygon), feature.id
        assert feature.geometry.is_valid, feature.id


def test_shells_run_counter_clockwise(countries: Collection) -> None:
    for feature in countries.features:
        assert all(shapely.is_ccw(p.exterior) for p in shapely.get_parts(feature.geometry))


def test_no_ring_runs_across_180(countries: Collection) -> None:
    for feature in countries.features:
        for part in shapely.get_parts(feature.geometry):
            points = shapely.get_coordinates(part)
            wide = np.abs(np.diff(points[:, 0])) > 180
            assert (points[1:][wide, 1] == -90).all(), feature.id


def test_neighbours_share_every_vertex_and_nothing_overlaps(countries: Collection) -> None:
    assert shapely.coverage_is_valid([feature.geometry for feature in countries.features])


def test_russia_measures_16_98_million_square_kilometres(countries: Collection) -> None:
    assert area_km2(shape_of(countries, "ru")) == pytest.approx(16.98e6, abs=0.01e6)


def test_antarctica_alone_holds_a_pole_and_is_closed_at_exactly_90(countries: Collection) -> None:
    at_pole = [f.id for f in countries.features if f.geometry and abs(f.geometry.bounds[1]) == 90]
    assert at_pole == ["aq"]
    assert all(shape_of(countries, "aq").covers(Point(lon, -90)) for lon in (-180, 0, 99.9, 180))
    assert (
        max(feature.geometry.bounds[3] for feature in countries.features if feature.geometry) < 84
    )


def test_chukotka_lies_on_both_sides_of_180(countries: Collection) -> None:
    russia = shape_of(countries, "ru")
    assert russia.contains(Point(175, 66)) and russia.contains(Point(-175, 66.5))
    assert (russia.bounds[0], russia.bounds[2]) == (-180, 180)


@pytest.mark.parametrize("id", ["ru", "aq", "fj"])
def test_what_ends_at_180_goes_on_beyond_it(id: str, countries: Collection) -> None:
    points = shapely.get_coordinates(shape_of(countries, id))
    east, west = (set(points[points[:, 0] == lon, 1]) for lon in (180, -180))
    # The file's grid put one more vertex on -180 in two places, one step (0.0017°) off its partner.
    assert len(east) >= 2 and east <= west
    assert all(min(abs(lat - other) for other in east) < 0.0018 for lat in west)


def test_shifted_to_190_chukotka_and_wrangel_are_whole(countries: Collection) -> None:
    russia = shift(shape_of(countries, "ru"), 190)
    assert russia.is_valid
    for west, east in (((175, 66), (185, 66.5)), ((179.5, 71.2), (181, 71.1))):
        holding = [part for part in shapely.get_parts(russia) if part.covers(Point(west))]
        assert len(holding) == 1 and holding[0].covers(Point(east))
    assert russia.area == pytest.approx(shape_of(countries, "ru").area, abs=1e-9)


def test_neighbours_that_meet_at_180_agree_after_a_shift(countries: Collection) -> None:
    antarctica = shift(shape_of(countries, "aq"), 190)
    assert antarctica.is_valid and antarctica.bounds[:3:2] == (10, 370)


def test_what_is_drawn_follows_the_atlas(countries: Collection) -> None:
    drawn = areas(asset("world-atlas/countries-10m.json"))
    named = {row["atlas_name"]: row["id"] for row in FACTS.table("facts.csv")}
    for area in drawn:
        assert shape_of(countries, named[area.name]).equals_exact(area.geometry, 0), area.name


def test_the_codes_are_those_of_cldr() -> None:
    aliases = get_global("territory_aliases")
    for row in FACTS.table("facts.csv"):
        if row["numeric"]:
            assert aliases[row["numeric"]] == [row["alpha2"]], row
            assert row["id"] == row["alpha2"].lower(), row


def test_the_names_are_those_of_cldr() -> None:
    alpha2 = {row["id"]: row["alpha2"] for row in FACTS.table("facts.csv")}
    for row in FACTS.table("names.csv"):
        if code := alpha2[row["id"]]:
            names = Locale.parse(row["lang"], sep="-").territories
            assert names[code] == row["text"], row


def test_every_coded_area_is_named_in_english_russian_french_and_its_own_languages() -> None:
    given: dict[str, set[str]] = {}
    for row in FACTS.table("names.csv"):
        given.setdefault(row["id"], set()).add(row["lang"])
    for row in FACTS.table("facts.csv"):
        wanted = {"en", "ru", "fr"} if row["alpha2"] else {"en"}
        assert wanted <= given[row["id"]], row
    for code in ("am", "az", "ge", "kg", "uz", "ua", "no", "is"):
        assert set(get_official_languages(code.upper())) & given[code] - {"en", "fr"}, code


def test_the_members_of_the_united_nations_are_all_there() -> None:
    assert [row["kind"] for row in FACTS.table("facts.csv")].count("country") == 193


def test_no_feature_claims_more_than_context(countries: Collection) -> None:
    for feature in countries.features:
        says = feature.properties
        assert says.status in (Status.CONTEXT, Status.DISPUTED)
        assert says.evidence is Evidence.DATASET and says.accuracy_m is None
        assert says.note and says.note.startswith("As drawn by Natural Earth")


def test_what_is_contested_is_tagged_and_told(countries: Collection) -> None:
    for key, area in CONTESTED.items():
        for one in area["features"]:
            says = countries.by_id[one].properties
            assert area["text"] in (says.note or ""), (key, one)
            assert {*area["sources"]} <= {source.id for source in says.sources}
            if "settled" not in area:
                assert key in str(says.tags["contested_areas"]).split(","), (key, one)
                assert set(area["parties"]) <= set(says.parties)


def test_what_is_contested_as_a_whole_is_disputed_and_nothing_else_is(
    countries: Collection,
) -> None:
    whole = {one for area in CONTESTED.values() for one in area.get("whole", [])}
    disputed = {f.id for f in countries.features if f.properties.status is Status.DISPUTED}
    tagged = {f.id for f in countries.features if f.properties.tags.get("contested") == "whole"}
    assert disputed == tagged == whole
    kinds = {f.id for f in countries.features if f.properties.kind == "contested_area"}
    assert kinds <= whole


@pytest.mark.parametrize("key", [key for key, area in CONTESTED.items() if "place" in area])
def test_a_contested_area_is_drawn_where_we_say(key: str, countries: Collection) -> None:
    area = CONTESTED[key]
    assert shape_of(countries, area["drawn"]).contains(Point(area["place"]))


def test_crimea_is_drawn_with_russia_and_both_say_so(countries: Collection) -> None:
    simferopol = Point(34.1, 44.95)
    assert shape_of(countries, "ru").contains(simferopol)
    assert not shape_of(countries, "ua").contains(simferopol)
    for code in ("ru", "ua"):
        says = countries.by_id[code].properties
        assert "Crimea" in (says.note or "") and "68/262" in (says.note or "")
        assert says.tags["contested"] == "part"


def test_crimea_has_polygons_of_its_own_within_russia(countries: Collection) -> None:
    simferopol, krasnodar = Point(34.1, 44.95), Point(39.0, 45.0)
    parts = shapely.get_parts(shape_of(countries, "ru"))
    (crimea,) = [part for part in parts if part.contains(simferopol)]
    assert not crimea.intersects(krasnodar)
    assert area_km2(crimea) == pytest.approx(27_000, rel=0.02)


def test_each_name_in_dispute_says_who_uses_it(countries: Collection) -> None:
    for area in CONTESTED.values():
        for name in area.get("names", []):
            told = countries.by_id[name["feature"]].properties.names
            assert (name["text"], name["used_by"]) in [(one.text, one.used_by) for one in told]


def test_the_wrong_border_at_agarak_is_told(countries: Collection) -> None:
    agarak = Point(46.55, 38.86)
    assert shape_of(countries, "ir").contains(agarak)
    for code in ("ir", "am"):
        assert "3 km" in (countries.by_id[code].properties.note or "")


def test_every_source_is_cited_and_every_citation_has_a_source() -> None:
    cited = {source for area in CONTESTED.values() for source in area["sources"]}
    assert cited <= FACTS.sources.keys()
    assert FACTS.sources.keys() - cited == {"natural_earth", "world_atlas", "cldr", "un_members"}


def test_no_text_takes_sides() -> None:
    text = (HOME / "countries" / "contested.toml").read_text(encoding="utf-8")
    assert not re.search(r"\b(so-called|illegal|regime|rightful|liberated|terrorist)\b", text, re.I)
    assert tomllib.loads(text)


def test_ids_are_codes_or_slugs(countries: Collection) -> None:
    features = countries.features
    assert all(re.fullmatch(r"[a-z]{2}|[a-z]+(_[a-z]+)+|[a-z]{3,}", one.id) for one in features)
    assert [one.id for one in features] == sorted(one.id for one in features)
