"""`/where` and `marchland where`: what lies at a position, told with its doubts and its sources."""

import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from shapely import LineString, Polygon, box
from starlette.testclient import TestClient

from layers.catalogue import Catalogue
from layers.where import Where
from server.answer_where import where_document
from server.commands.where import lines_of
from server.headers import POLICY
from server.links import Links

Make = Callable[..., Any]


def sea(west: float, east: float) -> Polygon:
    """From the coast at 62° N to 66° N, with vertices so dense that an edge is an edge."""
    return box(west, 62, east, 66).segmentize(0.05)


@pytest.fixture(scope="module")
def planet(make_feature: Make, make_collection: Make) -> list[Any]:
    """Two countries, two zones that share the meridian 10° E, a pocket over the pole."""
    cap = Polygon(
        [(-180, 80), *[(x, 80) for x in range(-170, 180, 10)], (180, 80), (180, 90), (-180, 90)]
    )
    return [
        make_collection("land", make_feature("land", box(0, 60, 20, 62)), role="base"),
        make_collection(
            "countries",
            make_feature("no", box(0, 60, 10, 62), name="Norway", parties=["NO"]),
            make_feature("ru", box(10, 60, 20, 62), name="Russia", parties=["RU"]),
            role="base",
        ),
        make_collection(
            "arctic_zones",
            make_feature("no_zone", sea(0, 10), kind="zone", parties=["NO"], evidence="official"),
            make_feature("ru_zone", sea(10, 20), kind="zone", parties=["RU"], evidence="official"),
            make_feature("special", box(5, 64, 6, 65), kind="special_area", parties=["RU"]),
            make_feature(
                *("contested", box(14, 64, 15, 65)),
                kind="overlap",
                status="disputed",
                parties=["NO", "RU"],
                positions=[{"party": "NO", "text": "It is ours.", "sources": ["s"]}],
            ),
        ),
        make_collection("arctic_high_seas", make_feature("cap", cap, kind="high_seas_pocket")),
        make_collection(
            "arctic_disputes",
            make_feature(
                *("quarrel", None),
                status="disputed",
                parties=["NO", "RU"],
                tags={"features": "arctic_zones/contested arctic_boundaries/line"},
                positions=[{"party": "RU", "text": "It is theirs.", "sources": ["s"]}],
            ),
        ),
        make_collection(
            "arctic_boundaries",
            make_feature(
                "line",
                LineString([(10, 62), (10, 64), (10, 66)]),
                status="agreed",
                evidence="official",
            ),
        ),
    ]


@pytest.fixture(scope="module")
def ours(make_client: Make, planet: list[Any]) -> TestClient:
    made: TestClient = make_client(*planet)
    return made


def at(client: TestClient, lon: float | str, lat: float | str, more: str = "") -> dict[str, Any]:
    answer = client.get(f"/where?lon={lon}&lat={lat}{more}")
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


def ids(document: dict[str, Any], part: str) -> list[str]:
    return [one["id"] for one in document[part]]


def test_a_position_at_sea_has_its_zone_and_no_country(ours: TestClient) -> None:
    told = at(ours, 3, 63.5)
    assert ids(told, "zones") == ["no_zone"]
    assert told["zones"][0]["relation"] == "inside"
    assert told["country"] == []
    assert told["surface"] == "sea"


def test_a_special_area_stands_apart_from_the_zone_around_it(ours: TestClient) -> None:
    told = at(ours, 5.5, 64.5)
    assert (ids(told, "zones"), ids(told, "special_areas")) == (["no_zone"], ["special"])


def test_on_a_boundary_both_sides_are_named_and_none_is_decided(ours: TestClient) -> None:
    told = at(ours, 10, 65)
    assert set(ids(told, "zones")) == {"no_zone", "ru_zone"}
    assert {one["relation"] for one in told["zones"]} == {"undecided"}
    line = told["boundaries"][0]
    assert (line["id"], line["distance_m"], line["bearing"]) == ("line", 0.0, None)
    assert line["undecided"]


@pytest.mark.parametrize("lon", [9.9945, 10.0055])  # 260 m on either side
def test_within_300_m_of_a_line_no_side_is_decided(ours: TestClient, lon: float) -> None:
    told = at(ours, lon, 65)
    assert set(ids(told, "zones")) == {"no_zone", "ru_zone"}
    assert {one["relation"] for one in told["zones"]} == {"undecided"}
    drawn = {one["id"] for one in told["zones"] if one["drawn_inside"]}
    assert drawn == {"no_zone" if lon < 10 else "ru_zone"}


