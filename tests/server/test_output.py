"""What a command says while layers are built."""

import pytest

from layers.prepare import Step
from server.output import WAITS, watching


def test_off_a_terminal_each_layer_has_a_line_and_so_has_a_wait(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with watching() as watcher:
        watcher(Step("land", 1, 2, waits=True))
        watcher(Step("land", 1, 2))
        watcher(Step("land", 1, 2, "Land"))
        watcher(Step("land", 1, 2, done=True))
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [f"{WAITS} …", "building land (1 of 2) …"]
