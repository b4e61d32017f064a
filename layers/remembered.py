"""What was made and may be wanted again: each thing made once, the least used going first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Remembered(Generic[Thing]):
    """Things that together weigh ``most`` at the utmost, each of them 1 unless ``weigh`` says.

    The last one stays, however much it weighs.
    """

    def __init__(self, most: float, weigh: Callable[[Thing], float] = lambda _: 1) -> None:
        self.most = most
        self.weight = 0.0
        self._weigh = weigh
        self._kept: OrderedDict[Hashable, Thing] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._kept

    def look(self, key: Hashable) -> Thing | None:
        """What is kept under ``key``, if anything is; nothing is made, and nothing waited for."""
        return self._kept.get(key)

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """What is kept under ``key``, or else what ``make`` makes: once, however many wait.

        What ``make`` raises is not kept.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            turn = self._making.setdefault(key, Lock())
        with turn:
            if key not in self._kept:
                self._keep(key, make())
            with self._lock:
                self._making.pop(key, None)
                return self._kept[key]

    def _keep(self, key: Hashable, made: Thing) -> None:
        with self._lock:
            self._kept[key] = made
            self.weight += self._weigh(made)
            while self.weight > self.most and len(self._kept) > 1:
                self.weight -= self._weigh(self._kept.popitem(last=False)[1])
