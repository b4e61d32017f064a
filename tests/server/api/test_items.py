"""Items: found by place, time and property, page by page, with every link."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from layers.collection import Collection

Make = Callable[..., Any]
ITEMS = "/collections/strait/items"


@pytest.fixture(scope="module")
def strait_client(make_client: Make, strait: Collection) -> TestClient:
    made: TestClient = make_client(strait)
    return made


def ids(client: TestClient, query: str = "") -> list[str]:
    answer = client.get(f"{ITEMS}?{query}")
    assert answer.status_code == 200, answer.text
    return [feature["id"] for feature in answer.json()["features"]]


def test_a_bbox_across_180_finds_both_chukotka_and_alaska(strait_client: TestClient) -> None:
    found = ids(strait_client, "bbox=170,60,-160,70")
    assert found == ["chukotka", "alaska", "date_line", "island"]


def test_the_complement_of_that_bbox_finds_what_is_left(strait_client: TestClient) -> None:
    assert ids(strait_client, "bbox=-140,0,160,80") == ["diagonal"]


def test_six_numbers_are_a_bbox_with_heights(strait_client: TestClient) -> None:
    assert ids(strait_client, "bbox=170,60,0,-160,70,9000") == [
        *("chukotka", "alaska", "date_line", "island")
    ]


def test_a_feature_without_dates_is_valid_at_any_time(strait_client: TestClient) -> None:
    at_2020 = ids(strait_client, "datetime=2020-01-01")
    assert "island" not in at_2020
    assert {"chukotka", "line", "treaty"} <= set(at_2020)


@pytest.mark.parametrize(
    "moment", ["2015", "2016-03-31", "2010/2014-01-01", "../2014", "2016-03/.."]
)
def test_an_interval_that_touches_the_life_of_a_feature_finds_it(
    strait_client: TestClient, moment: str
) -> None:
    assert "island" in ids(strait_client, f"datetime={moment}")


@pytest.mark.parametrize("moment", ["2013", "2016-04-01", "../2013-12-31", "2016-04/.."])
def test_an_interval_beside_the_life_of_a_feature_does_not(
    strait_client: TestClient, moment: str
) -> None:
    assert "island" not in ids(strait_client, f"datetime={moment}")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=agreed", ["line"]),
        ("parties=RU", ["chukotka", "line"]),
        ("parties=RU&status=operating", ["chukotka"]),
        ("kind=buoy", ["date_line"]),
        ("id=treaty", ["treaty"]),
        ("tags.lit=true", ["date_line"]),
        ("tags.height=3", ["date_line"]),
        ("name=nobody", []),
    ],
)
def test_a_property_filters(strait_client: TestClient, query: str, found: list[str]) -> None:
    assert ids(strait_client, query) == found


def test_pages_follow_each_other_through_next_until_all_are_seen(
    strait_client: TestClient,
) -> None:
    seen, address = [], f"{ITEMS}?limit=3"
    while address:
        page = strait_client.get(address).json()
        seen += [feature["id"] for feature in page["features"]]
        assert page["numberMatched"] == 7
        assert page["numberReturned"] == len(page["features"])
        address = next((one["href"] for one in page["links"] if one["rel"] == "next"), "")
    assert seen == ids(strait_client)
    assert len(seen) == len(set(seen)) == 7


def test_prev_leads_back_and_keeps_the_filter(strait_client: TestClient) -> None:
    page = strait_client.get(f"{ITEMS}?status=context&limit=2&offset=2").json()
    back = next(one["href"] for one in page["links"] if one["rel"] == "prev")
    again = strait_client.get(back).json()
    assert [one["id"] for one in again["features"]] == ids(strait_client, "status=context&limit=2")


def test_the_last_page_has_no_next(strait_client: TestClient) -> None:
    rels = [one["rel"] for one in strait_client.get(f"{ITEMS}?limit=7").json()["links"]]
    assert "next" not in rels
    assert "prev" not in rels


def test_an_offset_behind_the_end_gives_an_empty_page(strait_client: TestClient) -> None:
    page = strait_client.get(f"{ITEMS}?offset=1000").json()
    assert (page["numberMatched"], page["numberReturned"], page["features"]) == (7, 0, [])


@pytest.mark.parametrize("limit", [10_001, 999_999_999, 10**40])
def test_a_limit_above_the_cap_is_cut_and_not_refused(
    strait_client: TestClient, limit: int
) -> None:
    assert len(ids(strait_client, f"limit={limit}")) == 7


def test_ten_thousand_features_are_not_cut_silently(
    make_client: Make, make_feature: Make, make_collection: Make
) -> None:
    many = make_collection("many", *(make_feature(f"f{n}") for n in range(10_050)))
    page = make_client(many).get("/collections/many/items?limit=20000").json()
    assert (page["numberMatched"], page["numberReturned"]) == (10_050, 10_000)
    assert any(one["rel"] == "next" for one in page["links"])


def test_the_time_stamp_is_the_day_of_the_data(strait_client: TestClient) -> None:
    stamp = strait_client.get(ITEMS).json()["timeStamp"]
    assert stamp == "2026-11-22T00:00:00Z"
    assert strait_client.get(ITEMS).json()["timeStamp"] == stamp


def test_every_link_has_a_rel_a_type_and_an_absolute_address(strait_client: TestClient) -> None:
    for one in strait_client.get(f"{ITEMS}?limit=2&offset=2").json()["links"]:
        assert one["rel"]
        assert one["type"]
        assert one["href"].startswith("http://127.0.0.1:8000/")
        assert strait_client.get(one["href"]).status_code == 200


def test_features_are_geo_json_by_media_type(strait_client: TestClient) -> None:
    for address in (ITEMS, f"{ITEMS}/alaska"):
        assert strait_client.get(address).headers["content-type"] == "application/geo+json"


def test_one_item_says_where_it_belongs(strait_client: TestClient) -> None:
    item = strait_client.get(f"{ITEMS}/date_line").json()
    assert item["type"] == "Feature"
    assert item["id"] == "date_line"
    assert item["geometry"] == {"type": "Point", "coordinates": [180.0, 65.0]}
    rels = {one["rel"]: one["href"] for one in item["links"]}
    assert rels["self"] == f"http://127.0.0.1:8000{ITEMS}/date_line?f=json"
    assert rels["collection"] == "http://127.0.0.1:8000/collections/strait"


def test_the_answer_of_a_feature_is_the_same_alone_and_in_the_list(
    strait_client: TestClient,
) -> None:
    listed = strait_client.get(ITEMS).json()["features"]
    for feature in listed:
        alone = strait_client.get(f"{ITEMS}/{feature['id']}").json()
        del alone["links"]
        assert alone == feature


@pytest.mark.parametrize(
    "query",
    [
        "bbox=1,2,3",
        "bbox=1,2,3,4,5",
        "bbox=NaN,0,1,1",
        "bbox=inf,0,1,1",
        "bbox=-181,0,1,1",
        "bbox=0,0,1,91",
        "bbox=0,50,1,40",
        "bbox=",
        "bbox=1_0,2,3,4",
        "bbox=١,٢,٣,٤",
        "bbox=0x1,2,3,4",
        "bbox=" + "1," * 3000,
        "bbox=1,2,3,4&bbox=1,2,3,4",
        "bbox=1,2,3,4&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/3857",
        "datetime=yesterday",
        "datetime=2020-13-01",
        "datetime=2020-00",
        "datetime=0000",
        "datetime=2021/2020",
        "datetime=٢٠٢٠",
        "datetime=1/2/3",
        "limit=0",
        "limit=-1",
        "limit=1.5",
        "limit=many",
        "limit=",
        "limit=١٠",
        "limit=%00",
        "limit=+5",
        "offset=-1",
        "offset=99999999999999999999",
        "offset=1e3",
        "status=settled",
        "evidence=none",
        "colour=red",
        "STATUS=agreed",
        "f=xml",
        "f=json&f=json",
        "crs=http://www.opengis.net/def/crs/EPSG/0/3857",
        "filter=status='agreed'",
        "tags.nothing=1",
        "%FF%FE=1",
        "limit=%F0%28",
        "name=" + "x" * 1001,
    ],
)
def test_a_wild_parameter_is_a_problem_and_never_a_fault(
    strait_client: TestClient, query: str
) -> None:
    answer = strait_client.get(f"{ITEMS}?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail", "instance", "advice"}
    assert (problem["status"], problem["instance"]) == (400, ITEMS)
    assert len(answer.content) < 2500


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("stauts", "status"), ("limt", "limit"), ("BBOX", "bbox"), ("party", "parties")],
)
def test_an_unknown_parameter_is_refused_with_the_nearest_name(
    strait_client: TestClient, wrong: str, right: str
) -> None:
    detail = strait_client.get(f"{ITEMS}?{wrong}=1").json()["detail"]
    assert detail.endswith(f"did you mean {right}?")


def test_an_unknown_feature_is_a_404_that_says_where_to_look(strait_client: TestClient) -> None:
    answer = strait_client.get(f"{ITEMS}/{'x' * 3000}")
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:marchland:problem:no-such-feature"
    assert len(answer.content) < 1500


def test_an_interval_that_is_open_at_both_ends_means_any_time(strait_client: TestClient) -> None:
    assert len(ids(strait_client, "datetime=../..")) == 7


def test_a_bbox_of_the_whole_world_finds_all_but_what_has_no_place(
    strait_client: TestClient,
) -> None:
    assert len(ids(strait_client, "bbox=-180,-90,180,90")) == 6


def test_real_bering_data_is_found_on_both_sides_of_180(client: TestClient) -> None:
    address = "/collections/bering_transits/items"
    both = client.get(f"{address}?bbox=170,55,-160,70&limit=10000").json()["numberMatched"]
    west = client.get(f"{address}?bbox=170,55,180,70&limit=10000").json()["numberMatched"]
    assert both > west > 0


def test_the_stamp_of_our_data_is_a_day_that_has_been(client: TestClient) -> None:
    stamp = client.get("/collections/airbases/items").json()["timeStamp"]
    assert date.fromisoformat(stamp[:10]) >= date(2026, 11, 22)
