"""What a command prints: colours and bars on a terminal only, plain lines everywhere else.

What draws them is loaded when it is needed: a start of the server seldom does.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

import orjson

from layers.prepare import Step, Watcher

if TYPE_CHECKING:
    from rich.console import Console

_WIDE = 1_000  # columns of what is no terminal: a line stays a line
WAITS = "another process builds in the same cache; waiting for it"


def console(*, stderr: bool = False) -> "Console":
    """A console for stdout or stderr; it knows NO_COLOR and whether it is a terminal."""
    from rich.console import Console  # noqa: PLC0415  # see above

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _WIDE
    return Console(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)


def say(text: str = "", style: str | None = None, *, stderr: bool = False) -> None:
    """One line for people."""
    if style:
        console(stderr=stderr).print(text, style=style, soft_wrap=True)
    else:
        print(text, file=sys.stderr if stderr else sys.stdout, flush=True)


def give(value: Any) -> None:
    """A JSON value for machines, on stdout, and nothing else."""
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode() + "\n")


@contextmanager
def watching() -> Iterator[Watcher]:
    """Who watches layers being built: a bar on a terminal's stderr, else a line for each."""
    with ExitStack() as stack:
        yield _Watch(stack)


@contextmanager
def counting(verb: str, total: int) -> Iterator[Callable[[str], None]]:
    """A bar over ``total`` things, each named when it begins; a line for each elsewhere."""
    err = console(stderr=True)
    if not err.is_terminal:
        yield lambda name: say(f"{verb} {name} …", stderr=True)
        return
    from server.bar import counted  # noqa: PLC0415  # see above

    with counted(err, verb, total) as step:
        yield step


class _Watch:
    """Who says what is built, in the way that the first step finds fit."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._lock = Lock()
        self._show: Watcher | None = None

    def __call__(self, step: Step) -> None:
        with self._lock:
            self._show = self._show or self._chosen()
        self._show(step)

    def _chosen(self) -> Watcher:
        err = console(stderr=True)
        if not err.is_terminal:
            return _line
        from server.bar import bar  # noqa: PLC0415  # see above

        return self._stack.enter_context(bar(err))


def _line(step: Step) -> None:
    if step.waits:
        say(f"{WAITS} …", stderr=True)
    elif step.feature is None and not step.done:
        say(f"building {step.layer} ({step.number} of {step.count}) …", stderr=True)
