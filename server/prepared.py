"""Answers whose bytes are made once: entity tag, gzip and brotli beside the plain body."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import brotli
from starlette.requests import Request
from starlette.responses import Response

from geo.mvt import MEDIA_TYPE, zipped
from server.bodies import GZIP, Bodies
from server.later import Later
from server.negotiate import best_coding, qualities

DENSE = 10  # of Brotli: a tenth less than 5 for ten times its time; 11 is no shorter, and slower
QUALITY = 5
_WORTH = 256  # a shorter body does not win by compression
_LATER = 65_536  # a tile below this is zipped when it is asked for so: in a millisecond
_HEAVY = 32_000  # what is longer is kept compressed alone
_LARGE = 1_000_000  # above this, effort is kept low so that a first answer stays quick
_TEXTUAL = ("text/", "application/json", "application/javascript", "image/svg+xml")
_PACKABLE = (MEDIA_TYPE,)  # no text, and yet shorter when compressed
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Prepared:
    """A body in every coding that is offered; ``digest`` is the SHA-256 of the plain one, in hex.

    ``bodies`` maps ``identity``, ``gzip`` and ``br`` (those that are shorter) to bytes; of a small
    tile ``gzip`` is made at the first look.
    """

    media_type: str
    digest: str
    bodies: Mapping[str, bytes]
    headers: Mapping[str, str]

    @property
    def body(self) -> bytes:
        """The plain bytes."""
        return self.bodies["identity"]

    @property
    def size(self) -> int:
        """Bytes held in memory, all codings together; at most, where one is made later."""
        if isinstance(self.bodies, Later):
            return self.bodies.most
        if isinstance(self.bodies, Bodies):
            return self.bodies.size
        return sum(len(body) for body in self.bodies.values())

    @property
    def light(self) -> "Prepared":
        """The same answer in less memory, where its body is large and was worth compressing."""
        if GZIP not in self.bodies or self.length("identity") < _HEAVY:
            return self
        return replace(self, bodies=Bodies(self.bodies))

    def length(self, coding: str) -> int:
        """Of the body in that coding, in bytes."""
        if isinstance(self.bodies, Bodies):
            return self.bodies.length(coding)
        return len(self.bodies[coding])

    def etag(self, coding: str = "identity") -> str:
        """The strong entity tag of one coding: each has other bytes, hence another tag."""
        return f'"{self.digest}"' if coding == "identity" else f'"{self.digest}-{coding}"'


def prepare(
    body: bytes,
    media_type: str,
    headers: Mapping[str, str] = _NOTHING,
    *,
    quality: int = QUALITY,
) -> Prepared:
    """``body`` ready to be sent: hashed and compressed once, the same bytes each time.

    ``quality`` is that of Brotli; `DENSE` is for what every reader of a map waits for.
    """
    digest = hashlib.sha256(body).hexdigest()
    bodies = _bodies(body, media_type, quality)
    return Prepared(media_type, digest, bodies, MappingProxyType({**headers}))


def unzipped(body: bytes, media_type: str, headers: Mapping[str, str] = _NOTHING) -> Prepared:
    """As `prepare`, of a body that is there as a gzip stream already: nothing is compressed."""
    plain = gzip.decompress(body)
    bodies = {"identity": plain} | ({"gzip": body} if len(body) < len(plain) else {})
    digest = hashlib.sha256(plain).hexdigest()
    return Prepared(media_type, digest, MappingProxyType(bodies), MappingProxyType({**headers}))


def respond(
    request: Request, prepared: Prepared, *, max_age: int = 0, immutable: bool = False
) -> Response:
    """The response to ``request``: 304 where the client has the bytes, else its best coding.

    ``max_age`` is in seconds; 0 means that a cache asks each time. ``immutable`` is for
    addresses that hold a digest of their content.
    """
    status, coding = chosen(
        prepared,
        ",".join(request.headers.getlist("accept-encoding")),
        ",".join(request.headers.getlist("if-none-match")),
    )
    headers = head_of(prepared, status, coding, max_age=max_age, immutable=immutable)
    bodiless = status == 304 or request.method == "HEAD"
    return Response(b"" if bodiless else prepared.bodies[coding], status, headers)


def chosen(prepared: Prepared, accept_encoding: str, if_none_match: str) -> tuple[int, str]:
    """The status, 200 or 304, and the coding that these two headers of a request ask for."""
    held = _held(prepared, if_none_match) if if_none_match else None
    if held:
        return 304, held
    return 200, best_coding(qualities(accept_encoding), prepared.bodies)


def head_of(
    prepared: Prepared, status: int, coding: str, *, max_age: int = 0, immutable: bool = False
) -> dict[str, str]:
    """The headers of such an answer, without those that every response of this server has."""
    headers = {**prepared.headers, "Cache-Control": _cache_control(max_age, immutable)}
    if len(prepared.bodies) > 1:
        headers["Vary"] = ", ".join(filter(None, (headers.get("Vary"), "Accept-Encoding")))
    headers["ETag"] = prepared.etag(coding)
    if status == 304:
        return headers
    if coding != "identity":
        headers["Content-Encoding"] = coding
    length = str(prepared.length(coding))
    return {**headers, "Content-Type": prepared.media_type, "Content-Length": length}


def _cache_control(max_age: int, immutable: bool) -> str:
    if not max_age and not immutable:
        return "no-cache"
    return f"public, max-age={max_age or 31_536_000}" + (", immutable" if immutable else "")


def _held(prepared: Prepared, asked: str) -> str | None:
    """The coding that the client says it holds (weak comparison, RFC 9110 section 13.1.2)."""
    tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
    if "*" in tags:
        return "identity"
    return next((name for name in prepared.bodies if prepared.etag(name) in tags), None)


def _is_text(media_type: str) -> bool:
    kind = media_type.partition(";")[0].strip()
    return kind.startswith(_TEXTUAL) or kind.endswith(("+json", "+xml"))


def _bodies(body: bytes, media_type: str, quality: int) -> Mapping[str, bytes]:
    """The codings that are offered; that of a small tile is made when it is asked for."""
    if len(body) < _WORTH:
        return MappingProxyType({"identity": body})
    if media_type in _PACKABLE and len(body) < _LATER:
        return Later(body)
    shorter = {k: v for k, v in _codings(body, media_type, quality) if len(v) < len(body)}
    return MappingProxyType({"identity": body} | shorter)


def _codings(body: bytes, media_type: str, quality: int) -> list[tuple[str, bytes]]:
    if media_type in _PACKABLE:  # gzip alone, as in a pack: Brotli costs more time than it saves
        return [("gzip", zipped(body))]
    return _compressed(body, quality) if _is_text(media_type) else []


def _compressed(body: bytes, quality: int) -> list[tuple[str, bytes]]:
    level, quality = (1, 2) if len(body) > _LARGE else (6, quality)
    return [
        ("br", brotli.compress(body, quality=quality)),
        ("gzip", gzip.compress(body, compresslevel=level, mtime=0)),  # mtime: the same bytes
    ]
