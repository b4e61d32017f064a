"""Tiles that are made: a bounded memory, one build for each, and what answers without FastAPI."""

from asyncio import shield, wrap_future
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from os import cpu_count
from threading import Lock
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from layers.heap import give_back_soon
from server.hot.ready import Ready
from server.hot.seen import Memory
from server.prepared import Prepared, respond

MAX_AGE_S = 3600  # how long a cache may show a tile without asking
Make = Callable[[], Prepared]


def address(path: str, query: Mapping[str, str | None]) -> str:
    """The one way in which we write the address of a tile: parameters by name, none without value.

    ``path`` begins at the root of this server, without the path of its public address. What
    gives addresses away (TileJSON, styles, pages) must write them so: only these are answered
    without FastAPI.
    """
    given = sorted((name, value) for name, value in query.items() if value)
    return f"{path}?{urlencode(given, safe='/:,.~')}" if given else path


class Kept:
    """Made tiles by address, together never more than ``budget`` bytes; the least used go first.

    All answers may be kept by a cache for `MAX_AGE_S`. A tile depends on its address alone and
    on no header but ``Accept-Encoding``: one that names another in ``Vary`` is refused.
    """

    def __init__(self, budget: int, threads: int | None = None) -> None:
        self.budget = budget
        self.size = 0
        self.memory = Memory()
        self.threads = threads or min(4, max(2, cpu_count() or 2))
        self._kept: OrderedDict[bytes, Ready] = OrderedDict()
        self._making: dict[bytes, Future[Prepared]] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    async def answer(self, request: Request, address: str, make: Make) -> Response:
        """The response to ``request`` for the tile at ``address`` (see `address`)."""
        return respond(request, await self.get(address, make), max_age=MAX_AGE_S)

    async def get(self, address: str, make: Make) -> Prepared:
        """The tile at ``address``: kept, or made in a thread, once however many ask.

        What ``make`` raises goes to all who wait, and is forgotten. A client that leaves stops
        no build, since others may wait for it.
        """
        key = address.encode()
        ready = self.find(key)
        return ready.prepared if ready else await shield(wrap_future(self._made(key, make)))

    def now(self, address: str, make: Make) -> Ready:
        """The answers with the tile at ``address``: kept, or made here and now.

        For a tile that takes next to nothing.
        Two that are asked for at once may both be made.
        """
        key = address.encode()
        ready = self.find(key) or Ready(make(), MAX_AGE_S)
        self._put(key, ready)
        return ready

    def find(self, target: bytes) -> Ready | None:
        """What is kept for a request target, byte by byte as a client sent it."""
        try:
            self._kept.move_to_end(target)
            return self._kept[target]
        except KeyError:
            return None

    def put(self, address: str, prepared: Prepared) -> None:
        """Keep what is there already; one that would fill a quarter of the memory is not kept."""
        self._put(address.encode(), Ready(prepared, MAX_AGE_S))

    def _made(self, key: bytes, make: Make) -> Future[Prepared]:
        with self._lock:
            if key in self._kept:  # kept since we looked
                return _done(self._kept[key].prepared)
            making = self._making.get(key)
            if making is None:
                making = self._making[key] = self._pool.submit(self._make, key, make)
            return making

    def _make(self, key: bytes, make: Make) -> Prepared:
        try:
            prepared = make()
            self._put(key, Ready(prepared, MAX_AGE_S))
            give_back_soon()
            return prepared
        finally:
            with self._lock:  # kept before it is no longer being made: nobody makes it twice
                del self._making[key]

    def _put(self, key: bytes, ready: Ready) -> None:
        with self._lock:
            if key in self._kept or ready.size > self.budget // 4:  # it would push out all others
                return
            self._kept[key] = ready
            self.size += ready.size
            while self.size > self.budget:
                self.size -= self._kept.popitem(last=False)[1].size

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self.threads, thread_name_prefix="tile")


def _done(prepared: Prepared) -> Future[Prepared]:
    future = Future[Prepared]()
    future.set_result(prepared)
    return future
