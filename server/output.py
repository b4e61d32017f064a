"""What a command prints: colours and bars on a terminal only, plain lines everywhere else."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import orjson
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

_WIDE = 1_000  # columns of what is no terminal: a line stays a line


def console(*, stderr: bool = False) -> Console:
    """A console for stdout or stderr; it knows NO_COLOR and whether it is a terminal."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _WIDE
    return Console(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)


def say(text: str = "", style: str | None = None, *, stderr: bool = False) -> None:
    """One line for people."""
    console(stderr=stderr).print(text, style=style, soft_wrap=True)


def give(value: Any) -> None:
    """A JSON value for machines, on stdout, and nothing else."""
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode() + "\n")


@contextmanager
def watching() -> Iterator[Watcher]:
    """Who watches layers being built: a bar on a terminal's stderr, else a line for each."""
    err = console(stderr=True)
    if not err.is_terminal:
        yield _line
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), _COME)
    with Progress(*columns, TimeElapsedColumn(), console=err, transient=True) as bar:
        yield _Bar(bar)


@contextmanager
def counting(verb: str, total: int) -> Iterator[Callable[[str], None]]:
    """A bar over ``total`` things, each named when it begins; a line for each elsewhere."""
    err = console(stderr=True)
    if not err.is_terminal:
        yield lambda name: say(f"{verb} {name} …", stderr=True)
        return
    with Progress(*_COUNTED, console=err, transient=True) as bar:
        task = bar.add_task(verb, total=total)
        begun = count()  # the first to begin finds none done

        def step(name: str) -> None:
            bar.update(task, description=f"{verb} {name}", completed=next(begun))

        yield step


_COUNTED = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
_COME = TextColumn("{task.completed} {task.fields[unit]}")


def _line(step: Step) -> None:
    if step.feature is None and not step.done:
        say(f"building {step.layer} ({step.number} of {step.count}) …", stderr=True)


class _Bar:
    """One task for each layer; how many features there will be is rarely known."""

    def __init__(self, bar: Progress) -> None:
        self.bar = bar
        self.tasks: dict[str, Any] = {}

    def __call__(self, step: Step) -> None:
        if step.layer not in self.tasks:
            text = f"building {step.layer} ({step.number} of {step.count})"
            unit = f"of {step.total}" if step.total else "features"
            self.tasks[step.layer] = self.bar.add_task(text, total=step.total, unit=unit)
        task = self.tasks[step.layer]
        if step.feature is not None:
            self.bar.advance(task)
        if step.done:
            self.bar.stop_task(task)
