"""Headers and methods: the same care on every answer, whoever made it."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from layers.collection import Collection

Make = Callable[..., Any]
ADDRESSES = [
    "/",
    "/?f=html",
    "/conformance",
    "/api",
    "/collections",
    "/collections/strait",
    "/collections/strait/queryables",
    "/collections/strait/items",
    "/collections/strait/items/alaska",
    "/licences",
    "/schemas/feature.json",
    "/healthz",
    "/maps",
    "/maps/strait",
    "/embed/strait",
    "/nowhere",
    "/collections/nothing",
    "/collections/strait/items?bbox=x",
]


@pytest.fixture(scope="module")
def strait_client(make_client: Make, strait: Collection) -> TestClient:
    made: TestClient = make_client(strait)
    return made


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_security_headers(strait_client: TestClient, address: str) -> None:
    headers = strait_client.get(address).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cross-origin-resource-policy"] in ("same-origin", "cross-origin")
    assert headers["access-control-allow-origin"] == "*"
    assert "server" not in headers


def test_a_document_says_what_it_may_load_and_data_may_load_nothing(
    strait_client: TestClient,
) -> None:
    for address in ("/maps/strait", "/maps/strait/static.svg", "/nowhere?f=html"):
        headers = strait_client.get(address).headers
        assert "script-src 'self'; style-src 'self'" in headers["content-security-policy"]
        assert "geolocation=()" in headers["permissions-policy"]
    for address in ("/healthz", "/collections/strait/items", "/maps/strait/static.png"):
        headers = strait_client.get(address).headers
        assert "-src 'self'" not in headers["content-security-policy"]


def test_a_page_that_is_not_sent_again_keeps_its_policy(strait_client: TestClient) -> None:
    page = strait_client.get("/maps/strait")
    again = strait_client.get("/maps/strait", headers={"If-None-Match": page.headers["etag"]})
    assert again.status_code == 304
    assert again.headers["content-security-policy"] == page.headers["content-security-policy"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_get_without_the_body(strait_client: TestClient, address: str) -> None:
    got, head = strait_client.get(address), strait_client.head(address)
    assert head.status_code == got.status_code
    assert head.content == b""
    for name in ("content-length", "content-type", "etag", "vary", "cache-control"):
        assert head.headers.get(name) == got.headers.get(name)


@pytest.mark.parametrize("address", ADDRESSES)
def test_options_answers_a_browser_that_asks_beforehand(
    strait_client: TestClient, address: str
) -> None:
    answer = strait_client.options(address)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "GET" in answer.headers["access-control-allow-methods"]


def test_an_answer_that_says_who_may_frame_it_is_left_alone(strait_client: TestClient) -> None:
    assert (
        "frame-ancestors *" in strait_client.get("/embed/strait").headers["content-security-policy"]
    )
    assert (
        "frame-ancestors 'self'"
        in strait_client.get("/maps/strait").headers["content-security-policy"]
    )


@pytest.mark.parametrize("address", [one for one in ADDRESSES if one.count("/") < 4])
def test_an_unchanged_answer_is_not_sent_again(strait_client: TestClient, address: str) -> None:
    first = strait_client.get(address)
    if first.status_code != 200 or "etag" not in first.headers:
        assert first.headers["cache-control"] == "no-store"
        return
    tag = first.headers["etag"]
    again = strait_client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
