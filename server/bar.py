"""Bars on a terminal: one for each layer that is built, or one over things that are counted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from threading import Lock
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from layers.prepare import Step, Watcher
from server.output import WAITS


@contextmanager
def bar(console: Console) -> Iterator[Watcher]:
    """Who watches layers being built, and shows a task for each."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), _COME)
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as shown:
        yield Bar(shown)


@contextmanager
def counted(console: Console, verb: str, total: int) -> Iterator[Callable[[str], None]]:
    """A bar over ``total`` things, each named when it begins."""
    with Progress(*_COUNTED, console=console, transient=True) as shown:
        task = shown.add_task(verb, total=total)
        begun = count()  # the first to begin finds none done

        def step(name: str) -> None:
            shown.update(task, description=f"{verb} {name}", completed=next(begun))

        yield step


_COUNTED = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
_COME = TextColumn("{task.completed} {task.fields[unit]}")


class Bar:
    """One task for each layer; how many features there will be is rarely known."""

    def __init__(self, bar: Progress) -> None:
        """``bar`` shows the tasks. Threads may call at once: what is made overlaps."""
        self.bar = bar
        self._lock = Lock()
        self.tasks: dict[str, Any] = {}

    def __call__(self, step: Step) -> None:
        with self._lock:
            self._show(step)

    def _show(self, step: Step) -> None:
        waited = self.tasks.pop(WAITS, None)
        if waited is not None:
            self.bar.remove_task(waited)
        if step.waits:
            self.tasks[WAITS] = self.bar.add_task(WAITS, total=None, unit="features")
            return
        if step.layer not in self.tasks:
            text = f"building {step.layer} ({step.number} of {step.count})"
            self.tasks[step.layer] = self.bar.add_task(text, total=step.total, unit="features")
        task = self.tasks[step.layer]
        if step.total:
            self.bar.update(task, total=step.total, unit=f"of {step.total}")
        if step.feature is not None:
            self.bar.advance(task)
        if step.done:
            self.bar.stop_task(task)
