"""The bodies of a large answer in little memory: the plain one is in the gzip one already."""

import gzip
from collections.abc import Iterator, Mapping

PLAIN, GZIP = "identity", "gzip"


class Bodies(Mapping[str, bytes]):
    """As a dictionary of bodies by coding, but the plain one is unzipped each time.

    Hardly a client asks for it: browsers and GIS programs take gzip, which is a fifth of it.
    """

    def __init__(self, bodies: Mapping[str, bytes]) -> None:
        """``bodies`` has a gzip one."""
        self._length = len(bodies[PLAIN])
        self._names = tuple(bodies)
        self._held = {name: body for name, body in bodies.items() if name != PLAIN}

    @property
    def size(self) -> int:
        """Bytes held in memory."""
        return sum(map(len, self._held.values()))

    def length(self, coding: str) -> int:
        """Of a body, in bytes."""
        return self._length if coding == PLAIN else len(self._held[coding])

    def __getitem__(self, coding: str) -> bytes:
        return gzip.decompress(self._held[GZIP]) if coding == PLAIN else self._held[coding]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
