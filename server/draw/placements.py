"""Placed names that are kept: each set made once, the least used going first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from geo.labels import Placed


class Placements:
    """At most ``most`` sets of placed names."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[Hashable, Placed] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable, make: Callable[[], Placed]) -> Placed:
        """What is kept under ``key``, or else what ``make`` makes: once, however many wait."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            turn = self._making.setdefault(key, Lock())
        with turn:
            if key not in self._kept:
                made = make()
                with self._lock:
                    self._kept[key] = made
                    while len(self._kept) > self.most:
                        self._kept.popitem(last=False)
            with self._lock:
                self._making.pop(key, None)
                return self._kept[key]
