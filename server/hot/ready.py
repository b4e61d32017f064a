"""A prepared answer with its head written out: status line, headers, and every coding."""

from server.prepared import Prepared

_OVERHEAD = 2048  # bytes that the heads and the entry itself take, about


class Ready:
    """``prepared`` with the heads that the way through FastAPI would give it, made when asked."""

    __slots__ = ("max_age", "prepared", "size")

    def __init__(self, prepared: Prepared, max_age: int) -> None:
        self.prepared = prepared
        self.max_age = max_age
        self.size = prepared.size + _OVERHEAD
