"""The memory that the C library and the system keep for us, and how little of it we want.

glibc gives each thread a heap of its own, up to eight for each core, and keeps what is freed in
case it is wanted again. What a picture or a large layer needs for a moment would so stay resident
in every thread that ever made one: some hundred megabytes. The pages of mapped files count as ours
for as long as we do not let go of them. On other systems nothing is done here.
"""

import ctypes
import gc
import mmap
from contextlib import suppress
from threading import Event, Lock, Timer
from weakref import WeakSet

HEAPS = 2
LARGE_BYTES = 1_000_000  # a piece that large is asked of the system, and given back when freed
IDLE_BYTES = 16_000_000  # may lie free at the end of a heap
SETTLE_S = 2.0
_ARENA_MAX, _MMAP_THRESHOLD, _TRIM_THRESHOLD = -8, -3, -1  # names of malloc.h

_lock = Lock()
_waiting: list[Timer] = []
_circles = Event()
_loose: WeakSet[mmap.mmap] = WeakSet()


def keep_little() -> None:
    """Tells the C library to keep few heaps and little in them; before any thread has begun."""
    with suppress(OSError, TypeError, AttributeError):  # there is none such on this system
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_ARENA_MAX, HEAPS)
        mallopt(_MMAP_THRESHOLD, LARGE_BYTES)
        mallopt(_TRIM_THRESHOLD, IDLE_BYTES)


def loose(held: mmap.mmap) -> mmap.mmap:
    """A mapped file of which `give_back` lets go: the system has its pages still, and maps them
    again at the next look, sixteen at once.
    """
    with _lock:
        _loose.add(held)
    return held


def give_back_memory() -> None:
    """Hands what is free back to the system, which takes some milliseconds."""
    with suppress(OSError, TypeError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def give_back() -> None:
    """The same, and lets go of files."""
    give_back_memory()
    advice = getattr(mmap, "MADV_DONTNEED", None)
    if advice is None:
        return
    with _lock:
        held = list(_loose)
    for one in held:
        with suppress(OSError, ValueError):  # closed meanwhile
            one.madvise(advice)


def give_back_soon(after_s: float = SETTLE_S, *, circles: bool = False) -> None:
    """The same in some seconds, once however often it is asked for until then.

    ``circles`` says that large things may be left that hold each other, which the collector of
    garbage alone can find, and which it finds late where there are few of them.
    """
    with _lock:
        if circles:
            _circles.set()
        if not _waiting:
            timer = Timer(after_s, _now)
            timer.daemon = True
            _waiting.append(timer)
            timer.start()


def _now() -> None:
    with _lock:
        _waiting.clear()
        circles = _circles.is_set()
        _circles.clear()
    if circles:
        gc.collect()  # some 30 ms: what was there at the start is frozen
    give_back()
