"""Where collections are laid in planes, in the background, while others are still being built."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from os import cpu_count
from pathlib import Path
from threading import Event, Lock
from types import TracebackType
from typing import Self

from layers.crew import Crew
from layers.heap import give_back
from layers.job import Job, home
from layers.lock import only_one
from layers.order import Order, carry_out
from layers.prepare import Step, Watcher, writing

AT_ONCE = 4  # at most
LARGE = 200_000  # vertices from which on processes pay: each takes half a second to start
ABOUT = "all layers for pictures"


class Workshop:
    """Takes jobs and does what is not done yet; as a context it ends when all is done.

    One process at a time works in a cache, from its first job that is not done to the end; others
    wait and find everything done. ``progress`` is called from several threads, one at a time; what
    the block tells comes beside that. An exception in the block breaks the work off.
    """

    def __init__(self, cache: Path, progress: Watcher | None = None) -> None:
        """``cache`` need not exist."""
        self.made: list[str] = []  # the ids of collections, in order
        self._cache = cache
        self._progress = progress or (lambda _: None)
        self._telling = Lock()
        self._given: dict[Path, Future[None]] = {}
        self._total = 0
        self._waiting = Event()  # whoever runs it has nothing else to do any more
        self._open = ExitStack()
        self._tools: _Tools | None = None

    def open(self) -> None:
        """Have the cache for ourselves from here on; waits while another process works in it.

        Raises `LayersError` when the cache cannot be written.
        """
        if self._tools is None:
            with writing(self._cache):
                self._tools = self._opened()

    def lay(self, jobs: Sequence[Job], coming: int = 0) -> None:
        """Begin with jobs, the largest first; comes back at once, unless another process works.

        ``coming`` says how many more will be given later, for the sake of a bar. Raises
        `LayersError` when the cache cannot be written.
        """
        left = self._left(jobs)
        if left and self._tools is None:
            self.open()
            left = self._left(jobs)  # others may have done some while we waited
        if left:
            self._total = len(self._given) + len(left) + coming
            if not self._given:
                self._tell()
            self._give(left)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._waiting.set()
        if kind is not None:
            self._open.__exit__(kind, error, trace)
            return
        with self._open:
            self._finish()

    def _left(self, jobs: Sequence[Job]) -> list[Job]:
        """Those that are neither done nor given yet."""
        paths = {job.path(self._cache): job for job in jobs}
        new = [path for path in paths if path not in self._given and not path.is_file()]
        return [paths[path] for path in new]

    def _opened(self) -> "_Tools":
        home(self._cache).mkdir(parents=True, exist_ok=True)
        waits = partial(self._tell, waits=True)
        self._open.enter_context(only_one(home(self._cache) / "planes.lock", waits))
        size = min(AT_ONCE, cpu_count() or 1)
        tools = self._open.enter_context(_Tools(ThreadPoolExecutor(size), Crew(size)))
        if size > 1:  # one processor is left to whoever runs it, as long as he builds himself
            tools.pool.submit(self._waiting.wait)
        return tools

    def _give(self, jobs: list[Job]) -> None:
        assert self._tools is not None
        self.made += dict.fromkeys(job.collection.id for job in jobs)
        make = self._tools.crew.carry_out if sum(job.weight for job in jobs) > LARGE else carry_out
        for job in sorted(jobs, key=lambda job: -job.weight):
            self._given[job.path(self._cache)] = self._tools.pool.submit(self._do, job, make)

    def _do(self, job: Job, make: Callable[[Order], None]) -> None:
        make(job.order(self._cache))
        job.forget_older(self._cache)
        self._tell(job.name)

    def _finish(self) -> None:
        with writing(self._cache):
            for one in as_completed(self._given.values()):
                one.result()
        if self._given:
            self._total = len(self._given)
            self._tell(done=True)
            give_back()

    def _tell(self, name: str | None = None, *, done: bool = False, waits: bool = False) -> None:
        with self._telling:
            total = self._total or None
            self._progress(Step(ABOUT, 1, 1, name, done=done, total=total, waits=waits))


@dataclass(frozen=True)
class _Tools:
    """Threads that hand orders to processes; what goes wrong in the block breaks the work off."""

    pool: ThreadPoolExecutor
    crew: Crew

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.pool.shutdown(wait=False, cancel_futures=True)
            self.crew.stop()
        self.pool.shutdown()
        self.crew.end()