def test_beyond_300_m_one_side_is_decided_unless_the_position_is_worse(ours: TestClient) -> None:
    told = at(ours, 9.99, 65)
    assert (ids(told, "zones"), told["zones"][0]["relation"]) == (["no_zone"], "inside")
    told = at(ours, 9.99, 65, "&accuracy_m=500")
    assert set(ids(told, "zones")) == {"no_zone", "ru_zone"}
    assert told["boundaries"][0]["margin_m"] == 800


def test_distances_are_given_in_kilometres_and_nautical_miles_with_a_bearing(
    ours: TestClient,
) -> None:
    line = at(ours, 9, 64)["boundaries"][0]
    assert line["distance_km"] == pytest.approx(48.9, abs=0.1)
    assert line["distance_M"] * 1.852 == pytest.approx(line["distance_km"], abs=0.001)
    assert line["bearing"] == pytest.approx(90 - math.sin(math.radians(64)), abs=0.1)
    assert line["point"][0] == pytest.approx(10)


@pytest.mark.parametrize("lon", ["-180", "0", "77.7", "180"])
def test_at_the_pole_the_answer_is_the_same_under_every_longitude(
    ours: TestClient, lon: str
) -> None:
    told = at(ours, lon, 90)
    assert ids(told, "high_seas") == ["cap"]
    assert told["high_seas"][0]["relation"] == "inside"
    coast = told["coast"][0]
    assert coast["bearing"] is None
    assert 0 <= coast["along_meridian"] <= 20
    assert coast["distance_km"] == pytest.approx(3_126, abs=2)


@pytest.mark.parametrize("lon", ["180", "-180"])
def test_both_names_of_the_antimeridian_are_one_position(ours: TestClient, lon: str) -> None:
    told = at(ours, lon, 85)
    assert ids(told, "high_seas") == ["cap"]
    assert told["high_seas"][0]["relation"] == "inside"  # the cut at 180° is no edge


def test_inland_the_country_is_decided_and_the_coast_says_whose_it_is(ours: TestClient) -> None:
    told = at(ours, 4, 61)
    assert (ids(told, "country"), told["surface"]) == (["no"], "land")
    assert [one["id"] for one in told["coast"][0]["countries"]] == ["no"]


def test_a_collection_that_is_not_there_is_said_and_not_taken_for_empty(ours: TestClient) -> None:
    told = at(ours, 3, 63)
    assert {"part": "shelf", "collection": "arctic_shelf"} in told["notLoaded"]
    assert "shelf" not in told
    assert any("notLoaded" in note for note in told["notes"])


def test_south_of_what_a_layer_shows_it_is_said_to_tell_nothing(ours: TestClient) -> None:
    told = at(ours, 3, 10)
    assert {"arctic_zones", "arctic_high_seas"} <= set(told["notCovered"])
    assert told["zones"] == []


