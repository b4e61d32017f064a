"""Text that would be code elsewhere is text here: in every slot, unchanged, without a fault."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

Make = Callable[..., Any]
HOSTILE = [
    "{{7*7}}",
    "{% raw %}",
    "{# gone #}",
    "${7*7}",
    "</script><script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "`back-ticks`",
    "'; DROP TABLE x; --",
    "line\nbreak\ttab\u2028\u2029\u202e",
    "Ünïcödé ⚑ Հայաստան საქართველო 中文",
]


def named(text: str) -> str:
    """The text as an id: an address has no place for a line break."""
    return text.replace("\n", " ")


@pytest.fixture(params=HOSTILE)
def text(request: pytest.FixtureRequest) -> str:
    made: str = request.param
    return made


@pytest.fixture
def hostile_client(
    text: str, make_client: Make, make_collection: Make, make_feature: Make
) -> TestClient:
    feature = make_feature(
        named(text),
        name=text,
        names=[{"text": text, "lang": "en", "used_by": text}],
        note=text,
        missing=text,
        instrument=text,
        attribution=text,
        tags={"mark": text},
        sources=[{"id": "s", "title": text, "publisher": text, "read": text}],
        events=[{"date": "2014", "text": text, "sources": ["s"]}],
    )
    words = {"title": text, "description": text, "attribution": text}
    made: TestClient = make_client(
        make_collection("h", feature, **words, keywords=[text], missing=[text])
    )
    return made


def test_every_slot_of_a_collection_survives(hostile_client: TestClient, text: str) -> None:
    one = hostile_client.get("/collections/h").json()
    assert one["title"] == one["description"] == one["attribution"] == text
    assert one["keywords"] == one["missing"] == [text]
    assert hostile_client.get("/collections").json()["collections"] == [one]


def test_every_slot_of_a_feature_survives(hostile_client: TestClient, text: str) -> None:
    feature = hostile_client.get("/collections/h/items").json()["features"][0]
    own = feature["properties"]
    assert feature["id"] == named(text)
    assert own["name"] == own["note"] == own["instrument"] == text
    assert own["missing"] == own["attribution"] == own["tags"]["mark"] == text
    assert own["names"][0]["text"] == own["names"][0]["used_by"] == text
    assert own["sources"][0]["title"] == own["events"][0]["text"] == text


def test_a_feature_is_found_under_its_id_and_by_its_name(
    hostile_client: TestClient, text: str
) -> None:
    alone = hostile_client.get(f"/collections/h/items/{quote(named(text), safe='')}")
    assert alone.status_code == 200
    assert alone.json()["id"] == named(text)
    found = hostile_client.get("/collections/h/items", params={"name": text, "tags.mark": text})
    assert found.json()["numberMatched"] == 1


def test_an_id_with_a_slash_has_an_address(
    make_client: Make, make_collection: Make, make_feature: Make
) -> None:
    client = make_client(make_collection("h", make_feature("a/b/../c")))
    listed = client.get("/collections/h/items").json()["features"][0]["id"]
    answer = client.get(f"/collections/h/items/{quote(listed, safe='')}")
    assert answer.json()["id"] == "a/b/../c"


@pytest.mark.parametrize("path", ["/%00", "/collections/%ff%fe", "/collections/h/items/%0d%0aX: y"])
def test_a_wild_path_is_not_found_and_nothing_worse(
    make_client: Make, make_collection: Make, path: str
) -> None:
    answer = make_client(make_collection("h")).get(path)
    assert answer.status_code == 404
    assert "x" not in answer.headers
