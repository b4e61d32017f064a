"""Work that another process does: what it needs for a moment is gone with it when it ends.

`multiprocessing` would run the main program again in a new process, whoever wrote it.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Event

DONE = b"done\n"
_running: set[subprocess.Popen[bytes]] = set()
_ending = Event()


class Stopped(Exception):
    """This process is about to end, and nobody waits any more for what was to be done."""


_WORDS = "from layers.apart import take; take()"


def done_apart(work: Callable[[], object]) -> bool:
    """Whether another process did the work to its end; what it returns is lost.

    ``work`` goes there as it is pickled: a function of a module, or a `functools.partial` of one
    with what it is to be called with. False where it cannot be sent, or has failed there. Raises
    `Stopped` after `stop`.
    """
    done = False
    with suppress(OSError, pickle.PicklingError, AttributeError), started(_WORDS) as process:
        _running.add(process)
        try:
            done = not _ending.is_set() and _did(process, work)
        finally:
            _running.discard(process)
    if _ending.is_set() and not done:
        raise Stopped
    return done


def stop() -> None:
    """End what other processes do for this one, which is about to end itself."""
    _ending.set()
    for process in (*_running,):
        process.kill()


def _did(process: subprocess.Popen[bytes], work: Callable[[], object]) -> bool:
    assert process.stdin is not None and process.stdout is not None
    with process.stdin as there:
        pickle.dump(work, there)
    return process.stdout.read() == DONE


def take() -> None:
    """What that process runs: the work comes by standard input, from there alone."""
    work = pickle.load(sys.stdin.buffer)  # noqa: S301  # see above
    work()
    sys.stdout.buffer.write(DONE)


def started(words: str) -> subprocess.Popen[bytes]:
    """A new process of this interpreter that runs ``words``, with pipes to it and from it."""
    return subprocess.Popen(  # noqa: S603  # this interpreter and our own words
        [sys.executable, "-c", words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