def test_everything_named_is_cited_and_linked(ours: TestClient) -> None:
    told = at(ours, 3, 64)
    for one in (*told["zones"], *told["boundaries"], *told["coast"]):
        assert one["sources"][0]["title"] == "A test"
        assert one["licence"] == "CC0-1.0"
        assert one["attribution"] == "us"
        assert ours.get(one["href"]).json()["id"] == one["id"]


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("lon=3", "bad-position"),
        ("lat=3", "bad-position"),
        ("lon=181&lat=0", "bad-position"),
        ("lon=0&lat=-90.1", "bad-position"),
        ("lon=540&lat=0", "bad-position"),
        ("lon=0&lat=90.0001", "bad-position"),
        ("lon=nan&lat=0", "bad-position"),
        ("lon=0&lat=NaN", "bad-position"),
        ("lon=inf&lat=0", "bad-position"),
        ("lon=&lat=0", "bad-position"),
        ("lon=1e1&lat=0", "bad-position"),
        ("lon=0&lat=0&accuracy_m=-1", "bad-parameter"),
        ("lon=0&lat=0&accuracy_m=1e3", "bad-parameter"),
        ("lon=0&lat=0&accuracy_m=1000001", "bad-parameter"),
        ("lon=0&lat=0&view=ZZ", "bad-parameter"),
        ("lon=0&lon=1&lat=0", "bad-parameter"),
        ("lng=0&lat=0", "unknown-parameter"),
        ("lon=0&lat=0&f=xml", "unknown-format"),
    ],
)
def test_a_bad_position_is_refused_as_a_problem(ours: TestClient, query: str, kind: str) -> None:
    answer = ours.get(f"/where?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == f"urn:marchland:problem:{kind}"


def test_positions_may_be_written_with_letters_and_minutes(ours: TestClient) -> None:
    told = at(ours, "3%C2%B030'E", "63.5N")
    assert (told["position"]["lon"], told["position"]["lat"]) == (3.5, 63.5)
    assert told["position"]["text"] == "63°30.00′N 003°30.00′E"


def test_without_a_position_the_answer_says_how_to_ask(ours: TestClient) -> None:
    assert "lon" in ours.get("/where").json()["description"]
    page = ours.get("/where", headers={"Accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")
    assert 'name="lon"' in page.text


def test_a_page_tells_the_same(ours: TestClient) -> None:
    page = ours.get("/where?lon=10&lat=65&f=html")
    assert page.status_code == 200
    assert "Too near to decide" in page.text
    assert "no_zone" in page.text
    assert "Not loaded" in page.text


def test_a_form_may_be_sent_from_that_page_and_from_no_other(ours: TestClient) -> None:
    for address in ("/where?f=html", "/where?lon=10&lat=65&f=html"):
        policy = ours.get(address).headers["content-security-policy"]
        assert "form-action 'self'" in policy
        assert policy.replace("form-action 'self'", "form-action 'none'") == POLICY
    for address in ("/?f=html", "/where?lon=999&lat=0&f=html"):
        assert ours.get(address).headers["content-security-policy"] == POLICY
    for address in ("/where", "/where?lon=10&lat=65"):
        assert "form-action" not in ours.get(address).headers["content-security-policy"]


def test_the_form_keeps_what_was_asked_and_offers_every_view(ours: TestClient) -> None:
    page = ours.get("/where?lon=14.5&lat=64.5&accuracy_m=700&view=no&f=html").text
    for kept in ('value="14.5"', 'value="64.5"', 'value="700"', '<option value="NO" selected>'):
        assert kept in page
    assert '<option value="neutral">neutral</option>' in page
    assert '<option value="RU">' in page
    assert "Norway states: It is ours." in page
    assert "<script" not in page


def test_it_is_found_from_the_landing_page_and_from_every_other(ours: TestClient) -> None:
    for address in ("/", "/collections", "/licences"):
        assert 'href="/where?f=html"' in ours.get(address, params={"f": "html"}).text
    assert any(one["href"].endswith("/where") for one in ours.get("/").json()["links"])


def test_an_answer_has_an_entity_tag_and_is_not_sent_twice(ours: TestClient) -> None:
    first = ours.get("/where?lon=3&lat=63.5")
    tag = first.headers["etag"]
    again = ours.get("/where?lon=3&lat=63.5", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert again.headers["marchland-view"] == "neutral"
    assert "Accept" in again.headers["vary"]
    assert ours.get("/where?lon=3.1&lat=63.5").headers["etag"] != tag


@pytest.mark.parametrize(
    "query", ["", "?lon=3&lat=63.5", "?lon=3&lat=63.5&f=html", "?lon=540&lat=0"]
)
def test_head_is_get_without_the_body(ours: TestClient, query: str) -> None:
    got, head = ours.get(f"/where{query}"), ours.head(f"/where{query}")
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert dict(head.headers) == dict(got.headers)


def test_where_three_zones_meet_all_are_named_and_none_is_decided(
    make_client: Make, make_feature: Make, make_collection: Make
) -> None:
    boxes = {"a": box(0, 62, 10, 66), "b": box(10, 62, 20, 64), "c": box(10, 64, 20, 66)}
    shapes = [make_feature(name, one.segmentize(0.05), kind="zone") for name, one in boxes.items()]
    three = make_client(make_collection("arctic_zones", *shapes))
    told = at(three, 10, 64)
    assert {one["id"]: one["relation"] for one in told["zones"]} == dict.fromkeys(
        "abc", "undecided"
    )
    told = at(three, 9.9, 64)
    assert [(one["id"], one["relation"]) for one in told["zones"]] == [("a", "inside")]


def test_who_reads_how_to_ask_does_not_wait_at_the_first_question(
    make_app: Make, planet: list[Any]
) -> None:
    app = make_app(*planet)
    assert not app.state.site.where.ready
    with TestClient(app) as client:
        assert client.get("/where").status_code == 200
    assert app.state.site.where.ready


def test_the_view_of_a_party_adds_what_it_holds_and_takes_nothing_away(ours: TestClient) -> None:
    neutral, seen = at(ours, 14.5, 64.5), at(ours, 14.5, 64.5, "&view=NO")
    assert ids(seen, "zones") == ids(neutral, "zones") == ["contested", "ru_zone"]
    assert seen["zones"][0]["view"]["states"] == "It is ours."
    assert "view" not in seen["zones"][1]
    assert (neutral["view"]["of"], seen["view"]["of"]) == ("neutral", "NO")
    assert seen["view"]["changed"] == 2  # the area, and the dispute about it


def test_a_dispute_is_named_in_its_area_and_at_its_line_and_nowhere_else(ours: TestClient) -> None:
    (found,) = at(ours, 14.5, 64.5)["disputes"]
    assert (found["id"], found["through"]) == ("quarrel", ["arctic_zones/contested"])
    assert found["positions"][0]["text"] == "It is theirs."
    assert at(ours, 10, 65)["disputes"][0]["through"] == ["arctic_boundaries/line"]
    assert at(ours, 3, 63)["disputes"] == []


def test_a_limit_s_own_accuracy_decides_where_limits_are_loaded(
    make_client: Make, make_feature: Make, make_collection: Make, planet: list[Any]
) -> None:
    limits = make_collection(
        "arctic_limits",
        make_feature(
            *("rough", LineString([(10, 62), (10, 64), (10, 66)])),
            evidence="computed",
            accuracy_m=5000,
            tags={"between": "no_zone ru_zone"},
        ),
    )
    told = at(make_client(*planet, limits), 9.95, 65)  # 2.4 km off
    assert {one["relation"] for one in told["zones"]} == {"undecided"}
    assert set(ids(told, "zones")) == {"no_zone", "ru_zone"}
    assert {one["line"]["id"] for one in told["zones"]} == {"rough"}
    told = at(make_client(*planet, limits), 5, 62.01)  # 1.1 km off a coast of no known accuracy
    assert told["zones"][0]["relation"] == "undecided"
    assert told["zones"][0]["line"]["id"] == "land"


def test_the_description_of_the_api_lists_it(ours: TestClient) -> None:
    api = ours.get("/api").json()
    names = {one["$ref"].rpartition("/")[2] for one in api["paths"]["/where"]["get"]["parameters"]}
    assert names == {"f", "pageLang", "lon", "lat", "accuracy_m", "view"}


def test_the_command_says_it_in_lines(ours: TestClient) -> None:
    lines = lines_of(at(ours, 10, 65))
    assert lines[0] == "65°00.00′N 010°00.00′E  (sea)"
    assert "  zone: no_zone (context), 0.000 km (0.000 M), do not decide: within 300 m" in lines
    assert any(line.startswith("  not loaded, so not asked: arctic_") for line in lines)
    assert any("coast of" in line for line in lines_of(at(ours, 3, 63)))
    assert any("along the meridian" in line for line in lines_of(at(ours, 3, 90)))


def test_an_answer_takes_few_steps_wherever_in_the_north_it_is(
    catalogue: Catalogue, cache: Path
) -> None:
    """Calls of functions, which are the same on every machine; `tests/bench` measures the time."""
    where, told = Where(catalogue, cache), dict[tuple[str, str], Any]()
    where.prepare()

    def steps(at: tuple[float, float]) -> int:
        calls = list[str]()
        sys.setprofile(lambda frame, event, arg: calls.append(event))
        orjson.dumps(where_document(where.ask(at), catalogue, Links(), "neutral", told))
        sys.setprofile(None)
        return sum(event in ("call", "c_call") for event in calls)

    north = [(lon + 0.1, lat + 0.1) for lat in range(46, 90, 2) for lon in range(-175, 180, 35)]
    steps(north[0])  # opens the indices
    assert 500 < max(map(steps, north)) < 2500  # it is 2,100
