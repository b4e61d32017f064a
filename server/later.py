"""The codings of a small tile, of which gzip is made when somebody asks for it."""

from collections.abc import Iterator, Mapping

from geo.mvt import zipped

NAMES = ("identity", "gzip")


class Later(Mapping[str, bytes]):
    """``body`` plain and as gzip, which is made once, at the first look: the same bytes each time.

    Zipping takes up to a third of the time that such a tile takes. Who asks for plain bytes does
    not wait for it.
    """

    def __init__(self, body: bytes) -> None:
        self._made = {"identity": body}
        self.most = 2 * len(body)  # bytes that both may take

    def __getitem__(self, name: str) -> bytes:
        """The bytes in one coding. Raises `KeyError` for another one."""
        if name == "gzip" and name not in self._made:
            self._made[name] = zipped(self._made["identity"])
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        """Whether there is such a coding; nothing is made."""
        return name in NAMES

    def __iter__(self) -> Iterator[str]:
        """The names of the codings; nothing is made."""
        return iter(NAMES)

    def __len__(self) -> int:
        """How many codings there are."""
        return len(NAMES)
