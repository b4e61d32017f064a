"""FastAPI, loaded in half the time: without what only its own descriptions of an API would need.

Ours is `openapi.py`. FastAPI builds the schema of every model of OpenAPI when it is imported, and
looks for models of pydantic 1 among the parameters of each route; we have neither.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from inspect import signature

from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import Response

__all__ = ["FastAPI", "Router"]

Handler = Callable[..., Awaitable[Response]]


@contextmanager
def _models_later() -> Iterator[None]:
    """Whatever model is defined meanwhile builds its schema when it is first used."""
    before = BaseModel.model_config
    BaseModel.model_config = ConfigDict(**before, defer_build=True)
    try:
        yield
    finally:
        BaseModel.model_config = before


with _models_later():
    from fastapi import APIRouter, FastAPI


class Router(APIRouter):
    """Routes whose handlers take a request and the parts of its path by name, all of them text."""

    def get(self, path: str) -> Callable[[Handler], Handler]:  # type: ignore[override]
        """Have the decorated handler answer ``path``."""

        def added(handler: Handler) -> Handler:
            names = list(signature(handler).parameters)[1:]  # a path may have more

            @wraps(handler)
            async def answer(request: Request) -> Response:
                return await handler(request, *(request.path_params[name] for name in names))

            self.add_route(path, answer, methods=["GET"])
            return handler

        return added
