"""One process at a time: a lock on a file, which the system lets go of when its holder dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
    import time

    def _take(handle: int) -> None:
        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            except OSError:
                time.sleep(0.1)  # msvcrt gives up after ten tries of its own; a build may be longer
            else:
                return
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Waits until no other process holds the lock on ``path``, then holds it for the block.

    The file stays: removing it would let two processes lock two files of the same name.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(handle)
        yield
    finally:
        os.close(handle)  # lets go of the lock as well
