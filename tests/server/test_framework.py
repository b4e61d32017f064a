"""FastAPI as we load it: quick, and with routes that take the parts of a path by name."""

from fastapi.openapi.models import Contact
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from server.framework import FastAPI, Router
from server.inprocess import get


def test_models_of_others_are_built_when_they_are_used() -> None:
    assert BaseModel.model_config == {}
    assert Contact(name="Ann").name == "Ann"


def test_a_handler_gets_the_parts_of_the_path_that_it_names_as_text() -> None:
    router = Router()

    @router.get("/{a}/{b}/{c:path}")
    async def handler(request: Request, c: str, a: str) -> Response:
        return PlainTextResponse(f"{a} {c} {request.path_params['b']}")

    app = FastAPI()
    app.include_router(router)
    assert get(app, "/1/2/3/4").body == b"1 3/4 2"
