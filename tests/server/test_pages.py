"""Templates, words and the files for the browser."""

import jinja2
import pytest
from starlette.testclient import TestClient

from geo.vocabulary import Evidence, Status
from server import pages
from server.assets import BUNDLES, HOME, address, assets
from server.codes import EVIDENCE, STATUS
from server.words import date_text, figure_text, number_text, position_text, span_text


def test_a_template_escapes_and_refuses_what_is_not_there() -> None:
    made = pages.environment().from_string("{{ text }}")
    assert made.render(text="<b>{{7*7}}</b>") == "&lt;b&gt;{{7*7}}&lt;/b&gt;"
    with pytest.raises(jinja2.UndefinedError):
        made.render()


def test_every_status_and_every_kind_of_evidence_is_explained() -> None:
    assert set(STATUS) == set(Status)
    assert set(EVIDENCE) == set(Evidence)


@pytest.mark.parametrize(
    ("partial", "text"),
    [("2014", "2014"), ("2014-06", "June 2014"), ("2014-06-03", "3 June 2014")],
)
def test_a_date_is_as_exact_as_its_source(partial: str, text: str) -> None:
    assert date_text(partial) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2001-12", "2014", "December 2001 to 2014"),
        ("2014", "2014", "2014"),
        ("2001", None, "since 2001"),
        (None, "2014", "until 2014"),
        (None, None, ""),
    ],
)
def test_a_span_of_dates_reads_as_a_phrase(start: str | None, end: str | None, text: str) -> None:
    assert span_text(start, end) == text


def test_numbers_have_groups_and_no_idle_zeros() -> None:
    assert [number_text(n) for n in (21370, 40.2, 1000000.0, 0.5)] == [
        "21,370", "40.2", "1,000,000", "0.5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("point", "text"),
    [
        ((74.4776, 43.0613), "43.0613°\u00a0N, 74.4776°\u00a0E"),
        ((-168.97694444, 65.5), "65.5°\u00a0N, 168.9769444°\u00a0W"),
        ((-180, -90), "90°\u00a0S, 180°"),
    ],
)
def test_a_position_is_read_with_the_latitude_first(point: tuple[float, float], text: str) -> None:
    assert position_text(point) == text


def test_a_figure_has_its_unit_and_a_year_has_none() -> None:
    assert figure_text({"value": 200, "unit": "M"}) == "200\u00a0nautical miles"
    assert figure_text({"value": 2014, "unit": "year"}) == "2014"
    assert figure_text({"value": 3, "unit": "count"}) == "3"


def test_every_script_and_style_of_ours_is_in_a_bundle() -> None:
    ours = {path.name for path in (HOME / "static").iterdir()}
    assert ours == {part for parts in BUNDLES.values() for part in parts}


def test_a_file_is_kept_for_ever_at_an_address_that_holds_its_digest(client: TestClient) -> None:
    answer = client.get("/assets/" + address("leaflet/leaflet.js"))
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"


def test_every_font_that_the_style_names_is_there(client: TestClient) -> None:
    style = client.get("/assets/" + address("marchland/site.css")).text
    assert "asset:" not in style
    fonts = [line.split('"')[1] for line in style.splitlines() if "src: url(" in line]
    assert len(fonts) >= 10
    for font in fonts:
        answer = client.get("/assets/marchland/" + font)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "font/woff2"


def test_the_alphabets_of_the_places_have_a_font() -> None:
    families = {name.split("/")[0] for name in assets().addresses}
    assert {"noto-sans", "noto-sans-armenian", "noto-sans-georgian", "source-serif-4"} <= families


def test_an_error_is_a_page_for_a_browser(client: TestClient) -> None:
    answer = client.get("/maps/<b>nowhere</b>", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "<h1>" in answer.text
    assert "<b>nowhere" not in answer.text


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("Who differs with whom. A record has no outline.", "Who differs with whom."),
        ("Decree no. 1959 of 2021 says so. More.", "Decree no. 1959 of 2021 says so."),
        ("What is claimed, for 200 M, is here", "What is claimed, for 200 M, is here"),
        ("word, " * 80, "word, " * 53 + "…"),
    ],
)
def test_a_description_is_shortened_behind_its_first_sentence(text: str, begun: str) -> None:
    assert pages.opening(text) == begun.replace(", …", " …")
