"""The addresses of the files for the browser."""

from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from server.assets import assets
from server.framework import Router
from server.prepared import respond

CONFORMANCE: tuple[str, ...] = ()
router = Router()


@router.get("/assets/{path:path}")
async def asset(request: Request, path: str) -> Response:
    """The file at an address that a page named, to be kept for ever."""
    found = (await run_sync(assets)).made.get(path)
    if found is None:
        raise HTTPException(404, f"no file {path[:80]!r}")
    return respond(request, found, immutable=True)
