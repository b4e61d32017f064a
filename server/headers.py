"""Plain ASGI middleware: security headers, CORS, HEAD and OPTIONS, and the last resort."""

import logging
from collections.abc import Awaitable, Callable, Iterable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("marchland")

METHODS = "GET, HEAD, OPTIONS"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",  # the sources of a map, where scripts are off
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
)
Line = tuple[bytes, bytes]
_INERT = (
    b"application/json",
    b"application/geo+json",
    b"application/problem+json",
    b"application/octet-stream",
    b"application/vnd.mapbox-vector-tile",
    b"font/",
    b"image/png",
    b"image/webp",
    b"text/css",
    b"text/csv",
    b"text/javascript",
)
_RESOURCE = b"cross-origin-resource-policy"
_DOCUMENT: tuple[Line, ...] = (
    (b"content-security-policy", POLICY.encode()),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
_DATA: tuple[Line, ...] = (
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'self'"),
)
_ALWAYS: tuple[Line, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"access-control-allow-origin", b"*"),  # everything here is public and knows no login
    (b"access-control-expose-headers", b"ETag, Link"),
)


class SafeHeaders:
    """Puts the security headers on every response that does not carry its own.

    Pages may be loaded by their own origin only; data, scripts and fonts by everybody, since an
    embed in a sandbox has an opaque origin and still needs them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; complete the head of the response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": completed(message.get("headers", ()))}
            await send(message)

        await self.app(scope, receive, complete)


def completed(head: Iterable[Line]) -> list[Line]:
    """The header lines, names in lower case, and those that every response has besides.

    What a response says of itself stands. A type that a browser never runs as a document has the
    short policy: a map page fetches a dozen of them. One that says no type has the long one, for
    a 304 gives its lines to the page that the browser kept.
    """
    lines = list(head)
    said = dict(lines)
    kind = said.get(b"content-type", b"")
    reach = b"same-origin" if kind.startswith(b"text/html") else b"cross-origin"
    more = (*(_DATA if kind.startswith(_INERT) else _DOCUMENT), *_ALWAYS, (_RESOURCE, reach))
    return lines + [line for line in more if line[0] not in said]


class Methods:
    """HEAD wherever GET is, without a body; OPTIONS answers what a browser asks beforehand."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass GET on as it is, HEAD as GET, answer OPTIONS here."""
        method = scope.get("method")
        if method == "OPTIONS":
            await _options(scope, receive, send)
        elif method == "HEAD":
            await self.app({**scope, "method": "GET"}, receive, _without_body(send))
        else:
            await self.app(scope, receive, send)


async def _options(scope: Scope, receive: Receive, send: Send) -> None:
    allow = {
        "Allow": METHODS,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "Accept, If-None-Match",
        "Access-Control-Max-Age": "86400",
    }
    await Response(status_code=204, headers=allow)(scope, receive, send)


def _without_body(send: Send) -> Send:
    async def bodiless(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return bodiless


class LastResort:
    """Turns an error that nobody expected into a logged 500 whose body gives nothing away."""

    def __init__(
        self, app: ASGIApp, answer: Callable[[Request, Exception], Awaitable[Response]]
    ) -> None:
        self.app = app
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer in its place when it fails before its head is sent."""
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            if started or scope["type"] != "http":
                raise
            log.exception("the answer to %s failed", scope.get("path"))
            await (await self.answer(Request(scope), error))(scope, receive, send)
