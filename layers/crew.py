"""Processes that carry out orders, many each, since half of the work holds an interpreter."""

import pickle
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from threading import Event

from layers.apart import started
from layers.order import DONE, Order, carry_out

_APART = "from layers.order import work; work()"


class Crew:
    """A number of such processes; each starts when there is an order that no other is free for."""

    def __init__(self, size: int) -> None:
        self._hands = [_Hand() for _ in range(size)]
        self._stopped = Event()
        self._free = SimpleQueue[_Hand]()
        for hand in reversed(self._hands):
            self._free.put(hand)

    def carry_out(self, order: Order) -> None:
        """Wait for a process that is free and have it do the work. Threads may ask at once.

        Where the process comes to an end before its work does, the work is done here.
        """
        with self._one() as hand:
            done = self._stopped.is_set() or hand.take(order)
        if not done and not self._stopped.is_set():
            carry_out(order)  # the process may have been ended for want of memory

    def stop(self) -> None:
        """Break off what is being done; nothing is begun any more."""
        self._stopped.set()
        for hand in self._hands:
            hand.end(at_once=True)

    def end(self) -> None:
        """Let the processes end, once nobody asks for anything any more."""
        for hand in self._hands:
            hand.end()

    @contextmanager
    def _one(self) -> Iterator["_Hand"]:
        hand = self._free.get()
        try:
            yield hand
        finally:
            self._free.put(hand)


class _Hand:
    """One process, which starts with its first order."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def take(self, order: Order) -> bool:
        """Whether it did the work; if not it is gone, and the next order starts another."""
        with suppress(OSError):
            self._process = self._process or started(_APART)
            assert self._process.stdin is not None and self._process.stdout is not None
            pickle.dump(tuple(order), self._process.stdin)
            self._process.stdin.flush()
            if self._process.stdout.readline() == DONE:
                return True
        self.end(at_once=True)
        return False

    def end(self, *, at_once: bool = False) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if at_once:
            process.kill()
        with suppress(OSError), process:  # which closes its input, and waits
            pass
