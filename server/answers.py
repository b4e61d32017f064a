"""A bounded memory of prepared answers: the least recently used one goes first."""

from collections import OrderedDict
from threading import Lock

from anyio import CapacityLimiter

from server.prepared import Prepared

Key = tuple[str, ...]
MAKERS = 4  # answers that are made at once: each may need some ten megabytes for a moment


class Answers:
    """Prepared answers by key, together never more than ``budget`` bytes."""

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.size = 0
        self.makers = CapacityLimiter(MAKERS)
        self._kept: OrderedDict[Key, Prepared] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> Prepared | None:
        """The answer kept under ``key``, which counts as used now."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Key, answer: Prepared) -> None:
        """Keep ``answer``; one that would fill an eighth of the memory alone is not kept.

        Of a long one nothing stays but what is compressed.
        """
        answer = answer.light
        with self._lock:
            if key in self._kept or answer.size > self.budget // 8:
                return
            self._kept[key] = answer
            self.size += answer.size
            while self.size > self.budget:
                self.size -= self._kept.popitem(last=False)[1].size
