"""Links: whatever an id holds, the address leads back to it; nothing foreign gets in."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from server.links import Links, link

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def asked(host: str, root_path: str = "") -> Request:
    headers = [(b"host", host.encode("latin-1"))]
    scope = {"type": "http", "scheme": "http", "path": "/", "query_string": b"", "headers": headers}
    return Request({**scope, "root_path": root_path})


@given(WORDS, WORDS, WORDS)
def test_an_id_and_a_value_come_back_from_the_address(id: str, feature: str, value: str) -> None:
    parts = urlsplit(Links("http://a.example").item(id, feature, f=value))
    assert [unquote(part) for part in parts.path.split("/")[1:]] == [
        *("collections", id, "items", feature)
    ]
    assert parse_qs(parts.query, keep_blank_values=True) == {"f": [value]}
    assert parts.netloc == "a.example"


@given(WORDS)
def test_an_address_holds_no_sign_that_html_or_a_header_would_read(id: str) -> None:
    assert not set(Links().item(id, id, f=id)) & set("<>\"' \r\n{}`\\")


def test_without_a_base_links_are_paths() -> None:
    assert Links().collection("a") == "/collections/a"
    assert Links("/below").collection("a") == "/below/collections/a"


def test_a_configured_address_goes_before_the_one_that_was_asked() -> None:
    links = Links.of(asked("evil.example"), "https://maps.example.org/m")
    assert links.landing() == "https://maps.example.org/m/"


def test_absolute_links_start_with_what_the_client_asked() -> None:
    assert Links.of(asked("10.0.0.7:8000", "/m")).api() == "http://10.0.0.7:8000/m/api"
    assert Links.of(asked("[::1]:8000")).api() == "http://[::1]:8000/api"


@pytest.mark.parametrize("host", ["", "a b", "a/b", '"><script>', "a\r\nb", "é.example", "u@h"])
def test_a_host_that_is_no_name_does_not_get_into_a_link(host: str) -> None:
    assert Links.of(asked(host)).api() == "/api"


def test_a_link_has_a_rel_and_a_type() -> None:
    assert link("/a", "self", "text/html") == {"href": "/a", "rel": "self", "type": "text/html"}
