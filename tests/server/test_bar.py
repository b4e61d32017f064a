"""The bars of a terminal."""

import io

from rich.console import Console
from rich.progress import Progress

from layers.prepare import Step
from server.bar import Bar
from server.output import WAITS


def test_a_bar_shows_the_wait_until_there_is_something_else_and_what_is_known_of_the_whole() -> (
    None
):
    bar = Progress(console=Console(file=io.StringIO()))
    watcher = Bar(bar)
    watcher(Step("land", 1, 1, waits=True))
    assert [task.description for task in bar.tasks] == [WAITS]
    watcher(Step("land", 1, 1, total=3))
    watcher(Step("land", 1, 1, "one", total=3))
    watcher(Step("land", 1, 1, "two", total=54))
    assert [(task.completed, task.total) for task in bar.tasks] == [(2, 54)]
