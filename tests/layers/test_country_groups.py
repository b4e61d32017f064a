"""Groups of countries: their members, the chair, and that a layer without geometry is sound."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from babel import Locale

from geo.finding import Finding
from geo.moment import Interval
from layers.build import build_bytes, load_module
from layers.catalogue import Catalogue, load_collection
from layers.collection import Collection
from layers.folder import HOME, open_folder
from layers.world import World

FOLDER = open_folder(HOME / "country_groups", trusted=True)


@pytest.fixture(scope="module")
def groups() -> Collection:
    return load_collection(FOLDER, Path("unused"))


def truth(collection: Collection, world: World) -> Iterator[Finding]:
    module = load_module(FOLDER.path / "truth.py", "layers.country_groups.truth")
    found: Iterator[Finding] = module.truth(collection, world)
    return found


@pytest.mark.parametrize(
    ("id", "members"),
    [
        ("central_asia", "KG KZ TJ TM UZ"),
        ("c5_plus_1", "KG KZ TJ TM US UZ"),
        ("south_caucasus", "AM AZ GE"),
        ("arctic_council", "CA DK FI IS NO RU SE US"),
        ("arctic_council_chair_2025", "DK FO GL"),
    ],
)
def test_a_group_names_its_members(groups: Collection, id: str, members: str) -> None:
    said = groups.by_id[id].properties
    assert said.parties == members.split()
    assert said.tags["members"] == len(said.parties)


def test_every_member_is_a_territory_of_cldr(groups: Collection) -> None:
    known = Locale.parse("en").territories
    assert all(code in known for g in groups.features for code in g.properties.parties)


def test_the_kingdom_of_denmark_chairs_for_two_years(groups: Collection) -> None:
    chair = groups.by_id["arctic_council_chair_2025"].properties
    assert chair.interval == Interval(date(2025, 5, 12), date(2027, 5, 31))
    assert groups.by_id["arctic_council"].properties.tags["chair"] == "DK"
    assert not chair.interval.meets(Interval.parse("2025-05-11"))


def test_the_geometry_is_null_as_rfc_7946_allows(groups: Collection) -> None:
    plain = json.loads(build_bytes(FOLDER))
    assert plain["features"]
    for feature in plain["features"]:
        assert "geometry" in feature and feature["geometry"] is None
    assert groups.extent is None


def test_every_member_is_in_the_base_map(groups: Collection, catalogue: Catalogue) -> None:
    assert list(truth(groups, World(catalogue))) == []


def test_a_wrong_code_is_found(groups: Collection, catalogue: Catalogue) -> None:
    first = groups.features[0]
    wrong = first.properties.model_copy(update={"parties": ["KG", "QQ"]})
    changed = replace(groups, features=(replace(first, properties=wrong),))
    (found,) = truth(changed, World(catalogue))
    assert found.rule == "truth-member" and "qq" in found.message


def test_without_the_base_map_the_members_are_said_to_be_unchecked(groups: Collection) -> None:
    found = {f.rule for f in truth(groups, World(Catalogue({})))}
    assert found == {"truth-unchecked"}
