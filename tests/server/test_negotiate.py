"""Whether a page or JSON is wanted."""

import pytest
from starlette.requests import Request

from server.errors import UnknownFormat
from server.negotiate import wants_html

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def asked(accept: str | None, query: str = "") -> Request:
    headers = [] if accept is None else [(b"accept", accept.encode("latin-1"))]
    return Request({"type": "http", "headers": headers, "query_string": query.encode()})


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        (None, False),
        ("*/*", False),
        ("", False),
        ("application/json", False),
        ("application/geo+json", False),
        (FIREFOX, True),
        ("text/html", True),
        ("TEXT/HTML", True),
        ("application/xhtml+xml", True),
        ("text/html, application/json", False),
        ("text/html;q=0.9, application/json;q=0.8", True),
        ("text/html;q=0.8, application/geo+json;q=0.9", False),
        ("text/html;q=0, */*", False),
        ("text/*", True),
        ("image/png", False),
        ("text/html;q=oops", False),
        (";;;,,,;q=", False),
        ("text/html;q=nan", False),
    ],
)
def test_a_page_only_where_html_really_outranks(accept: str | None, page: bool) -> None:
    assert wants_html(asked(accept)) is page


@pytest.mark.parametrize(("query", "page"), [("f=html", True), ("f=json", False)])
@pytest.mark.parametrize("accept", [FIREFOX, "application/json", None])
def test_f_goes_before_the_header(accept: str | None, query: str, page: bool) -> None:
    assert wants_html(asked(accept, query)) is page


@pytest.mark.parametrize("query", ["f=", "f=xml", "f=HTML", "f=" + "x" * 1000])
def test_another_format_is_refused(query: str) -> None:
    with pytest.raises(UnknownFormat, match="write f=json or f=html"):
        wants_html(asked(FIREFOX, query))
