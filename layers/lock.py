"""One process at a time: a lock on a file, which the system lets go of when its holder dies."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
    import time

    def _at_once(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _take(handle: int) -> None:
        while not _at_once(handle):
            time.sleep(0.1)  # msvcrt gives up after ten tries of its own; a build may be longer
else:
    import fcntl

    def _at_once(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)


@contextmanager
def only_one(path: Path, waits: Callable[[], None] | None = None) -> Iterator[None]:
    """Waits until no other process holds the lock on ``path``, then holds it for the block.

    ``waits`` is called before a wait, and only where there is one, so that somebody can say so.
    The file stays: removing it would let two processes lock two files of the same name.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _at_once(handle):
            if waits:
                waits()
            _take(handle)
        yield
    finally:
        os.close(handle)  # lets go of the lock as well
