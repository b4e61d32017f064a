"""Requests that were answered before: whole heads, byte by byte, and what they ask for."""

_MOST = 2048  # heads that are remembered
_LONGEST = 1024  # bytes of one of them


class Seen:
    """What a head asks for: a target, the two headers that choose an answer, and its body or not.

    ``whole`` is the head of the answer that went out last, put together of ``begin`` and ``head``.
    """

    __slots__ = ("asked", "begin", "bodiless", "head", "target", "whole")

    def __init__(self, target: bytes, asked: tuple[bytes, bytes | None], *, bodiless: bool) -> None:
        self.target = target
        self.asked = asked
        self.bodiless = bodiless
        self.begin = b""
        self.head = b""
        self.whole = b""


class Memory:
    """Heads that were read, so that the parser does not read again what it has read before.

    When it is full it begins anew, which costs each client one reading.
    """

    def __init__(self) -> None:
        self._seen: dict[bytes, Seen] = {}
        self.find = self._seen.get

    def __len__(self) -> int:
        return len(self._seen)

    def put(self, head: bytes, seen: Seen) -> None:
        """Remember what a whole head asks for, unless it is a long one."""
        if len(head) > _LONGEST:
            return
        if len(self._seen) >= _MOST:
            self._seen.clear()
        self._seen[bytes(head)] = seen
