"""Every error that we can raise has a row in the one table, and its answer is RFC 9457."""

import inspect
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

import geo.errors
import layers.errors
import server.errors
from server.errors import KINDS, kind_of

Make = Callable[..., Any]
MODULES = (geo.errors, layers.errors, server.errors)
MEMBERS = {"type", "title", "status", "detail", "instance", "advice"}


def errors_of(module: ModuleType) -> Iterator[type[Exception]]:
    for _, one in inspect.getmembers(module, inspect.isclass):
        if issubclass(one, Exception) and one.__module__ == module.__name__:
            yield one


@pytest.mark.parametrize("error", [error for module in MODULES for error in errors_of(module)])
def test_every_error_class_of_every_floor_has_a_row(error: type[Exception]) -> None:
    assert error in KINDS


def test_no_row_stands_for_a_class_that_is_gone() -> None:
    assert set(KINDS) == {error for module in MODULES for error in errors_of(module)}


def test_every_row_says_something_and_no_two_kinds_share_a_slug_by_mistake() -> None:
    for kind in KINDS.values():
        assert 400 <= kind.status < 600
        assert kind.title
        assert kind.advice
    titles = {(kind.slug, kind.title) for kind in KINDS.values()}
    assert len({slug for slug, _ in titles}) == len(titles)


def test_a_class_without_a_row_takes_that_of_the_nearest_class_above() -> None:
    class Worse(geo.errors.BadBBox):
        pass

    assert kind_of(Worse("x")) is KINDS[geo.errors.BadBBox]


@pytest.fixture
def failing(make_app: Make) -> Callable[[Exception], TestClient]:
    def make(error: Exception) -> TestClient:
        app: FastAPI = make_app()

        @app.get("/fails")
        async def fails() -> None:
            raise error

        return TestClient(app)

    return make


@pytest.mark.parametrize("error", [e for e in KINDS if e is not layers.errors.BadLayer])
def test_every_error_reaches_the_client_as_a_problem_with_its_status(
    failing: Callable[[Exception], TestClient], error: type[Exception]
) -> None:
    answer = failing(error("what, where, what to do")).get("/fails")
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(problem) == MEMBERS
    assert answer.status_code == problem["status"] == KINDS[error].status
    assert problem["detail"] == "what, where, what to do"
    assert problem["instance"] == "/fails"


def test_an_error_that_nobody_expected_gives_nothing_away_and_is_logged(
    failing: Callable[[Exception], TestClient], caplog: pytest.LogCaptureFixture
) -> None:
    answer = failing(RuntimeError("the password is swordfish")).get("/fails")
    assert answer.status_code == 500
    assert set(answer.json()) == MEMBERS
    assert "swordfish" not in answer.text
    assert "swordfish" in caplog.text
    assert "Content-Security-Policy" in answer.headers


def test_an_address_that_is_not_there_is_a_problem_too(make_client: Make) -> None:
    answer = make_client().get("/nowhere")
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:marchland:problem:not-found")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_method_that_changes_things_is_refused_with_those_that_do_not(
    make_client: Make, method: str
) -> None:
    answer = make_client().request(method, "/collections")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert answer.json()["status"] == 405


def test_a_browser_gets_the_problem_as_a_page(make_client: Make) -> None:
    answer = make_client().get("/collections/<b>x", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "<b>x" not in answer.text
    assert "&lt;b&gt;x" in answer.text


def test_a_page_tells_what_was_wrong_as_a_sentence(make_client: Make) -> None:
    def told(path: str) -> str:
        return str(make_client().get(path, headers={"Accept": "text/html"}).text)

    assert ">No map &#39;nowhere&#39;; there are: " in told("/maps/nowhere")
    assert ">There is nothing at this address.<" in told("/nowhere")
    assert ">Il n’y a rien à cette adresse.<" in told("/nowhere?lang=fr")
    assert ">Longitude is 1000; it lies" in told("/where?lon=1000&lat=1")
    assert "between -180 and 180.</p>" in told("/where?lon=1000&lat=1")
    assert "><code>view</code> is &#39;x&#39;; no dispute" in told("/where?view=x")
