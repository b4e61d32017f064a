"""A prepared answer with its heads written out, the very ones that FastAPI would give."""

from functools import lru_cache

from starlette.datastructures import MutableHeaders
from starlette.responses import Response

from server.headers import complete_head
from server.negotiate import best_coding, qualities
from server.prepared import Prepared, chosen, head_of

_OVERHEAD = 3000  # bytes that two heads and the entry itself take, about
_LONG = 200  # a longer Accept-Encoding is read each time, so that no client fills our memory


class Ready:
    """``prepared`` and what stands before its bytes; a head is made when it is first asked for.

    Raises `ValueError` for an answer that depends on more than its address and its coding.
    """

    __slots__ = ("_codings", "_heads", "_tags", "max_age", "prepared", "size")

    def __init__(self, prepared: Prepared, max_age: int) -> None:
        if "Vary" in prepared.headers:
            raise ValueError("an answer that depends on a header cannot be kept by its address")
        self.prepared = prepared
        self.max_age = max_age
        self.size = prepared.size + _OVERHEAD
        self._codings = tuple(prepared.bodies)
        self._tags = {prepared.etag(coding).encode(): coding for coding in self._codings}
        self._heads: dict[tuple[int, str], bytes] = {}

    def choose(self, accept_encoding: bytes, if_none_match: bytes | None) -> tuple[int, str]:
        """Status and coding, as `server.prepared.chosen` gives them; quick where that is easy."""
        if if_none_match:
            held = self._tags.get(if_none_match)
            if held is not None:
                return 304, held
            accept = accept_encoding.decode("latin-1")
            return chosen(self.prepared, accept, if_none_match.decode("latin-1"))
        if len(self._codings) == 1:
            return 200, "identity"
        if len(accept_encoding) > _LONG:
            return 200, _coding.__wrapped__(accept_encoding, self._codings)
        return 200, _coding(accept_encoding, self._codings)

    def head(self, choice: tuple[int, str]) -> bytes:
        """The header lines of an answer, each with its line end, without the empty line after."""
        made = self._heads.get(choice)
        if made is None:
            made = self._heads[choice] = self._written(*choice)
        return made

    def _written(self, status: int, coding: str) -> bytes:
        headers = head_of(self.prepared, status, coding, max_age=self.max_age)
        response = Response(status_code=status, headers=headers)
        complete_head(MutableHeaders(raw=response.raw_headers))
        return b"".join(b"%s: %s\r\n" % line for line in response.raw_headers)


@lru_cache(maxsize=256)
def _coding(accept_encoding: bytes, offered: tuple[str, ...]) -> str:
    return best_coding(qualities(accept_encoding.decode("latin-1")), offered)
