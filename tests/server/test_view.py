"""The parameters ``view`` and ``claimant``: nothing is hidden, the disputed gets a remark."""

from collections.abc import Callable
from typing import Any

import pytest
from shapely import LineString, box
from starlette.testclient import TestClient

from layers.catalogue import Catalogue
from layers.perspective import CONTESTED, concerned, parties_in_dispute, remark
from server.remarks import remark_text

Make = Callable[..., Any]
ITEMS = "/collections/lines/items"


@pytest.fixture(scope="module")
def lines(make_feature: Make, make_collection: Make) -> Any:
    line = LineString([(0, 70), (1, 71)])
    claim = {"status": "claimed", "kind": "unilateral_line"}
    return make_collection(
        "lines",
        make_feature("ca_line", line, **claim, parties=["CA"], tags={"opposite": "US"}),
        make_feature("us_line", line, **claim, parties=["US"], tags={"opposite": "CA"}),
        make_feature(
            *("overlap", box(0, 70, 1, 71)),
            status="disputed",
            parties=["CA", "US"],
            tags={"claimants": "CA US"},
            positions=[{"party": "CA", "text": "The 141st meridian.", "sources": ["s"]}],
        ),
        make_feature("regime", box(2, 70, 3, 71), status="disputed", parties=["NO", "RU"]),
        make_feature("agreed", line, status="agreed", parties=["CA", "US"]),
        make_feature(
            *("overtaken", line),
            **claim,
            parties=["CA"],
            tags={"opposite": "DK GL", "settled_in_substance": True},
        ),
    )


@pytest.fixture(scope="module")
def ours(make_client: Make, lines: Any) -> TestClient:
    made: TestClient = make_client(lines)
    return made


def seen(client: TestClient, view: str) -> dict[str, dict[str, Any]]:
    answer = client.get(f"{ITEMS}?view={view}").json()
    return {one["id"]: one for one in answer["features"]}


def test_neutral_is_the_default_and_says_so(ours: TestClient) -> None:
    plain, named = ours.get(ITEMS), ours.get(f"{ITEMS}?view=neutral")
    assert plain.json()["features"] == named.json()["features"]
    assert plain.json()["view"]["of"] == "neutral"
    assert plain.headers["marchland-view"] == "neutral"
    assert all("view" not in one for one in plain.json()["features"])


@pytest.mark.parametrize("view", ["CA", "US", "NO", "RU", "DK", "GL", "ca"])
def test_only_disputed_features_change_and_none_is_left_out(ours: TestClient, view: str) -> None:
    neutral, told = seen(ours, "neutral"), seen(ours, view)
    assert list(told) == list(neutral)
    for name, one in told.items():
        remarked = one.pop("view", None)
        assert (
            one == neutral[name]
        )  # geometry and properties are the same, byte for byte in meaning
        if remarked:
            assert one["properties"]["status"] in CONTESTED
            assert remarked["of"] == view.upper()


def test_each_side_of_one_dispute_sees_its_own_claim_and_not_that_of_the_other(
    ours: TestClient,
) -> None:
    words = {
        view: {
            one["id"]: one["view"]["presented_as"]
            for one in seen(ours, view).values()
            if "view" in one
        }
        for view in ("CA", "US", "NO")
    }
    assert words["CA"] == {
        "ca_line": "own_claim",
        "us_line": "not_recognised",
        "overlap": "own_claim",
        "overtaken": "own_claim",
    }
    assert words["US"] == {
        "ca_line": "not_recognised",
        "us_line": "own_claim",
        "overlap": "own_claim",
    }
    assert words["NO"] == {"regime": "party"}


def test_what_a_party_says_is_quoted_with_its_source(ours: TestClient) -> None:
    told = seen(ours, "CA")["overlap"]["view"]
    assert (told["states"], told["sources"]) == ("The 141st meridian.", ["s"])
    assert "states" not in seen(ours, "US")["overlap"]["view"]


def test_only_for_what_is_not_quoted_is_a_reader_sent_to_the_note(catalogue: Catalogue) -> None:
    every = [one for each in catalogue.collections.values() for one in each.features]
    told = [(f, remark(f, party)) for f in every for party in sorted(concerned(f))]
    sent = [(f, one) for f, one in told if one and "the note says" in one.text]
    assert all(f.properties.note and one.stance is None for f, one in sent)
    assert sent
    assert any(one and one.stance and one.presented_as == "party" for _, one in told)
    for f, one in told:
        said = remark_text(f, one.party, {}, "en") if one else ""
        assert ("The note says" in said) is ((f, one) in sent)


def test_the_other_claim_is_named_in_the_sentence(ours: TestClient) -> None:
    assert seen(ours, "CA")["overlap"]["view"]["text"] == "CA claims this; so does US."
    assert (
        seen(ours, "CA")["ca_line"]["view"]["text"] == "CA claims this; it is not accepted by US."
    )
    said = seen(ours, "US")["ca_line"]["view"]["text"]
    assert said == "Claimed by CA; US does not accept it."


