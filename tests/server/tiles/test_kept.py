"""Made tiles: one build however many ask, bounded memory, errors that are not kept."""

import asyncio
import threading
import time
from collections.abc import Callable

import pytest

from server.prepared import Prepared, prepare
from server.tiles.kept import Kept, address


def tile(text: str = "a", size: int = 1000) -> Prepared:
    return prepare(text.encode() * size, "image/png")


class Counted:
    """Makes a tile slowly and counts how often."""

    def __init__(self, fails: int = 0) -> None:
        self.made = 0
        self.fails = fails

    def __call__(self) -> Prepared:
        self.made += 1
        time.sleep(0.05)
        if self.made <= self.fails:
            raise ArithmeticError("no such tile")
        return tile()


def test_however_many_ask_it_is_made_once() -> None:
    kept, make = Kept(1_000_000), Counted()

    async def ask() -> list[Prepared]:
        return await asyncio.gather(*(kept.get("/a", make) for _ in range(50)))

    answers = asyncio.run(ask())
    assert make.made == 1
    assert all(one is answers[0] for one in answers)
    assert asyncio.run(kept.get("/a", make)) is answers[0]
    assert make.made == 1


def test_several_loops_in_several_threads_share_one_build() -> None:
    kept, make = Kept(1_000_000), Counted()
    threads = [threading.Thread(target=lambda: asyncio.run(kept.get("/a", make))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert make.made == 1


def test_an_error_goes_to_all_who_wait_and_is_not_kept() -> None:
    kept, make = Kept(1_000_000), Counted(fails=1)

    async def ask() -> list[Prepared | BaseException]:
        return await asyncio.gather(
            *(kept.get("/a", make) for _ in range(10)), return_exceptions=True
        )

    assert all(isinstance(one, ArithmeticError) for one in asyncio.run(ask()))
    assert make.made == 1
    assert len(kept) == 0
    assert asyncio.run(kept.get("/a", make)).body == tile().body


def test_a_client_that_leaves_stops_no_build_that_others_wait_for() -> None:
    kept, make = Kept(1_000_000, threads=1), Counted()

    async def ask() -> Prepared:
        before = asyncio.create_task(kept.get("/before", Counted()))
        first = asyncio.create_task(kept.get("/a", make))  # waits for its turn
        second = asyncio.create_task(kept.get("/a", make))
        await asyncio.sleep(0.01)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        await before
        return await second

    assert asyncio.run(ask()).body == tile().body
    assert make.made == 1


def test_builds_run_beside_the_loop() -> None:
    kept = Kept(1_000_000)
    names: list[str] = []

    def make() -> Prepared:
        names.append(threading.current_thread().name)
        return tile()

    asyncio.run(kept.get("/a", make))
    assert names[0].startswith("tile")


def test_memory_is_bounded_and_the_least_used_goes_first() -> None:
    kept = Kept(100_000)
    for number in range(5):
        kept.put(f"/{number}", tile(str(number), 15_000))
    assert [kept.find(f"/{number}".encode()) is not None for number in range(5)] == [True] * 5
    kept.find(b"/0")
    kept.put("/5", tile("5", 15_000))
    assert kept.find(b"/0")
    assert kept.find(b"/1") is None
    assert kept.size <= kept.budget


def test_a_tile_that_would_push_out_the_others_is_not_kept() -> None:
    kept = Kept(100_000)
    kept.put("/large", tile(size=30_000))
    assert len(kept) == 0
    assert asyncio.run(kept.get("/large", lambda: tile(size=30_000))).size == 30_000


def test_the_size_is_that_of_what_is_there_after_many_tiles() -> None:
    kept = Kept(50_000)
    for number in range(300):
        kept.put(f"/{number}", tile(size=100 + number))
    assert kept.size == sum(ready.size for ready in kept._kept.values())
    assert 0 < len(kept) < 20


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, "/t/1.png"),
        ({"theme": None, "lang": ""}, "/t/1.png"),
        ({"theme": "dark", "lang": "hy"}, "/t/1.png?lang=hy&theme=dark"),
        ({"datetime": "2014-01-01/.."}, "/t/1.png?datetime=2014-01-01/.."),
        ({"view": "RU&x=é"}, "/t/1.png?view=RU%26x%3D%C3%A9"),
    ],
)
def test_an_address_is_written_in_one_way(query: dict[str, str | None], expected: str) -> None:
    assert address("/t/1.png", query) == expected


def test_nothing_is_started_before_it_is_needed() -> None:
    before = threading.active_count()
    kept = Kept(1_000_000)
    kept.put("/a", tile())
    make: Callable[[], Prepared] = Counted()
    assert asyncio.run(kept.get("/a", make)).body == tile().body
    assert threading.active_count() == before
