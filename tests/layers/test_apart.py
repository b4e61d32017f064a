"""Work in a process of its own."""

import subprocess
import sys
from functools import partial
from pathlib import Path

from layers.apart import done_apart
from layers.whole import write_whole


def test_another_process_does_the_work_to_its_end(tmp_path: Path) -> None:
    assert done_apart(partial(write_whole, tmp_path / "made", b"there"))
    assert (tmp_path / "made").read_bytes() == b"there"


def test_what_fails_there_or_cannot_be_sent_is_not_done(tmp_path: Path) -> None:
    assert not done_apart(partial(write_whole, tmp_path, b"a folder"))
    assert not done_apart(lambda: None)


def test_a_process_that_ends_does_not_wait_for_what_another_does() -> None:
    words = """
from functools import partial
from threading import Timer
from time import sleep
from layers.apart import Stopped, done_apart, stop

Timer(0.3, stop).start()
try:
    done_apart(partial(sleep, 600))
except Stopped:
    print("stopped")
"""
    ended = subprocess.run(
        [sys.executable, "-c", words], check=False, capture_output=True, timeout=120
    )
    assert ended.stdout == b"stopped\n"