def test_a_claim_that_a_later_signature_has_overtaken_says_so_on_both_sides(
    ours: TestClient,
) -> None:
    for view in ("CA", "DK", "GL"):
        assert "later signature" in seen(ours, view)["overtaken"]["view"]["text"]


def test_the_answer_counts_what_the_view_changed_and_names_it_in_the_header(
    ours: TestClient,
) -> None:
    answer = ours.get(f"{ITEMS}?view=us")
    assert answer.json()["view"]["of"] == "US"
    assert answer.json()["view"]["changed"] == 3
    assert answer.headers["marchland-view"] == "US"


def test_the_view_goes_on_with_every_link(ours: TestClient) -> None:
    answer = ours.get(f"{ITEMS}?view=US&limit=2").json()
    for rel in ("self", "next", "alternate"):
        assert "view=US" in next(one["href"] for one in answer["links"] if one["rel"] == rel)


def test_the_page_of_items_names_its_view_and_links_the_others(ours: TestClient) -> None:
    page = ours.get(f"{ITEMS}?view=CA&limit=3&f=html")
    assert page.headers["marchland-view"] == "CA"
    assert '<strong aria-current="true">CA</strong>' in page.text
    assert f'href="{ITEMS}?view=US&amp;limit=3&amp;f=html"' in page.text
    assert f'href="{ITEMS}?view=neutral&amp;limit=3&amp;f=html"' in page.text
    assert "View of CA: own claim." in page.text
    assert "View of CA: not recognised." in page.text
    assert "CA states: The 141st meridian. [A test]" in page.text
    assert f'href="{ITEMS}/ca_line?view=CA&amp;f=html"' in page.text
    plain = ours.get(f"{ITEMS}?f=html")
    assert plain.headers["marchland-view"] == "neutral"
    assert "View of" not in plain.text


def test_the_page_of_an_item_offers_the_views_of_those_whom_it_concerns(ours: TestClient) -> None:
    page = ours.get(f"{ITEMS}/overlap?view=CA&f=html")
    assert page.headers["marchland-view"] == "CA"
    assert "View of CA: own claim." in page.text
    assert 'href="#source-1"' in page.text
    assert f'href="{ITEMS}/overlap?view=US&amp;f=html"' in page.text
    assert "view=NO" not in page.text
    plain = ours.get(f"{ITEMS}/overlap?f=html").text
    assert "Stated positions" in plain  # told of both sides, whatever the view
    assert "View of" not in plain
    assert "view=" not in ours.get(f"{ITEMS}/agreed?f=html").text


def test_one_item_has_a_view_too(ours: TestClient) -> None:
    told = ours.get(f"{ITEMS}/ca_line?view=US")
    assert told.json()["view"]["presented_as"] == "not_recognised"
    assert told.headers["marchland-view"] == "US"
    assert "view=US" in told.json()["links"][0]["href"]
    assert "view" not in ours.get(f"{ITEMS}/agreed?view=US").json()


def test_filters_ask_the_neutral_data(ours: TestClient) -> None:
    found = ours.get(f"{ITEMS}?view=US&status=claimed").json()["features"]
    assert [one["id"] for one in found] == ["ca_line", "us_line", "overtaken"]


@pytest.mark.parametrize("view", ["ZZ", "canada", "", "C", "*"])
def test_a_party_without_a_dispute_has_no_view_and_the_refusal_lists_those_that_have(
    ours: TestClient, view: str
) -> None:
    problem = ours.get(ITEMS, params={"view": view})
    assert problem.status_code == 400
    assert "neutral, CA, DK, GL, NO, RU, US" in problem.json()["detail"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("claimant=NO", ["regime"]),
        ("claimant=us", ["us_line", "overlap", "agreed"]),
        ("claimant=US&status=claimed", ["us_line"]),
        ("claimant=CA&parties=US", ["overlap", "agreed"]),
        ("claimant=IS", []),
    ],
)
def test_claimant_finds_what_a_party_is_named_in(
    ours: TestClient, query: str, found: list[str]
) -> None:
    answer = ours.get(f"{ITEMS}?{query}").json()
    assert [one["id"] for one in answer["features"]] == found


def test_claimant_is_among_the_queryables(ours: TestClient) -> None:
    named = ours.get("/collections/lines/queryables").json()["properties"]
    assert "parties" in named["claimant"]["description"]


def test_in_our_layers_every_remark_concerns_a_disputed_feature_and_its_party(
    catalogue: Catalogue,
) -> None:
    parties = parties_in_dispute(catalogue)
    assert {"CA", "US"} <= set(parties)
    for collection in catalogue.collections.values():
        for feature in collection.features:
            for party in parties:
                said = remark(feature, party)
                contested = feature.properties.status in CONTESTED
                assert (said is not None) == (contested and party in concerned(feature))
