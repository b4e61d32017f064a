"""One process at a time, and whoever has to wait hears of it."""

from pathlib import Path
from threading import Event, Thread

from layers.lock import only_one


def test_nobody_is_told_to_wait_where_nobody_has_to(tmp_path: Path) -> None:
    told = list[str]()
    with only_one(tmp_path / "lock", lambda: told.append("waits")):
        pass
    assert told == []


def test_who_has_to_wait_is_told_before_and_has_the_lock_after(tmp_path: Path) -> None:
    waits, done = Event(), Event()

    def work() -> None:
        with only_one(tmp_path / "lock", waits.set):
            done.set()

    other = Thread(target=work)
    with only_one(tmp_path / "lock"):
        other.start()
        assert waits.wait(30)
        assert not done.is_set()
    other.join(30)
    assert done.is_set()
