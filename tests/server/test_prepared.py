"""Prepared answers: one body, three codings, one tag for each, nothing made twice."""

import gzip
from collections.abc import Callable, Mapping

import brotli
import pytest
from starlette.requests import Request
from starlette.responses import Response

from server.prepared import Prepared, prepare, respond

BODY = b'{"word":"marchland"}' * 100


def asked(method: str = "GET", **headers: str) -> Request:
    pairs = [(k.replace("_", "-").lower().encode(), v.encode()) for k, v in headers.items()]
    return Request({"type": "http", "method": method, "path": "/", "headers": pairs})


@pytest.fixture
def prepared() -> Prepared:
    return prepare(BODY, "application/json")


def decoded(response: Response) -> bytes:
    unpack: Mapping[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.decompress,
        "br": brotli.decompress,
    }
    coding = response.headers.get("content-encoding")
    return unpack[coding](bytes(response.body)) if coding else bytes(response.body)


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("gzip;q=0", None),
        ("*", "br"),
        ("*;q=0.5, br;q=0", "gzip"),
        ("identity;q=1, gzip;q=0.5", None),
        ("GZIP", "gzip"),
        ("gzip;q=nan", None),
        ("gzip;q=oops", None),
        ("zstd", None),
    ],
)
def test_the_coding_is_the_one_that_the_client_ranks_highest(
    prepared: Prepared, header: str, coding: str | None
) -> None:
    response = respond(asked(accept_encoding=header), prepared)
    assert response.headers.get("content-encoding") == coding
    assert decoded(response) == BODY
    assert int(response.headers["content-length"]) == len(response.body)


def test_each_coding_has_a_tag_of_its_own_because_its_bytes_differ(prepared: Prepared) -> None:
    tags = {respond(asked(accept_encoding=c), prepared).headers["etag"] for c in ("", "gzip", "br")}
    assert len(tags) == 3


@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "{} , W/x"])
def test_a_client_that_has_the_bytes_gets_304_without_a_body(
    prepared: Prepared, coding: str, form: str
) -> None:
    tag = respond(asked(accept_encoding=coding), prepared).headers["etag"]
    request = asked(accept_encoding=coding, if_none_match=form.format(tag))
    response = respond(request, prepared)
    assert (response.status_code, bytes(response.body)) == (304, b"")
    assert response.headers["etag"] == tag
    assert "content-encoding" not in response.headers


def test_a_star_matches_whatever_there_is(prepared: Prepared) -> None:
    assert respond(asked(if_none_match="*"), prepared).status_code == 304


def test_another_tag_gets_the_body(prepared: Prepared) -> None:
    assert respond(asked(if_none_match='"stale"'), prepared).status_code == 200


def test_head_has_the_length_of_what_get_would_send(prepared: Prepared) -> None:
    got, head = (respond(asked(m, accept_encoding="gzip"), prepared) for m in ("GET", "HEAD"))
    assert bytes(head.body) == b""
    assert head.headers["content-length"] == got.headers["content-length"]


def test_two_preparations_give_the_same_bytes_in_every_coding() -> None:
    first, second = prepare(BODY, "application/json"), prepare(BODY, "application/json")
    assert dict(first.bodies) == dict(second.bodies)


def test_what_is_compressed_already_is_left_alone() -> None:
    assert set(prepare(BODY, "font/woff2").bodies) == {"identity"}


def test_a_short_body_is_left_alone() -> None:
    assert set(prepare(b"{}", "application/json").bodies) == {"identity"}


def test_vary_names_the_header_that_chose_and_keeps_what_the_caller_said() -> None:
    made = prepare(BODY, "application/json", {"Vary": "Accept"})
    assert respond(asked(), made).headers["vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize(
    ("max_age", "immutable", "said"),
    [
        (0, False, "no-cache"),
        (60, False, "public, max-age=60"),
        (0, True, "public, max-age=31536000, immutable"),
    ],
)
def test_caches_are_told_how_long(
    prepared: Prepared, max_age: int, immutable: bool, said: str
) -> None:
    response = respond(asked(), prepared, max_age=max_age, immutable=immutable)
    assert response.headers["cache-control"] == said


def test_a_vector_tile_is_offered_as_gzip_alone_like_one_from_a_pack() -> None:
    for size in (50, 5_000):
        prepared = prepare(b"tile words " * size, "application/vnd.mapbox-vector-tile")
        assert sorted(prepared.bodies) == ["gzip", "identity"]
        assert gzip.decompress(prepared.bodies["gzip"]) == prepared.body
