"""OWSLib reads us as OGC API – Features."""

import pytest
from owslib.ogcapi.features import Features

from layers.catalogue import Catalogue


@pytest.fixture(scope="module")
def remote(address: str) -> Features:
    return Features(address)


def test_it_finds_every_collection(remote: Features, catalogue: Catalogue) -> None:
    assert remote.feature_collections() == list(catalogue.collections)


def test_it_reads_the_description_of_the_api(remote: Features) -> None:
    assert remote.api()["openapi"] == "3.0.3"


def test_it_reads_the_conformance_classes(remote: Features) -> None:
    classes = remote.conformance()["conformsTo"]
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in classes


def test_it_reads_one_collection(remote: Features, catalogue: Catalogue) -> None:
    told = remote.collection("airbases")
    assert told["title"] == catalogue["airbases"].spec.title
    assert remote.collection_queryables("airbases")["properties"]["status"]["enum"]


def test_it_gets_items_in_a_box_across_180(remote: Features) -> None:
    found = remote.collection_items("bering_transits", bbox=[170, 60, -160, 70], limit=1000)
    assert found["numberMatched"] == found["numberReturned"] > 0


def test_it_gets_one_item(remote: Features, catalogue: Catalogue) -> None:
    wanted = catalogue["airbases"].features[0]
    got = remote.collection_item("airbases", wanted.id)
    assert got["properties"]["name"] == wanted.properties.name
