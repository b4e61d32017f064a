"""Time, perspective and the table on the page of a map, without scripts."""

import re
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from layers.catalogue import Catalogue
from layers.maps import load_maps
from server.api.downloads import FORMS
from server.maps.twin import FILES

PAGE = {"Accept": "text/html"}
HOSTILE = [
    "<script>alert(1)</script>",
    "2014'\"><img src=x onerror=alert(1)>",
    "{{7*7}}",
    "../..",
    "2014-13",
    "2014-02-30",
    "0000",
    "2014/2016",
    "\u0662\u0660\u0661\u0664",
    "A" * 5000,
]


class _Rows(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[dict[str, str | None]] = []
        self.views: list[str] = []
        self.days: list[str] = []
        self.selected: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "tr" and "data-id" in given:
            self.rows.append(given)
        if tag == "a" and "data-view" in given:
            self.views.append(str(given["data-view"]))
        if tag == "li" and "data-day" in given:
            self.days.append(str(given["data-day"]))
        if tag == "a" and given.get("aria-current") == "date":
            self.selected = given["href"]


def page(client: TestClient, path: str, **query: str) -> str:
    answer = client.get(path, params=query, headers=PAGE)
    assert answer.status_code == 200
    return answer.text


def read(text: str) -> _Rows:
    reader = _Rows()
    reader.feed(text)
    return reader


def still(text: str) -> str:
    found = re.search(r'class="map-still" src="([^"]*)"', text)
    assert found
    return found[1].replace("&amp;", "&")


def test_the_table_has_a_row_for_each_feature_of_the_overlays(
    client: TestClient, catalogue: Catalogue
) -> None:
    rows = read(page(client, "/maps/central_asia")).rows
    own = [str(one["data-id"]) for one in rows if one["data-in"] == "airbases"]
    assert sorted(own) == sorted(one.id for one in catalogue["airbases"].features)


def test_a_time_puts_the_picture_and_the_slider_there(client: TestClient) -> None:
    text = page(client, "/maps/central_asia", datetime="2005-11-22")
    assert still(text) == "/maps/central_asia/static.png?datetime=2005-11-22"
    assert str(read(text).selected).endswith("&datetime=2005-11-22")
    assert 'class="time-all"' not in text
    assert 'aria-valuetext="22 November 2005"' in text
    assert "K2: US air base, 2001–2005: until 21 November 2005, not after" in re.sub(
        r"</?span>", "", text
    )


def test_the_days_of_the_list_are_in_order_and_none_is_there_twice(client: TestClient) -> None:
    for name in load_maps():
        days = read(page(client, f"/maps/{name}")).days
        assert days == sorted(set(days))
        assert days


def test_a_map_whose_features_have_no_dates_has_no_slider(client: TestClient) -> None:
    assert 'type="range"' not in page(client, "/maps/arctic_base_points")
    assert 'type="range"' in page(client, "/maps/airbases")


def test_a_page_says_its_view_and_which_ones_there_are(client: TestClient) -> None:
    text = page(client, "/maps/arctic_claims")
    assert "Neutral view" in text
    assert {"neutral", "CA", "US", "RU", "NO", "DK"} <= set(read(text).views)
    assert not any("data-as" in row for row in read(text).rows)


def test_a_view_changes_the_disputed_features_of_that_party_only(
    client: TestClient, catalogue: Catalogue
) -> None:
    neutral = read(page(client, "/maps/arctic_claims")).rows
    text = page(client, "/maps/arctic_claims", view="ca")
    assert "As stated by Canada – disputed features only" in text
    assert still(text) == "/maps/arctic_claims/static.png?view=CA"
    rows = read(text).rows
    assert [one["data-id"] for one in rows] == [one["data-id"] for one in neutral]
    told = [one for one in rows if "data-as" in one]
    assert told
    for one in told:
        feature = catalogue[str(one["data-in"])].by_id[str(one["data-id"])]
        assert feature.properties.status in ("claimed", "disputed")


def test_links_to_other_views_and_projections_keep_the_time(client: TestClient) -> None:
    text = page(client, "/maps/arctic_claims", view="US", datetime="1990", theme="dark")
    hrefs = re.findall(r'href="(/maps/arctic_claims\?[^"]*)" data-(?:to|view)', text)
    assert len(hrefs) > 5
    assert all("datetime=1990" in one and "theme=dark" in one for one in hrefs)
    assert still(text).endswith("?datetime=1990&view=US&theme=dark")


@pytest.mark.parametrize("wild", HOSTILE)
def test_what_cannot_be_read_is_said_without_being_repeated(client: TestClient, wild: str) -> None:
    text = page(client, "/maps/arctic_claims", datetime=wild, view=wild)
    assert "The address asks for a time that cannot be read" in text
    assert "The address asks for the view of a party that is in no dispute" in text
    assert "Neutral view" in text
    assert still(text) == "/maps/arctic_claims/static.png"
    assert "alert(1)" not in text
    assert "A" * 100 not in text


@pytest.mark.parametrize("view", ["ZZ", "KG"])
def test_a_party_that_is_in_no_dispute_here_is_refused(client: TestClient, view: str) -> None:
    text = page(client, "/maps/arctic_claims", view=view)
    assert "in no dispute on this map" in text
    assert "Neutral view" in text


def test_each_layer_can_be_had_as_a_file_and_says_how_to_cite_it(client: TestClient) -> None:
    assert list(FILES) == list(FORMS)
    text = page(client, "/maps/bering")
    for layer in ("bering_transits", "arctic_boundaries", "bering_events", "land"):
        for form in FILES:
            assert f'href="/collections/{layer}/download.{form}"' in text
    assert text.count("Citation</summary>") >= 7
    assert "http://127.0.0.1:8000/collections/bering_events" in text
