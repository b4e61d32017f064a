"""The command line, run in this process."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from server.commands.root import run

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def environment(cache: Path, catalogue: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache of the tests, with the generated layers in it."""
    assert catalogue
    monkeypatch.setenv("MARCHLAND_CACHE", str(cache))


@pytest.fixture
def marchland(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the command; its exit code, stdout and stderr come back."""

    def command(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        code = run(list(arguments))
        sys.stdout.flush()
        out, err = capfd.readouterr()
        return code, out, err

    return command


@pytest.fixture
def program() -> list[str]:
    """The installed command as a program of its own."""
    return [str(Path(sys.executable).with_name("marchland"))]
