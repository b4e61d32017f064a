"""A prepared answer with its heads written out, the very ones that FastAPI would give."""

from server.headers import completed
from server.prepared import Prepared, chosen, head_of

_OVERHEAD = 5000  # bytes that the heads and the entry itself take, about
_WAYS = 8  # of asking that are remembered for each tile
_LONG = 300  # longer headers are read each time, so that no client fills our memory
Answer = tuple[int, bytes, bytes]


class Ready:
    """``prepared`` and what stands before its bytes; a head is made when it is first asked for.

    Raises `ValueError` for an answer that depends on more than its address and its coding.
    """

    __slots__ = ("_heads", "answers", "max_age", "prepared", "size")

    def __init__(self, prepared: Prepared, max_age: int) -> None:
        if "Vary" in prepared.headers:
            raise ValueError("an answer that depends on a header cannot be kept by its address")
        self.prepared = prepared
        self.max_age = max_age
        self.size = prepared.size + _OVERHEAD
        self.answers: dict[tuple[bytes, bytes | None], Answer] = {}  # to what was asked before
        self._heads: dict[tuple[int, str], bytes] = {}

    def answer(self, accept_encoding: bytes, if_none_match: bytes | None) -> Answer:
        """Status, header lines and body for a GET with these headers."""
        status, coding = choice = self.choose(accept_encoding, if_none_match)
        body = b"" if status == 304 else self.prepared.bodies[coding]
        made = (status, self._head(choice), body)
        if len(self.answers) < _WAYS and len(accept_encoding) + len(if_none_match or b"") < _LONG:
            self.answers[accept_encoding, if_none_match] = made
        return made

    def choose(self, accept_encoding: bytes, if_none_match: bytes | None) -> tuple[int, str]:
        """Status and coding, as `server.prepared.chosen` gives them."""
        accept, asked = accept_encoding.decode("latin-1"), (if_none_match or b"").decode("latin-1")
        return chosen(self.prepared, accept, asked)

    def _head(self, choice: tuple[int, str]) -> bytes:
        """The header lines of an answer, each with its line end, without the empty line after."""
        made = self._heads.get(choice)
        if made is None:
            made = self._heads[choice] = self._written(*choice)
        return made

    def lines(self, status: int, coding: str) -> list[tuple[bytes, bytes]]:
        """The header lines of an answer, names in lower case."""
        head = head_of(self.prepared, status, coding, max_age=self.max_age)
        return completed([(k.lower().encode(), v.encode("latin-1")) for k, v in head.items()])

    def _written(self, status: int, coding: str) -> bytes:
        return b"".join(b"%s: %s\r\n" % line for line in self.lines(status, coding))
