"""Asking an application without a network."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import anyio
from starlette.types import ASGIApp, Message


@dataclass(frozen=True, slots=True)
class Got:
    """An answer: status, header lines in order, body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def get(app: ASGIApp, target: str, accept: str = "*/*") -> Got:
    """The answer of ``app`` to GET ``target``, a path with or without a query."""
    return anyio.run(_get, app, target, accept)


async def _get(app: ASGIApp, target: str, accept: str) -> Got:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(_scope(target, accept), receive, send)
    head, *parts = sent
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in head["headers"]
    )
    return Got(head["status"], headers, b"".join(part.get("body", b"") for part in parts))


def _scope(target: str, accept: str) -> dict[str, object]:
    parts = urlsplit(target if target.startswith("/") else f"/{target}")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [(b"accept", accept.encode("latin-1", "replace"))],
        "server": None,
        "client": None,
    }
